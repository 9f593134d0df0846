import type { RingKeyView } from '@contract/tokens/keys'
import { keysOf } from '@contract/tables/keys-of'
import { ringKeyForms, type RingKeyForm } from '@contract/tables/ring-key-types'
import { defined } from '@contract/defined'
import { canDecrypt, canSign, readGivenKey, type GivenKey } from '../../jwt/keys/given-key.ts'
import { hasPrivateMembers } from '../../jwt/keys/jwk.ts'
import { textMember } from '../../jwt/text/json-object.ts'
import type { JsonObject } from '../../jwt/text/json-object.ts'
import type { RingKey } from '../../records/key-ring-store.ts'
import type { Result } from '@contract/result'

/** What the page is told of a key. `opened`: the JWK, or why it can't be read. */
export async function viewRingKey(
  { id, name, createdAt }: RingKey,
  opened: Result<JsonObject>,
): Promise<RingKeyView> {
  const head = { id, name, createdAt }
  if (!opened.ok) return { ...head, readable: false, why: opened.error }
  const given = asGiven(opened.value)
  if (!given.ok) return { ...head, readable: false, why: given.error }
  const { algorithms, encryption } = given.value
  return {
    ...head,
    readable: true,
    type: typeOf(opened.value),
    ...defined({ kid: textMember(opened.value, 'kid') }),
    thumbprint: await thumbprintOf(opened.value),
    algorithms: [...algorithms, ...encryption],
    canSign: canSign(given.value),
    canDecrypt: canDecrypt(given.value),
    forms: formsOf(opened.value),
  }
}

/** The key as the bench takes one. Codes: those of `readGivenKey`. */
export function asGiven(jwk: JsonObject): Result<GivenKey> {
  return readGivenKey({ text: JSON.stringify(jwk) }, () => {
    throw new Error('a JWK is no PEM')
  })
}

/** RFC 7638 with SHA-256. */
export async function thumbprintOf(jwk: JsonObject): Promise<string> {
  const { calculateJwkThumbprint } = await import('jose')
  return calculateJwkThumbprint(jwk)
}

/** A shared secret has no public half and no PEM. */
function formsOf(jwk: JsonObject): RingKeyForm[] {
  const isSymmetric = textMember(jwk, 'kty') === 'oct'
  return keysOf(ringKeyForms).filter((form) => {
    if (isSymmetric) return form === 'thumbprint' || form === 'thumbprint-uri' || form === 'private-jwk'
    return !ringKeyForms[form].isSecret || hasPrivateMembers(jwk)
  })
}

function typeOf(jwk: JsonObject): string {
  const kty = textMember(jwk, 'kty') ?? ''
  switch (kty) {
    case 'RSA':
      return `RSA, ${(bytesIn(textMember(jwk, 'n')) * 8).toLocaleString('en')} bits`
    case 'oct':
      return `shared secret, ${bytesIn(textMember(jwk, 'k'))} bytes`
    case 'AKP':
      return textMember(jwk, 'alg') ?? kty
    default:
      return `${kty} ${textMember(jwk, 'crv') ?? ''}`.trim()
  }
}

function bytesIn(base64url: string | undefined): number {
  return Math.floor(((base64url?.length ?? 0) * 3) / 4)
}
