import { generateKeyPairSync } from 'node:crypto'
import { importJWK, jwtVerify, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import {
  makeSigningKey,
  publicHalf,
  publicKeyView,
} from '../../../../../src/core/oauth/client/signing-key.ts'

const made = async (draft: Parameters<typeof makeSigningKey>[0]) => {
  const key = await makeSigningKey(draft)
  if (!key.ok) throw new Error(key.error.message)
  return key.value
}

describe.each(['ES256', 'RS256', 'PS256', 'EdDSA'] as const)('%s', (algorithm) => {
  it('is generated, signs, and shows only its public half', async () => {
    const jwk = await made({ generate: algorithm })
    expect(jwk).toMatchObject({ alg: algorithm, use: 'sig', kid: expect.stringMatching(/^[\w-]{43}$/) })
    const shown = publicHalf(jwk)
    for (const member of ['d', 'p', 'q', 'dp', 'dq', 'qi']) expect(shown).not.toHaveProperty(member)
    expect(JSON.parse(publicKeyView(jwk).jwk)).toEqual(shown)
    const jwt = await new SignJWT({})
      .setProtectedHeader({ alg: algorithm })
      .sign(await importJWK(jwk, algorithm))
    await jwtVerify(jwt, await importJWK(shown, algorithm))
  })

  it('is imported as JWK and keeps its kid', async () => {
    const jwk = await made({ generate: algorithm })
    const text = JSON.stringify({ keys: [{ ...jwk, kid: 'mine' }] })
    expect(await made({ imported: text, algorithm })).toEqual({ ...jwk, kid: 'mine' })
  })
})

const pem = (key: { export: (options: { type: 'pkcs8'; format: 'pem' }) => string | Buffer }) =>
  key.export({ type: 'pkcs8', format: 'pem' }).toString()

describe('PEM', () => {
  it.each([
    ['ES256', pem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)],
    ['EdDSA', pem(generateKeyPairSync('ed25519').privateKey)],
    ['RS256', pem(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey)],
  ])('of %s is read without being told which it is', async (algorithm, text) => {
    expect(await made({ imported: text })).toMatchObject({ alg: algorithm })
  })

  it('of RSA signs as PS256 where that is wanted', async () => {
    const text = pem(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey)
    expect(await made({ imported: text, algorithm: 'PS256' })).toMatchObject({ alg: 'PS256' })
  })
})

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
it.each([
  ['text', 'hello'],
  ['broken JSON', '{"kty":'],
  ['a list', '[]'],
  ['a public JWK', JSON.stringify(publicKey.export({ format: 'jwk' }))],
  ['a symmetric JWK', JSON.stringify({ kty: 'oct', k: 'c2VjcmV0', d: 'x' })],
  ['an older PEM', privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()],
  ['a public PEM', publicKey.export({ type: 'spki', format: 'pem' }).toString()],
  ['a damaged PEM', pem(privateKey).replace(/[A-Z]{4}/, '%%%%')],
  [
    'P-384',
    JSON.stringify(generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey.export({ format: 'jwk' })),
  ],
  [
    'short RSA',
    JSON.stringify(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ format: 'jwk' })),
  ],
])('refuses %s with what to do', async (_name, imported) => {
  expect(await makeSigningKey({ imported })).toMatchObject({
    ok: false,
    error: { code: 'client_key_unfit', next: expect.stringMatching(/./) },
  })
})
