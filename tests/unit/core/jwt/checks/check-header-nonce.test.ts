import { beforeAll, describe, expect, it } from 'vitest'
import { SignJWT, importJWK } from 'jose'
import { checkHeaderNonce } from '../../../../../src/core/jwt/checks/check-header-nonce.ts'
import { encodeBase64url } from '../../../../../src/core/jwt/text/base64url.ts'
import { decodeJwt, encode, makeSigner, unsigned } from '../sample.ts'
import type { Signer } from '../sample.ts'

const nonce = 'plain "$&" nonce'
let signer: Signer
let other: Signer

beforeAll(async () => {
  ;[signer, other] = await Promise.all([makeSigner(), makeSigner('ES256', 'two')])
})

/** As some providers do: what is signed holds the nonce's hash, what is handed out the nonce itself. */
async function handedOut(header: Record<string, unknown>, by = signer) {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(nonce))
  const signed = { ...header, alg: 'ES256', nonce: encodeBase64url(new Uint8Array(digest)) }
  const text = await new SignJWT({ sub: 'a' })
    .setProtectedHeader(signed)
    .sign(await importJWK(by.privateJwk, 'ES256'))
  const [, payload = '', signature = ''] = text.split('.')
  return `${encode({ ...signed, nonce })}.${payload}.${signature}`
}

describe('checkHeaderNonce', () => {
  it('verifies the header with the nonce hashed', async () => {
    expect(await checkHeaderNonce(decodeJwt(await handedOut({ kid: 'one' })), signer)).toMatchObject({
      id: 'signature',
      label: 'Signature',
      source: 'RFC 7515 section 5.2',
      state: 'valid',
      detail: expect.stringMatching(/^ES256, key one of the issuer, /),
    })
    const nameless = { keys: { keys: [{ ...signer.jwk, kid: undefined }] } }
    expect(await checkHeaderNonce(decodeJwt(await handedOut({})), nameless)).toMatchObject({
      state: 'valid',
      detail: expect.stringMatching(/^ES256, key without a name of the issuer, /),
    })
  })

  it('leaves what cannot be verified like that to the API', async () => {
    const refusal = { id: 'signature', state: 'not-checked', code: 'only_its_api' }
    const token = await handedOut({ kid: 'one' })
    const [header = '', , signature = ''] = token.split('.')
    const altered = decodeJwt(`${header}.${encode({ sub: 'b' })}.${signature}`)
    expect(await checkHeaderNonce(altered, signer)).toMatchObject(refusal)
    expect(await checkHeaderNonce(decodeJwt(token), {})).toMatchObject(refusal)
    const forged = decodeJwt(await handedOut({ kid: 'one' }, other))
    expect(await checkHeaderNonce(forged, signer)).toMatchObject(refusal)
    const plainlySigned = await signer.sign({}, { nonce })
    expect(await checkHeaderNonce(plainlySigned, signer)).toMatchObject(refusal)
  })

  it.each([{ alg: 'ES256' }, { alg: 'ES256', nonce: 7 }])('has nothing to say on %j', async (header) => {
    expect(await checkHeaderNonce(decodeJwt(unsigned({}, header)), signer)).toBeUndefined()
  })
})
