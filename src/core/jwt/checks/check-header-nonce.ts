import type { Check } from '@contract/tokens/tokens'
import { verifySignature, type SignatureKeys } from '../keys/verify-signature.ts'
import { decodeBase64url, encodeBase64url } from '../text/base64url.ts'
import { readCompactJws } from '../text/compact.ts'
import type { DecodedJwt } from '../text/decode.ts'
import { textMember } from '../text/json-object.ts'
import { check } from './check.ts'

/** The signature of an access token that carries a nonce in its header. Some providers (Entra ID, for their own APIs) sign
 *  the header with the SHA-256 of the nonce and hand the plain one out, so that only the API that knows the rule can check
 *  it. `undefined` where there is no such nonce. */
export async function checkHeaderNonce(token: DecodedJwt, keys: SignatureKeys): Promise<Check | undefined> {
  const nonce = textMember(token.header, 'nonce')
  if (nonce === undefined) return undefined
  const signature = check('signature', 'Signature', 'RFC 7515 section 5.2')
  const signed = await asSigned(token, nonce)
  const jws = signed === undefined ? undefined : readCompactJws(signed)
  const outcome = jws?.ok === true ? await verifySignature(jws.value, keys) : undefined
  return outcome?.state === 'valid'
    ? signature.valid(
        `${outcome.alg}, key ${outcome.kid ?? 'without a name'} of the issuer, over a header whose nonce is hashed: the rule for tokens that only their API is meant to check.`,
      )
    : signature.unchecked(
        'The header contains a nonce: such a token is signed by a rule that only its API knows, and only that API can check it.',
        'only_its_api',
      )
}

/** The token as it was when it was signed: the nonce in its header replaced by its hash, all else exactly. */
async function asSigned({ segments }: DecodedJwt, nonce: string): Promise<string | undefined> {
  const [header, payload, signature] = segments
  const read = decodeBase64url(header)
  if (!read.ok) return undefined
  const text = new TextDecoder().decode(read.bytes)
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(nonce)))
  const hashed = text.replace(JSON.stringify(nonce), () => JSON.stringify(encodeBase64url(digest)))
  return `${encodeBase64url(new TextEncoder().encode(hashed))}.${payload}.${signature}`
}
