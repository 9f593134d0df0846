import { fail, ok, type Result } from '@contract/result'
import { canSign, readGivenKey, type KeyInput, type ReadPem } from '../keys/given-key.ts'
import { hasPrivateMembers } from '../keys/jwk.ts'
import { isObject, readJsonObject } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { withTimes } from './time-words.ts'

/** A token to be made: JSON texts as typed. Times may be words: `now + 1h`. */
export interface TokenDraft {
  header: string
  payload: string
  key: KeyInput
}

/** Longest header or payload, in characters. */
const longest = 262_144

/** Signs a JWT in compact form (RFC 7515 section 7.1) with `jose`. The header's `alg` is set by the key and the
 *  algorithm chosen; everything else stays as typed, sound or not: a tester may want it so. `now` in milliseconds.
 *  Codes: `header_unreadable`, `payload_unreadable`, `key_cannot_sign`, `key_unfit`, those of `readGivenKey`. */
export async function makeToken(
  draft: TokenDraft,
  now: number,
  readPem: ReadPem,
): Promise<Result<{ text: string }>> {
  const header = readPart(draft.header.trim() === '' ? '{}' : draft.header, 'header')
  if (!header.ok) return header
  const payload = readPart(draft.payload, 'payload')
  if (!payload.ok) return payload
  const key = readGivenKey(draft.key, readPem)
  if (!key.ok) return key
  if (!canSign(key.value))
    return fail(
      'key_cannot_sign',
      'This is a public key: it checks signatures and cannot make them.',
      'Paste the private key, or a shared secret.',
    )
  const asked = header.value['alg']
  const alg =
    typeof asked === 'string' && key.value.algorithms.includes(asked) ? asked : key.value.algorithms[0]
  if (alg === undefined) return fail('key_unfit', 'No algorithm fits this key.', 'Paste another key.')
  if (draft.key.algorithm === undefined && typeof asked === 'string' && asked !== alg)
    return fail(
      'key_unfit',
      `The header says alg ${asked}, and this key cannot sign that.`,
      `Use one of ${key.value.algorithms.join(', ')}, or paste another key.`,
    )
  const { CompactSign, importJWK } = await import('jose')
  const jwk = key.value.keys?.keys.filter(isObject).find(hasPrivateMembers)
  try {
    const signer = jwk === undefined ? (key.value.secret ?? new Uint8Array()) : await importJWK(jwk, alg)
    const bytes = new TextEncoder().encode(JSON.stringify(withTimes(payload.value, now)))
    const text = await new CompactSign(bytes).setProtectedHeader({ ...header.value, alg }).sign(signer)
    return ok({ text })
  } catch (error) {
    return fail(
      'key_unfit',
      `This key cannot sign with ${alg}: ${error instanceof Error ? error.message.slice(0, 200) : 'it was refused'}`,
      'Paste another key, or choose another algorithm.',
    )
  }
}

function readPart(text: string, part: 'header' | 'payload'): Result<JsonObject> {
  const what = part === 'header' ? 'The header' : 'The payload'
  if (text.length > longest) return fail(`${part}_unreadable`, `${what} is too long.`, 'Shorten it.')
  const read = readJsonObject(new TextEncoder().encode(text))
  if (read.ok) return ok(read.value)
  return fail(
    `${part}_unreadable`,
    `${what} is not a JSON object. ${read.defect.message}`,
    'Correct it and sign again.',
  )
}
