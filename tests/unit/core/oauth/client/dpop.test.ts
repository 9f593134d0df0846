import { calculateJwkThumbprint, decodeJwt, decodeProtectedHeader, importJWK, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { createDpopProver } from '../../../../../src/core/oauth/client/dpop.ts'
import { sha256Base64url } from '../../../../../src/core/oauth/wire/encoding.ts'
import { makeSigningKey } from '../../../../../src/core/oauth/client/signing-key.ts'

/** RFC 9449 section 4.1, figure 2: the public key of the example proof. */
const exampleKey = {
  kty: 'EC',
  crv: 'P-256',
  x: 'l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs',
  y: '9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA',
}

const now = 1_562_262_616_000
let count = 0
const prover = async () => {
  const key = await makeSigningKey({ generate: 'ES256' })
  if (!key.ok) throw new Error(key.error.code)
  return createDpopProver(key.value, { now: () => now, newId: () => `proof-${(count += 1)}` })
}

describe('the examples of the specifications', () => {
  it('RFC 9449: the thumbprint of the example key', async () => {
    expect(await calculateJwkThumbprint(exampleKey)).toBe('0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I')
  })
  it('RFC 9449 section 7.1: ath of the example access token', async () => {
    expect(await sha256Base64url('Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU')).toBe(
      'fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo',
    )
  })
  it('RFC 7636 appendix B: the challenge of the example verifier', async () => {
    expect(await sha256Base64url('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
      'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    )
  })
  it('RFC 7638 section 3.1: the thumbprint of the example key', async () => {
    expect(
      await calculateJwkThumbprint({
        kty: 'RSA',
        n: '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw',
        e: 'AQAB',
      }),
    ).toBe('NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs')
  })
})

describe('a proof', () => {
  it('has the members of RFC 9449 section 4.2 and verifies with its own key', async () => {
    const { proof, thumbprint } = await prover()
    const jwt = await proof({ method: 'POST', url: 'https://server.example.com/token?a=b#c' })
    const header = decodeProtectedHeader(jwt)
    expect(header).toEqual({
      typ: 'dpop+jwt',
      alg: 'ES256',
      jwk: { kty: 'EC', crv: 'P-256', x: expect.any(String), y: expect.any(String) },
    })
    expect(await calculateJwkThumbprint(header.jwk ?? {})).toBe(thumbprint)
    await jwtVerify(jwt, await importJWK(header.jwk ?? {}, 'ES256'), { currentDate: new Date(now) })
    expect(decodeJwt(jwt)).toEqual({
      jti: expect.stringMatching(/^proof-/),
      htm: 'POST',
      htu: 'https://server.example.com/token',
      iat: now / 1000,
    })
  })

  it('carries the newest nonce of its server, and of no other', async () => {
    const { proof, remember } = await prover()
    remember('https://a.example/token', 'first')
    remember('https://a.example/other', 'second')
    remember('https://a.example/token', 'not a nonce')
    remember('https://a.example/token', null)
    const nonceAt = async (url: string) => decodeJwt(await proof({ method: 'GET', url }))['nonce']
    expect([await nonceAt('https://a.example/x'), await nonceAt('https://b.example/x')]).toEqual([
      'second',
      undefined,
    ])
  })

  it('is bound to the access token', async () => {
    const { proof } = await prover()
    const accessToken = 'Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU'
    const { ath } = decodeJwt(await proof({ method: 'GET', url: 'https://api.example/', accessToken }))
    expect(ath).toBe('fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo')
  })

  it('is never the same twice', async () => {
    const { proof } = await prover()
    const ids = await Promise.all(
      [1, 2, 3].map(async () => decodeJwt(await proof({ method: 'GET', url: 'https://api.example/' })).jti),
    )
    expect(new Set(ids).size).toBe(3)
  })
})
