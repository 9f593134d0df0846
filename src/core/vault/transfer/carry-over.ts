import type { OpenVault, SealedFields } from '../box/vault-parts.ts'
import type { VaultKeyStore } from '../box/vault-keys.ts'

/** Takes along what a vault in trouble kept in memory only, into the same vault opened again, in one transaction:
 *  it is sealed there. What neither opens is left as it is. Returns how many. */
export function carryOver(
  from: OpenVault,
  to: OpenVault,
  { store, fields }: { store: VaultKeyStore; fields: SealedFields },
): number {
  return store.atomically(() => {
    let carried = 0
    fields.replace(from.userId, (place, sealed) => {
      if (from.box.storageOf(sealed) !== 'memory') return undefined
      const plain = from.box.open(place, sealed)
      if (!plain.ok) return undefined
      carried += 1
      return to.box.seal(place, plain.value)
    })
    return carried
  })
}
