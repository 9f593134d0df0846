import { describe, expect, it } from 'vitest'
import { nodeCrypto } from '../../../../../src/node/crypto/node-crypto.ts'
import {
  checkPassword,
  currentScrypt,
  formatHash,
  hashPassword,
  isOutdated,
  parseHash,
} from '../../../../../src/core/vault/guard/password.ts'
import { waitBeforeNext } from '../../../../../src/core/vault/guard/slow-down.ts'

const cheap = { cost: 4, blockSize: 8, parallelization: 1 }

describe('password hashes', () => {
  it('cost what OWASP asks for unless told otherwise', async () => {
    const { hash } = await hashPassword(nodeCrypto, 'correct horse')
    expect(formatHash(hash)).toMatch(/^\$scrypt\$ln=17,r=8,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect((await checkPassword(nodeCrypto, 'correct horse', hash))?.byteLength).toBe(32)
    expect(await checkPassword(nodeCrypto, 'correct horsE', hash)).toBeUndefined()
  })

  it('derive as RFC 7914 section 12 does', async () => {
    const derived = await nodeCrypto.scrypt(
      Buffer.from('pleaseletmein'),
      Buffer.from('SodiumChloride'),
      { cost: 14, blockSize: 8, parallelization: 1 },
      64,
    )
    expect(Buffer.from(derived).toString('hex')).toBe(
      '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887',
    )
  })

  it('give the same wrapping key again, and another for each salt', async () => {
    const first = await hashPassword(nodeCrypto, 'correct horse', cheap)
    const second = await hashPassword(nodeCrypto, 'correct horse', cheap)
    const kept = parseHash(formatHash(first.hash))
    expect(kept).toEqual(first.hash)
    expect(kept && (await checkPassword(nodeCrypto, 'correct horse', kept))).toEqual(first.wrappingKey)
    expect(second.wrappingKey).not.toEqual(first.wrappingKey)
    expect(formatHash(first.hash)).not.toContain(
      Buffer.from(first.wrappingKey).toString('base64').slice(0, 43),
    )
  })

  it('are outdated by any parameter that is lower than today', () => {
    const hash = { salt: new Uint8Array(16), verifier: new Uint8Array(32) }
    expect(isOutdated({ ...hash, parameters: currentScrypt })).toBe(false)
    expect(isOutdated({ ...hash, parameters: { ...currentScrypt, cost: 18 } })).toBe(false)
    expect(isOutdated({ ...hash, parameters: { ...currentScrypt, cost: 16 } })).toBe(true)
  })

  const salt = 'A'.repeat(22)
  const verifier = 'A'.repeat(43)
  it.each([
    '',
    'plain',
    `$scrypt$ln=25,r=8,p=1$${salt}$${verifier}`,
    `$scrypt$ln=17,r=99,p=1$${salt}$${verifier}`,
    `$scrypt$ln=17,r=8,p=1$short$${verifier}`,
    `$argon2id$v=19$m=65536,t=3,p=4$${salt}$${verifier}`,
  ])('are not read from %j', (text) => {
    expect(parseHash(text)).toBeUndefined()
  })
})

describe('the wait before the next password', () => {
  it('starts after three, doubles, and ends at a quarter of an hour', () => {
    const waits = [0, 3, 4, 5, 6, 12, 13, 14, 1_000_000].map((count) =>
      waitBeforeNext({ count, lastAt: 0 }, 0),
    )
    expect(waits).toEqual([0, 0, 2_000, 4_000, 8_000, 512_000, 900_000, 900_000, 900_000])
  })

  it('passes with time, and never grows when the clock is set back', () => {
    expect(waitBeforeNext({ count: 4, lastAt: 10_000 }, 11_500)).toBe(500)
    expect(waitBeforeNext({ count: 4, lastAt: 10_000 }, 12_000)).toBe(0)
    expect(waitBeforeNext({ count: 4, lastAt: 10_000_000 }, 0)).toBe(2_000)
  })
})
