import { failureIn } from '../../text/expected-failure.ts'
import { keyRecord, reseal } from './reseal.ts'
import { newVaultKey, type VaultKey } from './sealed-format.ts'
import type { LockableBox } from './vault-box.ts'
import type { VaultKeyRecord } from './vault-keys.ts'
import type { SealedFields, VaultParts } from './vault-parts.ts'
import { wrapKey, type WrapTools } from './wrap-key.ts'

/** Gives a key of before, which sealed without a destination, a successor under the same guard, and seals everything
 *  for where it may go as the connections are now; in one transaction. From then on what says no destination opens
 *  no more, and the old key with it. Where that fails the old key goes on, until the next time. */
export async function bindAll(
  parts: VaultParts & { fields: SealedFields },
  record: VaultKeyRecord,
  box: LockableBox,
  tools: WrapTools,
): Promise<void> {
  const { store, fields } = parts
  const key: VaultKey = newVaultKey(parts.crypto)
  const wrapped = await wrapKey(parts, record.userId, key, record.guard, tools)
  if (!wrapped.ok) return
  await fields.ready?.()
  const next = {
    ...record,
    ...keyRecord(parts, record.userId, key),
    backend: record.guard === 'password' ? undefined : tools.keyring.backend,
    wrapped: wrapped.value,
  }
  try {
    store.atomically(() => {
      store.setAside(record.userId)
      store.add(next)
      const done = reseal({ userId: record.userId, box }, parts, key, { adopt: true })
      if (!done.named.has(record.id)) store.remove(record.userId, record.id)
    })
  } catch (thrown) {
    // A full or read-only disk: everything is as it was.
    if (failureIn(thrown) === undefined) throw thrown
    key.bytes.fill(0)
    return
  }
  box.useKey(key, box.protection())
}
