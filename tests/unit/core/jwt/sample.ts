import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { encodeBase64url } from '../../../../src/core/jwt/text/base64url.ts'
import { decodeToken } from '../../../../src/core/jwt/text/decode.ts'
import type { DecodedJwt } from '../../../../src/core/jwt/text/decode.ts'
import type { JwkSet } from '../../../../src/core/jwt/keys/jwk.ts'

/** The fixed clock of these tests: 2026-11-23T12:00:00Z. */
export const now = Date.UTC(2026, 10, 23, 12)
export const seconds = now / 1000
export const issuer = 'https://id.example'
export const clientId = 'gatehouse-desktop'

export const encode = (value: unknown): string =>
  encodeBase64url(new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)))

/** A token that nobody signed, for tests that do not look at the signature. */
export const unsigned = (claims: unknown, header: unknown = { alg: 'ES256', kid: 'one' }): string =>
  `${encode(header)}.${encode(claims)}.${encodeBase64url(new Uint8Array(64))}`

export const decodeJwt = (text: string): DecodedJwt => {
  const token = decodeToken(text)
  if (token.format !== 'jwt') throw new Error(`not a jwt: ${JSON.stringify(token)}`)
  return token
}

export interface Signer {
  keys: JwkSet
  jwk: Record<string, unknown>
  privateJwk: Record<string, unknown>
  sign: (claims: Record<string, unknown>, header?: Record<string, unknown>) => Promise<DecodedJwt>
}

export const makeSigner = async (alg = 'ES256', kid = 'one'): Promise<Signer> => {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  const jwk = { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' }
  return {
    jwk,
    privateJwk: { ...(await exportJWK(privateKey)), kid, alg, use: 'sig' },
    keys: { keys: [jwk] },
    sign: async (claims, header) =>
      decodeJwt(await new SignJWT(claims).setProtectedHeader({ alg, kid, ...header }).sign(privateKey)),
  }
}
