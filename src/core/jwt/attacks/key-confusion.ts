import type { Check } from '@contract/tokens'
import { check } from '../checks/check.ts'
import type { GivenKey } from '../keys/given-key.ts'
import { verifySignature } from '../keys/verify-signature.ts'
import { readCompactJws } from '../text/compact.ts'
import type { DecodedJwt } from '../text/decode.ts'
import { textMember } from '../text/json-object.ts'

/** Tries an HMAC token with the public key at hand as its secret, in the spellings in which libraries hand keys over
 *  (RFC 8725 section 2.1): what a forger does where an API lets the token choose between HS256 and RS256. Nothing where
 *  the token is of another family. Code: `algorithm_confusion`. */
export async function findKeyConfusion(token: DecodedJwt, key: GivenKey, keyText: string): Promise<Check[]> {
  const jws = readCompactJws(token.text)
  if (!jws.ok || key.keys === undefined) return []
  if (!(textMember(token.header, 'alg') ?? '').startsWith('HS')) return []
  for (const [name, text] of spellings(key, keyText)) {
    const outcome = await verifySignature(jws.value, { secret: new TextEncoder().encode(text) })
    if (outcome.state === 'valid')
      return [
        check('attack-key-confusion', 'Attack: algorithm confusion', 'RFC 8725 section 2.1').notice(
          `Signed with the public key as if it were a secret (${name}). Anyone who has the public key can make such tokens; an API that lets the token choose its algorithm accepts them.`,
          'algorithm_confusion',
        ),
      ]
  }
  return []
}

/** The key as text: as given, with and without line ends, and as JSON. */
function spellings({ keys }: GivenKey, text: string): [string, string][] {
  const bare = text.trim()
  const unix = bare.replaceAll('\r\n', '\n')
  const json =
    keys?.keys.slice(0, 3).map((jwk): [string, string] => ['JWK as JSON', JSON.stringify(jwk)]) ?? []
  return [
    ['as given', text],
    ['without blanks at its ends', bare],
    ['with a line end', `${unix}\n`],
    ['without a line end', unix],
    ['with a leading blank', ` ${unix}`],
    ['with CR LF', `${unix.replaceAll('\n', '\r\n')}\r\n`],
    ...json,
    ['JWK Set as JSON', JSON.stringify(keys)],
  ]
}
