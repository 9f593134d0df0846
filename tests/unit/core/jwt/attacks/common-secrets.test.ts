import { SignJWT } from 'jose'
import { expect, it } from 'vitest'
import {
  commonSecrets,
  guessSecret,
  isGuessable,
} from '../../../../../src/core/jwt/attacks/common-secrets.ts'
import { readCompactJws, type CompactJws } from '../../../../../src/core/jwt/text/compact.ts'

async function signedWith(secret: string, alg = 'HS256', claims = {}): Promise<CompactJws> {
  const text = await new SignJWT({ user_id: 7, ...claims })
    .setProtectedHeader({ alg })
    .sign(new TextEncoder().encode(secret))
  const jws = readCompactJws(text)
  if (!jws.ok) throw new Error('a token that jose made is not read')
  return jws.value
}

it('knows more than a thousand, each once and none empty', () => {
  const secrets = commonSecrets()
  expect(secrets.length).toBeGreaterThan(1_000)
  expect(new Set(secrets).size).toBe(secrets.length)
  expect(secrets).not.toContain('')
})

it.each('1 12 123 1234 12345 123456 ! 123! @123 01 2023 2024 2025'.split(' '))(
  'knows words with %s behind them',
  (ending) => {
    expect(commonSecrets()).toEqual(expect.arrayContaining([`password${ending}`, `Admin${ending}`]))
  },
)

it.each(['secret', 'your-256-bit-secret', 'Password123', 'changeme', 'keyboard cat', 'SECURE'])(
  'finds %j',
  async (secret) => {
    expect((await guessSecret(await signedWith(secret))).secret).toBe(secret)
  },
)

it.each(['HS384', 'HS512'])('finds one of an %s token', async (alg) => {
  expect((await guessSecret(await signedWith('jwt_secret', alg))).secret).toBe('jwt_secret')
})

it('finds none where the secret is a random one', async () => {
  expect(await guessSecret(await signedWith('kQ8v1Zr0pTn5Wc3xLs7yBd2hGf9mJu4e'))).toEqual({
    secret: undefined,
    tried: commonSecrets().length,
  })
})

it('tries a part of them on a long token, and goes on where it left off', async () => {
  const place = 50
  const secret = commonSecrets()[place] ?? ''
  const jws = await signedWith(secret, 'HS256', { long: 'x'.repeat(700_000) })
  const first = await guessSecret(jws)
  expect(first.secret).toBeUndefined()
  expect(first.tried).toBeGreaterThan(20)
  expect(first.tried).toBeLessThan(place)
  expect((await guessSecret(jws, first.tried)).secret).toBe(secret)
})

it('can be asked of HMAC tokens alone', async () => {
  const jws = await signedWith('secret')
  expect(isGuessable(jws)).toBe(true)
  expect(isGuessable({ ...jws, header: { alg: 'RS256' } })).toBe(false)
  expect(isGuessable({ ...jws, header: {} })).toBe(false)
})
