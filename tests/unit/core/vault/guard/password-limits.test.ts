import { describe, expect, it } from 'vitest'
import type { VaultCrypto } from '../../../../../src/core/vault/box/vault-crypto.ts'
import {
  checkPassword,
  currentScrypt,
  hashPassword,
  isOutdated,
  parseHash,
  readNewPassword,
} from '../../../../../src/core/vault/guard/password.ts'
import { nodeCrypto } from '../../../../../src/node/crypto/node-crypto.ts'

const cheap = { cost: 4, blockSize: 8, parallelization: 1 }
const salt = 'A'.repeat(22)
const verifier = 'A'.repeat(43)
const hash = (parameters: string) => parseHash(`$scrypt$${parameters}$${salt}$${verifier}`)

describe('a new password', () => {
  it.each([
    ['a'.repeat(7), 'password_unfit'],
    ['a'.repeat(8), 'taken'],
    ['a'.repeat(1_024), 'taken'],
    ['a'.repeat(1_025), 'password_unfit'],
    // Characters are counted as people see them: 8 emoji are 16 units of UTF-16, `e` and its accent are one.
    ['🔒'.repeat(7), 'password_unfit'],
    ['🔒'.repeat(8), 'taken'],
    ['e\u0301'.repeat(4), 'password_unfit'],
  ])('is judged by its length', (password, expected) => {
    const read = readNewPassword(password)
    expect(read.ok ? 'taken' : read.error.code).toBe(expected)
    if (read.ok) expect(read.value).toBe(password)
  })
})

describe('a password', () => {
  it('is the same however its accents are written', async () => {
    const made = await hashPassword(nodeCrypto, 'e\u0301'.repeat(8), cheap)
    expect(await checkPassword(nodeCrypto, '\u00e9'.repeat(8), made.hash)).toEqual(made.wrappingKey)
  })

  it('of any length that may be set can be checked, and a longer one costs nothing', async () => {
    let asked = 0
    const counting: VaultCrypto = {
      ...nodeCrypto,
      scrypt: (...input) => {
        asked += 1
        return nodeCrypto.scrypt(...input)
      },
    }
    const made = await hashPassword(nodeCrypto, 'correct horse', cheap)
    expect(await checkPassword(counting, 'x'.repeat(4_096), made.hash)).toBeUndefined()
    expect(asked).toBe(1)
    expect(await checkPassword(counting, 'x'.repeat(4_097), made.hash)).toBeUndefined()
    expect(asked).toBe(1)
  })

  it('is wiped after its use, and so is what was derived', async () => {
    const seen: Uint8Array[] = []
    const watching: VaultCrypto = {
      ...nodeCrypto,
      scrypt: async (secret, ...rest) => {
        const derived = await nodeCrypto.scrypt(secret, ...rest)
        seen.push(secret, derived)
        return derived
      },
    }
    const { wrappingKey } = await hashPassword(watching, 'correct horse', cheap)
    expect(seen.map(({ byteLength }) => byteLength)).toEqual([13, 64])
    expect(seen.every((bytes) => bytes.every((byte) => byte === 0))).toBe(true)
    expect(wrappingKey.some((byte) => byte !== 0)).toBe(true)
  })
})

describe('the costs of a stored hash', () => {
  it.each([
    'ln=1,r=8,p=1',
    'ln=18,r=8,p=1',
    'ln=17,r=1,p=1',
    'ln=17,r=16,p=1',
    'ln=17,r=8,p=8',
    'ln=14,r=8,p=64',
  ])('are borne: %s', (parameters) => expect(hash(parameters)).toBeDefined())
  it.each([
    'ln=0,r=8,p=1',
    'ln=19,r=8,p=1',
    'ln=20,r=8,p=1',
    'ln=17,r=0,p=1',
    'ln=17,r=17,p=1',
    'ln=20,r=32,p=16',
    'ln=17,r=8,p=0',
    'ln=17,r=8,p=9',
    'ln=99,r=99,p=99',
    'ln=170,r=8,p=1',
    'ln=17,r=8,p=1,x=1',
  ])('are refused: %s', (parameters) => expect(hash(parameters)).toBeUndefined())

  it('are read from nothing that is before or behind', () => {
    const sound = `$scrypt$ln=17,r=8,p=1$${salt}$${verifier}`
    expect(parseHash(sound)).toBeDefined()
    expect(parseHash(`x${sound}`)).toBeUndefined()
    expect(parseHash(`${sound}x`)).toBeUndefined()
  })

  it.each(['cost', 'blockSize', 'parallelization'] as const)('are outdated by a lower %s', (name) => {
    const bytes = { salt: new Uint8Array(16), verifier: new Uint8Array(32) }
    const wanted = { cost: 10, blockSize: 10, parallelization: 10 }
    expect(isOutdated({ ...bytes, parameters: { ...wanted, [name]: 9 } }, wanted)).toBe(true)
    expect(isOutdated({ ...bytes, parameters: { ...wanted, [name]: 11 } }, wanted)).toBe(false)
    expect(isOutdated({ ...bytes, parameters: currentScrypt })).toBe(false)
  })
})
