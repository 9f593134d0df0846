import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nodeCrypto } from '../../../../../src/node/crypto/node-crypto.ts'
import {
  keyCheckValue,
  keyOf,
  memoryField,
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

  it('holds a handle to memory in exactly its 18 bytes, and nothing else in their place', () => {
    const handle = new Uint8Array(16).fill(0xab)
    const field = memoryField(handle)
    expect(parseSealed(field)).toEqual({ kind: 'memory', handle: 'ab'.repeat(16) })
    expect(parseSealed(field.subarray(0, 17))).toEqual({ kind: 'unknown' })
    expect(parseSealed(Uint8Array.of(...field, 0))).toEqual({ kind: 'unknown' })
    for (const kind of [0, 1, 3])
      expect(parseSealed(Uint8Array.of(1, kind, ...handle)), `kind ${kind}`).toEqual({ kind: 'unknown' })
    for (const version of [0, 2])
      expect(parseSealed(Uint8Array.of(version, 2, ...handle)), `version ${version}`).toEqual({
        kind: 'unknown',
      })
  })

  it('is no sealed text where a nonce and a tag do not fit', () => {
    const sealed = sealField(nodeCrypto, newVaultKey(nodeCrypto), here, '')
    expect(sealed.byteLength).toBe(2 + 16 + 12 + 16)
    expect(parseSealed(sealed).kind).toBe('vault')
    for (const size of [18, 29, 30, 45])
      expect(parseSealed(sealed.subarray(0, size)), `${size} bytes`).toEqual({ kind: 'unknown' })
  })

  it.each([
    '',
    'ab',
    'ab'.repeat(15),
    'ab'.repeat(17),
    'no hexadecimal digits at all, really',
    'zz'.repeat(16),
  ])('does not seal under the key id “%s”', (id) => {
    const key = { ...newVaultKey(nodeCrypto), id }
    expect(() => sealField(nodeCrypto, key, here, 'secret')).toThrow('32 hexadecimal digits')
  })

  it('does not open by the right bytes under another key id', () => {
    const key = newVaultKey(nodeCrypto)
    const sealed = sealField(nodeCrypto, key, here, 'secret')
    expect(open({ ...key, id: newVaultKey(nodeCrypto).id }, here, sealed)).toBeUndefined()
  })

  it('takes no handle to memory for a check value', () => {
    const key = newVaultKey(nodeCrypto)
    expect(keyOf(nodeCrypto, 'u1', key, memoryField(new Uint8Array(16)))).toBeUndefined()
  })

  it('keeps its check values readable: the place is part of the format', () => {
    const key = newVaultKey(nodeCrypto)
    const place = { userId: 'u1', table: 'vault_keys', rowId: key.id, column: 'check_value' }
    expect(open(key, place, keyCheckValue(nodeCrypto, 'u1', key))).toBe('gatehouse, all bound')
  })
})

describe('a secret that is bound to its destination', () => {
  const bound: SecretPlace = { ...here, destination: 'https://as.example/token' }

  it('opens for that destination alone', () => {
    const key = newVaultKey(nodeCrypto)
    const sealed = sealField(nodeCrypto, key, bound, 'secret')
    expect(open(key, bound, sealed)).toBe('secret')
    for (const destination of ['https://as.example/toke', 'https://evil.example/token', ''])
      expect(open(key, { ...bound, destination }, sealed), destination).toBeUndefined()
    expect(open(key, here, sealed)).toBeUndefined()
  })

  it('says so in its first byte, which nobody can take back', () => {
    const key = newVaultKey(nodeCrypto)
    const sealed = sealField(nodeCrypto, key, bound, 'secret')
    expect(sealed[0]).toBe(2)
    expect(sealField(nodeCrypto, key, here, 'secret')[0]).toBe(1)
    const older = Uint8Array.from(sealed).fill(1, 0, 1)
    expect(open(key, here, older)).toBeUndefined()
    expect(open(key, bound, older)).toBeUndefined()
  })

  it('bound to nowhere opens nowhere else, and is not the same as not bound', () => {
    const key = newVaultKey(nodeCrypto)
    const nowhere = { ...here, destination: '' }
    const sealed = sealField(nodeCrypto, key, nowhere, 'secret')
    expect(sealed[0]).toBe(2)
    expect(open(key, nowhere, sealed)).toBe('secret')
    expect(open(key, bound, sealed)).toBeUndefined()
    // A place without a destination reads what is bound to the empty one, and nothing else.
    expect(open(key, here, sealed)).toBe('secret')
  })

  it('is no destination to a field of before', () => {
    const key = newVaultKey(nodeCrypto)
    const plain = sealField(nodeCrypto, key, here, 'secret')
    expect(open(key, bound, plain)).toBe('secret')
    expect(parseSealed(plain)).toMatchObject({ version: 1 })
  })
})
