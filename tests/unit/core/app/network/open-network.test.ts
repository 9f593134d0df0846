import { expect, it } from 'vitest'
import { createOpenNetwork } from '../../../../../src/core/app/network/open-network.ts'
import { ok } from '../../../../../src/core/contract/result.ts'
import type { NetworkRecord } from '../../../../../src/core/records/network-store.ts'
import type { Session } from '../../../../../src/core/app/vault/session.ts'

it('network settings are opened once as long as they are the same, and anew after a lock', () => {
  let opened = 0
  const open = () => {
    opened += 1
    return ok('{"proxyPassword":"secret"}')
  }
  const record = (kind: string): NetworkRecord => ({
    document: JSON.stringify({ proxy: { kind } }),
    sealedSecrets: Uint8Array.of(1),
  })
  let kept = record('none')
  const session = { user: { id: 'u1' }, box: { open } } as unknown as Session
  const network = createOpenNetwork({
    session: () => session,
    network: { get: () => kept, save: () => undefined },
  })
  expect(network.open()).toMatchObject({ ok: true, value: { secrets: { proxyPassword: 'secret' } } })
  network.open()
  expect(opened).toBe(1)
  network.forget()
  network.open()
  expect(opened).toBe(2)
  kept = record('system')
  network.open()
  expect(opened).toBe(3)
})
