import { fail, ok, type Result } from '@contract/result'
import type { ContentEncryption, TokenForm } from '@contract/tables/token-forms'
import type { KeyInput } from '../keys/given-key.ts'
import { readJsonObject } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'

/** A token to be made: JSON texts as typed. Times may be words: `now + 1h`. */
export interface TokenDraft {
  header: string
  payload: string
  /** Signs it. Left out it is encrypted alone, or unsecured. */
  key?: KeyInput | undefined
  /** Encrypts what was signed, or the payload itself where nothing signs. */
  encrypt?: { key: KeyInput; enc: ContentEncryption } | undefined
  /** Left out: compact. */
  form?: TokenForm | undefined
  /** Claims of an SD-JWT that its holder may keep back (RFC 9901). */
  disclosable?: readonly string[] | undefined
}

/** What making needs from outside. `now` in milliseconds. */
export interface MakeContext {
  now: number
  randomBytes: (length: number) => Uint8Array
}

/** Longest header or payload, in characters. */
const longest = 262_144

/** Reads what was typed. Codes: `header_unreadable`, `payload_unreadable`. */
export function readPart(text: string, part: 'header' | 'payload'): Result<JsonObject> {
  const what = part === 'header' ? 'The header' : 'The payload'
  if (text.length > longest) return fail(`${part}_unreadable`, `${what} is too long.`, 'Shorten it.')
  const read = readJsonObject(new TextEncoder().encode(text))
  if (read.ok) return ok(read.value)
  return fail(
    `${part}_unreadable`,
    `${what} is not a JSON object. ${read.defect.message}`,
    'Correct it and try again.',
  )
}
