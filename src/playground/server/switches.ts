import type { JWK } from 'oidc-provider'
import type { Configuration } from '../config/schema.ts'
import type { Faults } from '../faults/rules.ts'
import type { FaultName } from '../faults/table.ts'
import { generateSigningKeys, type KeyRing } from '../storage/signing-keys.ts'
import type { Clock } from './clock.ts'
import type { Sites } from './sites.ts'

export type SwitchOptions = {
  configuration: Configuration
  ring: KeyRing
  firstKeys: readonly JWK[]
  sites: Sites
  faults: Faults
  clock: Clock
}

const dayMs = 86_400_000

/** Keys and faults, changed one after the other. */
export function createSwitches({ configuration, ring, firstKeys, sites, faults, clock }: SwitchOptions) {
  const { jwks, rotateEveryDays } = configuration.keys
  let keptKeys = firstKeys

  async function rotateKeys(): Promise<boolean> {
    if (jwks) return false
    keptKeys = await ring.rotate()
    if (!faults.has('rotated-keys')) sites.useForAll(keptKeys)
    return true
  }
  async function switchFault(name: FaultName, on: boolean): Promise<void> {
    if (faults.has(name) === on) return
    if (name === 'rotated-keys') sites.useForAll(on ? await generateSigningKeys() : keptKeys)
    faults.set(name, on)
  }
  // One after the other: keys take a moment to be made, and must not come after they were turned off.
  let switching: Promise<unknown> = Promise.resolve()
  function inTurn<T>(run: () => Promise<T>): Promise<T> {
    const done = switching.then(run)
    switching = done.catch(() => undefined)
    return done
  }
  return {
    rotateKeys: () => inTurn(rotateKeys),
    rotateIfDue: async (): Promise<void> => {
      const isDue = rotateEveryDays !== undefined && clock.now() - ring.madeAt() > rotateEveryDays * dayMs
      if (isDue) await inTurn(rotateKeys)
    },
    setFault: (name: FaultName, on: boolean): Promise<void> => inTurn(() => switchFault(name, on)),
    /** The faults that the configuration switches on. */
    startFaults: async (): Promise<void> => {
      for (const name of configuration.faults) await inTurn(() => switchFault(name, true))
      for (const { path: issuer, faults: names } of configuration.issuers) {
        for (const fault of names)
          faults.add({ fault, client: undefined, issuer, at: undefined, left: undefined })
      }
    },
  }
}
