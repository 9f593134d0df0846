import type { Check } from '@contract/tokens/tokens'
import { check } from '../checks/check.ts'
import type { HeldKey } from '../keys/given-key.ts'
import { verifySignature } from '../keys/verify-signature.ts'
import type { DecodedJwt } from '../text/decode.ts'
import { textMember } from '../text/json-object.ts'
import { jwsOf } from '../text/signed-json.ts'
import { lineEnds, publicSpellings } from './public-spellings.ts'

/** Tries an HMAC token with the public key at hand as its secret, in the spellings in which libraries hand keys over
 *  (RFC 8725 section 2.1): what a forger does where an API lets the token choose between HS256 and RS256. Nothing where
 *  the token is of another family. Code: `algorithm_confusion`. */
export async function findKeyConfusion(
  token: DecodedJwt,
  { given: { keys }, text, writePem }: HeldKey,
): Promise<Check[]> {
  if (keys === undefined || !isShared(token)) return []
  const own: [string, string][] = [['as given', text], ...lineEnds('as given', text)]
  const name = (await fits(token, own)) ?? (await fits(token, publicSpellings(keys, writePem)))
  if (name === undefined) return []
  return [
    check('attack-key-confusion', 'Attack: algorithm confusion', 'RFC 8725 section 2.1').notice(
      `Signed with the public key as if it were a secret (${name}). Anyone who has the public key can forge such tokens; an API that lets the token choose its algorithm accepts them.`,
      'algorithm_confusion',
    ),
  ]
}

/** HMAC fills keys up with zeros, so that a zero stands for the empty key, which Web Crypto does not take. */
const blanks: [string, string][] = [
  ['empty', '\u0000'],
  ['a space', ' '],
  ['a tab', '\t'],
  ['a line break', '\n'],
  ['CR LF', '\r\n'],
]

/** Names an HMAC token whose secret is nothing: what an API uses whose setting is missing or empty, or whose file of
 *  keys was not found. Code: `empty_secret`. */
export async function findEmptySecret(token: DecodedJwt): Promise<Check[]> {
  const name = isShared(token) ? await fits(token, blanks) : undefined
  if (name === undefined) return []
  return [
    check('attack-empty-secret', 'Attack: empty secret', 'RFC 8725 section 3.5').notice(
      `Signed with a secret that is ${name}. An API whose secret is missing, or was read from an empty file, accepts any claims from anyone.`,
      'empty_secret',
    ),
  ]
}

function isShared({ header }: DecodedJwt): boolean {
  return (textMember(header, 'alg') ?? '').startsWith('HS')
}

/** The name of the first secret that the token is signed with. */
async function fits(token: DecodedJwt, secrets: [name: string, text: string][]): Promise<string | undefined> {
  const jws = jwsOf(token)
  if (jws === undefined) return undefined
  const tryOne = async (text: string) =>
    (await verifySignature(jws, { secret: new TextEncoder().encode(text) })).state === 'valid'
  if (token.text.length <= together) {
    const fitting = await Promise.all(secrets.map(([, text]) => tryOne(text)))
    return secrets[fitting.indexOf(true)]?.[0]
  }
  for (const [name, text] of secrets) if (await tryOne(text)) return name
  return undefined
}

/** Longer tokens are tried one time after the other, so that others get a turn; in characters. */
const together = 16_384
