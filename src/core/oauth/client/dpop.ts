import { defined } from '@contract/defined'
import type { JWK } from 'jose'
import { sha256Base64url } from '../wire/encoding.ts'
import { publicHalf } from './signing-key.ts'

/** What a proof is made for. With an access token it is bound to it by `ath` (RFC 9449 section 4.2). */
interface ProofRequest {
  method: string
  url: string
  accessToken?: string
}

/** Proves possession of one key, and remembers the newest nonce of each server (RFC 9449 section 8). */
export interface DpopProver {
  /** SHA-256 thumbprint of the public key (RFC 7638): `jkt`, `dpop_jkt`. */
  thumbprint: string
  proof(request: ProofRequest): Promise<string>
  /** Takes the `DPoP-Nonce` of a response; what is no nonce is left alone. */
  remember(url: string, nonce: string | null | undefined): void
}

const mostOrigins = 100

/** Makes the prover of a key. `now` in milliseconds; `newId` names each proof and must never repeat. */
export async function createDpopProver(
  jwk: JWK,
  { now, newId }: { now: () => number; newId: () => string },
): Promise<DpopProver> {
  const { SignJWT, calculateJwkThumbprint, importJWK } = await import('jose')
  const alg = jwk.alg ?? 'ES256'
  const key = await importJWK(jwk, alg)
  const { kid: _kid, use: _use, alg: _alg, ...header } = publicHalf(jwk)
  const nonces = new Map<string, string>()
  return {
    thumbprint: await calculateJwkThumbprint(jwk),
    async proof({ method, url, accessToken }) {
      const { origin, pathname } = new URL(url)
      const nonce = nonces.get(origin)
      return new SignJWT({
        jti: newId(),
        htm: method,
        htu: `${origin}${pathname}`,
        ...defined({ nonce }),
        ...defined({ ath: accessToken === undefined ? undefined : await sha256Base64url(accessToken) }),
      })
        .setProtectedHeader({ typ: 'dpop+jwt', alg, jwk: header })
        .setIssuedAt(Math.floor(now() / 1000))
        .sign(key)
    },
    remember(url, nonce) {
      if (typeof nonce !== 'string' || !/^[\x21\x23-\x5b\x5d-\x7e]{1,1024}$/.test(nonce)) return
      const { origin } = new URL(url)
      nonces.delete(origin)
      nonces.set(origin, nonce)
      const oldest = nonces.keys().next().value
      if (nonces.size > mostOrigins && oldest !== undefined) nonces.delete(oldest)
    },
  }
}
