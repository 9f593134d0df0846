import { ok, type Result } from '@contract/result'
import { carryOver } from '../../vault/transfer/carry-over.ts'
import type { GuardParts } from '../../vault/guard/guard-vault.ts'
import { openVault } from '../../vault/box/open-vault.ts'
import type { OpenVault } from '../../vault/box/vault-parts.ts'
import type { UserViews } from './user-view.ts'

type Carried = (userId: string, from: OpenVault['box'], to: OpenVault['box']) => void

/** Opens vaults, and keeps those that live in memory only: leaving such a user for another must not lose his
 *  tokens. Codes: those of `openVault`. */
export function createKeptVaults(deps: GuardParts & Pick<UserViews, 'guardOf'>) {
  const { guardOf } = deps
  const carried: Carried[] = []
  const inMemory = new Map<string, OpenVault>()

  /** What a vault kept in memory only goes into the same vault opened again. */
  function takeAlong(from: OpenVault, to: OpenVault): void {
    carryOver(from, to, deps)
    for (const then of carried) then(from.userId, from.box, to.box)
    from.box.lock()
  }

  async function open(userId: string, password: string | undefined): Promise<Result<OpenVault>> {
    const kept = inMemory.get(userId)
    if (kept && kept.trouble === undefined && guardOf(userId) === 'memory') {
      inMemory.delete(userId)
      return ok(kept)
    }
    const opened = await openVault(userId, deps, password === undefined ? {} : { password })
    // Left in trouble: what it took up since is in memory only.
    if (opened.ok && kept) {
      takeAlong(kept, opened.value)
      inMemory.delete(userId)
    }
    return opened
  }

  return {
    open,
    takeAlong,
    keep: (vault: OpenVault): void => void inMemory.set(vault.userId, vault),
    forget(userId: string): void {
      inMemory.get(userId)?.box.lock()
      inMemory.delete(userId)
    },
    /** Calls back when a vault was opened again and what it kept in memory is taken along. */
    onCarried: (then: Carried) => void carried.push(then),
    /** Wipes all keys. */
    close(): void {
      for (const vault of inMemory.values()) vault.box.lock()
      inMemory.clear()
    },
  }
}
