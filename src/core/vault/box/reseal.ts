import { keyCheckValue, parseSealed, type VaultKey } from './sealed-format.ts'
import type { OpenVault, SealedFields, VaultParts } from './vault-parts.ts'

/** Where a connection's proof is: an empty text, sealed for where the connection leads. */
export const proofColumn = 'proof'

/** Whose rows have settings in the open, with their secrets sealed for them; an empty text where there are none. */
const settingsTable = 'network_settings'

/** The part of a key's record that does not depend on its guard. */
export function keyRecord({ crypto, clock }: VaultParts, userId: string, key: VaultKey) {
  return {
    id: key.id,
    userId,
    state: 'current' as const,
    checkValue: keyCheckValue(crypto, userId, key),
    createdAt: clock.now(),
  }
}

/** Seals again what opens, with a key; returns how many, and which keys are still named by what does not. With `adopt`,
 *  connections and network settings that nothing vouches for are taken as they are now. To be called inside a transaction. */
export function reseal(
  { userId, box }: Pick<OpenVault, 'userId' | 'box'>,
  { fields }: { fields: SealedFields },
  key: VaultKey,
  { adopt = false }: { adopt?: boolean } = {},
) {
  const counts = { resealed: 0, left: 0, named: new Set<string>() }
  fields.replace(userId, (place, sealed) => {
    const plain = box.open(place, sealed)
    if (plain.ok) {
      if (place.column !== proofColumn) counts.resealed += 1
      return box.sealWith(key, place, plain.value)
    }
    if (place.column === proofColumn && (sealed.byteLength === 0 || plain.error.code !== 'secret_redirected'))
      return adopt ? box.sealWith(key, place, '') : undefined
    // The settings themselves lasted; of what was secret of them nothing is left.
    if (adopt && place.table === settingsTable && plain.error.code === 'secret_memory_only')
      return box.sealWith(key, place, '')
    const field = parseSealed(sealed)
    if (field.kind === 'vault') counts.named.add(field.keyId)
    counts.left += 1
    return undefined
  })
  return counts
}
