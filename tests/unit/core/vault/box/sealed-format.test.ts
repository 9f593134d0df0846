import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nodeCrypto } from '../../../../../src/node/crypto/node-crypto.ts'
import {
  keyCheckValue,
  keyOf,
  newVaultKey,
  openField,
  parseSealed,
  sealField,
  type VaultKey,
} from '../../../../../src/core/vault/box/sealed-format.ts'
import type { SecretPlace } from '../../../../../src/core/vault/box/secret-box.ts'

const here: SecretPlace = { userId: 'u1', table: 'token_sets', rowId: 't1', column: 'refresh_token' }
const open = (key: VaultKey, place: SecretPlace, sealed: Uint8Array): string | undefined => {
  const field = parseSealed(sealed)
  return field.kind === 'vault' ? openField(nodeCrypto, key, place, field) : undefined
}
const place = fc.record({ userId: fc.string(), table: fc.string(), rowId: fc.string(), column: fc.string() })
const text = fc.string({ unit: 'binary', maxLength: 500 })

describe('the sealed format', () => {
  it('gives back exactly what was sealed, and never the same bytes twice', () => {
    const key = newVaultKey(nodeCrypto)
    fc.assert(
      fc.property(place, text, (where, plain) => {
        const sealed = sealField(nodeCrypto, key, where, plain)
        expect(open(key, where, sealed)).toBe(new TextDecoder().decode(new TextEncoder().encode(plain)))
        expect(sealed).not.toEqual(sealField(nodeCrypto, key, where, plain))
      }),
    )
  })

  it('does not open after any single bit flip', () => {
    const key = newVaultKey(nodeCrypto)
    const sealed = sealField(nodeCrypto, key, here, 'refresh-token')
    for (let bit = 0; bit < sealed.byteLength * 8; bit += 1) {
      const flipped = Uint8Array.from(sealed)
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(open(key, here, flipped), `bit ${bit}`).toBeUndefined()
    }
  })

  it('does not open in any other place', () => {
    const key = newVaultKey(nodeCrypto)
    fc.assert(
      fc.property(place, place, (from, to) => {
        fc.pre(JSON.stringify(from) !== JSON.stringify(to))
        expect(open(key, to, sealField(nodeCrypto, key, from, 'secret'))).toBeUndefined()
      }),
    )
    const joined = { ...here, table: 'token_setst1', rowId: '' }
    expect(open(key, joined, sealField(nodeCrypto, key, here, 'secret'))).toBeUndefined()
  })

  it.each(['userId', 'table', 'rowId', 'column'] as const)(
    'does not open where %s alone is another',
    (part) => {
      const key = newVaultKey(nodeCrypto)
      const sealed = sealField(nodeCrypto, key, here, 'secret')
      expect(open(key, here, sealed)).toBe('secret')
      expect(open(key, { ...here, [part]: `${here[part]}x` }, sealed)).toBeUndefined()
      expect(open(key, { ...here, [part]: '' }, sealed)).toBeUndefined()
    },
  )

  it('does not open with another key, also one of the same name', () => {
    const key = newVaultKey(nodeCrypto)
    const sealed = sealField(nodeCrypto, key, here, 'secret')
    expect(open(newVaultKey(nodeCrypto), here, sealed)).toBeUndefined()
    expect(open({ ...newVaultKey(nodeCrypto), id: key.id }, here, sealed)).toBeUndefined()
  })

  it('reads any bytes without throwing', () => {
    const key = newVaultKey(nodeCrypto)
    const framed = fc
      .tuple(fc.constantFrom(0, 1, 2, 3), fc.constantFrom(0, 1, 2, 3), fc.uint8Array({ maxLength: 80 }))
      .map(([version, kind, rest]) => Uint8Array.of(version, kind, ...rest))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 100 }), framed), (bytes) => {
        expect(open(key, here, bytes)).toBeUndefined()
      }),
    )
  })

  it('knows its key by the check value', () => {
    const key = newVaultKey(nodeCrypto)
    const check = keyCheckValue(nodeCrypto, 'u1', key)
    expect(keyOf(nodeCrypto, 'u1', key, check)).toBe('bound')
    expect(keyOf(nodeCrypto, 'u2', key, check)).toBeUndefined()
    expect(keyOf(nodeCrypto, 'u1', { ...newVaultKey(nodeCrypto), id: key.id }, check)).toBeUndefined()
  })
})
