import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify } from 'jose'

type ProofExpectation = { method: string; url: string; tokenHash: string; keyThumbprint: string }

export type VerifyProof = (proof: string, expected: ProofExpectation) => Promise<string | undefined>

const windowSeconds = 60
const maximumRemembered = 10_000

/** Judges DPoP proofs (RFC 9449 section 4.3); answers what is wrong, or nothing. Each `jti` is good once. */
export function createVerifyProof(now: () => number): VerifyProof {
  const seen = new Map<string, number>()

  function forgetOld(seconds: number): void {
    for (const [id, until] of seen) {
      if (until > seconds && seen.size <= maximumRemembered) break
      seen.delete(id)
    }
  }

  return async (proof, expected) => {
    try {
      const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
        typ: 'dpop+jwt',
        algorithms: ['ES256', 'ES384', 'RS256', 'PS256', 'Ed25519', 'EdDSA'],
      })
      const seconds = Math.floor(now() / 1000)
      const { htm, htu, iat, jti, ath } = payload
      if (
        !protectedHeader.jwk ||
        (await calculateJwkThumbprint(protectedHeader.jwk)) !== expected.keyThumbprint
      ) {
        return 'The DPoP proof is signed with another key than the one the token is bound to'
      }
      if (htm !== expected.method) return 'The DPoP proof is for another method'
      if (typeof htu !== 'string' || !URL.canParse(htu) || new URL(htu).href !== new URL(expected.url).href) {
        return 'The DPoP proof is for another URL'
      }
      if (ath !== expected.tokenHash) return 'The DPoP proof is for another access token'
      if (typeof iat !== 'number' || Math.abs(seconds - iat) > windowSeconds)
        return 'The DPoP proof is too old or from the future'
      if (typeof jti !== 'string' || jti.length > 256) return 'The DPoP proof has no usable jti'
      forgetOld(seconds)
      if (seen.has(jti)) return 'The DPoP proof was used before'
      seen.set(jti, iat + 2 * windowSeconds)
      return undefined
    } catch {
      return 'The DPoP proof is not a valid one'
    }
  }
}
