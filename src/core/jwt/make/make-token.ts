import { fail, ok, type Result } from '@contract/result'
import { writtenMember } from '../../text/written.ts'
import { isNone } from '../keys/algorithms.ts'
import { readGivenKey, type ReadPem } from '../keys/given-key.ts'
import { encodeBase64url } from '../text/base64url.ts'
import type { JsonObject } from '../text/json-object.ts'
import { disclose } from './disclose.ts'
import { encryptBytes } from './encrypt-token.ts'
import { readySigner, signBytes } from './sign-token.ts'
import { withTimes } from './time-words.ts'
import { readPart, type MakeContext, type TokenDraft } from './token-draft.ts'

/** Signs and encrypts a JWT with `jose`: signed first, then encrypted (RFC 7519 section 11.2). `alg` is set by the key
 *  and the algorithm chosen; everything else stays as typed, sound or not: a tester may want it so.
 *  Codes: `header_unreadable`, `payload_unreadable`, `key_missing`, `key_cannot_sign`, `key_cannot_encrypt`,
 *  `key_unfit`, `header_unfit`, `form_unfit`, those of `readGivenKey`. */
export async function makeToken(
  draft: TokenDraft,
  context: MakeContext,
  readPem: ReadPem,
): Promise<Result<{ text: string }>> {
  const header = readPart(draft.header.trim() === '' ? '{}' : draft.header, 'header')
  if (!header.ok) return header
  const payload = readPart(draft.payload, 'payload')
  if (!payload.ok) return payload
  const { form = 'compact', disclosable = [] } = draft
  if (disclosable.length > 0 && (form !== 'compact' || draft.encrypt !== undefined))
    return fail(
      'form_unfit',
      'An SD-JWT must be compact and unencrypted.',
      'Choose the compact form without encryption, or remove the disclosable claims.',
    )
  const filled = fill(payload.value, context)
  const { claims, disclosures } =
    disclosable.length === 0
      ? { claims: filled, disclosures: [] }
      : await disclose(filled, disclosable, context.randomBytes)
  const bytes = new TextEncoder().encode(asWritten(payload.value, claims))
  const signed = await sign(
    draft,
    header.value,
    bytes,
    readPem,
    draft.encrypt === undefined ? form : 'compact',
  )
  if (!signed.ok) return signed
  const { encrypt } = draft
  if (encrypt === undefined && signed.value === undefined && isNone(String(header.value['alg'])))
    return ok({ text: `${segment(header.value)}.${encodeBase64url(bytes)}.` })
  if (encrypt === undefined)
    return signed.value === undefined
      ? fail(
          'key_missing',
          'A key is missing.',
          'Enter a secret or a private key. For an unsecured token (RFC 7519 section 6) write "alg": "none" into the header.',
        )
      : ok({ text: disclosures.length === 0 ? signed.value : [signed.value, ...disclosures, ''].join('~') })
  const recipient = readGivenKey(encrypt.key, readPem)
  if (!recipient.ok) return recipient
  const inside =
    signed.value === undefined
      ? { bytes, header: header.value }
      : { bytes: new TextEncoder().encode(signed.value), header: { cty: 'JWT' } }
  const made = await encryptBytes(
    inside.bytes,
    inside.header,
    { key: recipient.value, enc: encrypt.enc },
    form,
  )
  return made.ok ? ok({ text: made.value }) : made
}

/** The signed text; undefined where nothing signs. */
async function sign(
  { key }: TokenDraft,
  header: JsonObject,
  bytes: Uint8Array,
  readPem: ReadPem,
  form: NonNullable<TokenDraft['form']>,
): Promise<Result<string | undefined>> {
  if (key === undefined) return ok(undefined)
  const given = readGivenKey(key, readPem)
  if (!given.ok) return given
  const signer = await readySigner(header, given.value, key.algorithm)
  return signer.ok ? signBytes(bytes, signer.value, form) : signer
}

function segment(part: JsonObject): string {
  return encodeBase64url(new TextEncoder().encode(JSON.stringify(part)))
}

/** Words as values: times, and `jti: "random"`. */
function fill(claims: JsonObject, { now, randomBytes }: MakeContext): JsonObject {
  const timed = withTimes(claims, now)
  return timed['jti'] === 'random' ? { ...timed, jti: encodeBase64url(randomBytes(16)) } : timed
}

/** JSON in which numbers are as they were typed, unless a word was put in their place. */
function asWritten(typed: JsonObject, claims: JsonObject): string {
  const members = Object.entries(claims).map(([name, value]) => {
    const text = value === typed[name] ? writtenMember(typed, name, value) : JSON.stringify(value)
    return `${JSON.stringify(name)}:${text}`
  })
  return `{${members.join(',')}}`
}
