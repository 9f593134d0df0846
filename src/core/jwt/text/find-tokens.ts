import { withoutEnd } from '../../text/trim.ts'
import { isObject, member, readJsonObject, textMember } from './json-object.ts'
import type { JsonObject } from './json-object.ts'
import { isUnencoded, readSignedJson } from './signed-json.ts'
import { takeOffSurroundings } from '../checks/surroundings.ts'
import { salvageBase64url } from './base64url.ts'
import { unwrapped } from './unwrap.ts'

/** A token inside a text that was pasted. */
export interface FoundToken {
  /** In compact form. */
  text: string
  /** What it was found as: `access_token`, `signature 2 of 3`, `key binding`; empty where the text is the token. */
  label: string
  /** What had to be done to have it in compact form, in words; empty where nothing had. */
  notes: string[]
  /** Disclosures of an SD-JWT that came with it (RFC 9901 section 4.2), as they are in the text. */
  disclosures: string[]
  /** Of a key binding: all before it, which it is about (RFC 9901 section 4.3.1). */
  presented?: string
  /** Of an SD-JWT: the key binding at its end, and all before that. */
  shown?: { binding: string; presented: string }
  /** The JWE or JWS in JSON form, where its compact form would leave something out. */
  json?: string
  /** All of the JSON serialization that it was in. */
  serialized?: string
}

/** Most tokens that are offered of one text. */
const most = 20

/** Most disclosures that are read of one SD-JWT. */
const mostDisclosures = 1_000

/** A compact JWS or JWE in other text: it begins with an encoded `{"`, and no letter is right before it. */
const inText = /(?<![\w.~-])e[wy][\w-]{6,}\.[\w-]*(?:\.[\w-]*){1,3}(?:~[\w.~-]*)?/g

/** Finds the tokens in whatever was pasted: the token alone, with line breaks or quotation marks in it, a header, a URL,
 *  a curl command, a JSON document, JSON serializations (RFC 7515 section 7.2, RFC 7516 section 7.2) and SD-JWTs. A
 *  text in which none is found is answered as it is, for its defects to be named. Linear in the text. */
export function findTokens(text: string): FoundToken[] {
  return findIn(text, 0).flatMap((each) => [each, ...inside(each)])
}

/** The tokens that are in a text as they are, in compact form and called by what is before them; none where there is
 *  none. Linear in the text. */
export function compactTokensIn(text: string): FoundToken[] {
  return fromText(text)
}

/** How often a text is unwrapped: a percent-encoded base64 of a token, and no more. */
const deepest = 2

function findIn(text: string, depth: number): FoundToken[] {
  const { token } = takeOffSurroundings(text)
  if (isCompact(token)) return [found(token)]
  const bare = token.replace(/^\uFEFF/, '').trim()
  if (bare.startsWith('{')) {
    const read = readJsonObject(new TextEncoder().encode(bare))
    const serialized = read.ok ? fromJson(read.value, bare) : []
    if (serialized.length > 0) return serialized
  }
  if (bare.includes('~') && isCompact(bare.split('~', 1)[0] ?? '')) return fromSelective(bare)
  if (isUnencoded(bare)) return [found(bare)]
  const joined = isList(bare) ? undefined : withoutBreaks(bare)
  if (joined !== undefined)
    return [{ ...found(joined), notes: ['Line breaks, spaces or quotation marks inside it were removed.'] }]
  const tokens = fromText(bare)
  if (tokens.length > 0) return tokens
  for (const { content, note } of depth < deepest ? unwrapped(bare) : []) {
    const inner = findIn(content, depth + 1)
    if (inner.some((each) => isCompact(each.text)))
      return inner.map((each) => ({ ...each, notes: [note, ...each.notes] }))
  }
  return [broken(bare) ?? found(text)]
}

/** The token that another one holds as it is (RFC 7519 section 5.2). */
function inside({ text, label }: FoundToken): FoundToken[] {
  const [, payload = ''] = text.split('.', 3)
  if (!payload.startsWith('ZXlK') || payload.length % 4 === 1) return []
  const inner = new TextDecoder().decode(salvageBase64url(payload))
  return isCompact(inner) ? [found(inner, `inside ${label === '' ? 'the first' : label}`)] : []
}

/** A token in other text that has not all its parts, or too many: for its defects to be named. */
function broken(text: string): FoundToken | undefined {
  if (text.length > 65_536 || /^(?:ey|\{)/.test(text)) return undefined
  const match = /(?<![\w.~-])e(?:yJ|yAi|wog|woJ|w0K)[\w-]{8,}(?:\.[\w+/=-]*){0,8}/.exec(text)
  return match === null
    ? undefined
    : { ...found(match[0]), notes: ['It does not have the parts of a token; it is read as far as possible.'] }
}

function found(text: string, label = ''): FoundToken {
  return { text, label, notes: [], disclosures: [] }
}

/** Three or five parts of base64url, the first of which opens an object. The third of three may be empty. */
function isCompact(text: string): boolean {
  return /^e[wy][\w-]+\.[\w-]*\.[\w-]*(?:\.[\w-]*\.[\w-]*)?$/.test(text)
}

/** Several whole tokens, one behind the other, which are no one token that was wrapped. */
function isList(text: string): boolean {
  const pieces = text.split(/[\s,;]+/, 40)
  return pieces.length > 1 && pieces.filter((piece) => /^e[wy]\w/.test(piece) && isCompact(piece)).length > 1
}

/** A token that was wrapped: by a mail program, an editor, as a string of a programming language. */
function withoutBreaks(text: string): string | undefined {
  if (!/^["'`(]?\s*(?:bearer\s+)?e[wy]/i.test(text)) return undefined
  const joined = text
    .replace(/^["'`(]?\s*(?:bearer\s+)?/i, '')
    .replaceAll('\\n', '')
    .replaceAll('\\r', '')
    .replace(/=\r?\n/g, '')
    // Strings that a program joins. A plus sign within one is base64, which is a defect.
    .replace(/["'`]\s{0,80}\+\s{0,80}["'`]/g, '')
    .replace(/[\s"'`\\>|();,]/g, '')
  return isCompact(joined) ? joined : undefined
}

/** Flattened and general JSON serialization. What only JSON can say (unprotected headers, several recipients' headers,
 *  additional data) has no compact form and is told. */
function fromJson(object: JsonObject, json: string): FoundToken[] {
  const isDetached =
    member(object, 'payload') === undefined &&
    (textMember(object, 'protected') ?? member(object, 'signatures')) !== undefined
  const payload = textMember(object, 'payload') ?? (isDetached ? '' : undefined)
  const ciphertext = textMember(object, 'ciphertext')
  if (payload !== undefined && ciphertext === undefined) {
    const list = member(object, 'signatures')
    const all = Array.isArray(list) ? list.slice(0, most).filter(isObject) : [object]
    return all.flatMap((each, index) => {
      const head = textMember(each, 'protected') ?? ''
      const signature = textMember(each, 'signature')
      if (signature === undefined || (head === '' && !isObject(member(each, 'header')))) return []
      const label = all.length > 1 ? `signature ${index + 1} of ${all.length}` : 'JSON serialization'
      const issued = `${head}.${payload}.${signature}`
      const selective = selectiveIn(each)
      if (selective !== undefined) return fromSelective([issued, ...selective].join('~'))
      const flattened = JSON.stringify({ ...each, payload, signatures: undefined })
      const isMore = readSignedJson(flattened) !== undefined
      return [
        {
          ...found(issued, label),
          notes: unprotected(each),
          serialized: json,
          ...(isMore && { json: flattened }),
        },
      ]
    })
  }
  if (ciphertext === undefined) return []
  const recipients = member(object, 'recipients')
  const [recipient = object] = Array.isArray(recipients) ? recipients.filter(isObject) : [object]
  const part = (name: string) => textMember(object, name) ?? ''
  const key = textMember(recipient, 'encrypted_key') ?? ''
  const text = [part('protected'), key, part('iv'), ciphertext, part('tag')].join('.')
  const outside = [...unprotected(object), ...(recipient === object ? [] : unprotected(recipient))]
  const isMore = outside.length > 0 || (Array.isArray(recipients) && recipients.length > 1)
  return [{ ...found(text, 'JSON serialization'), notes: outside, ...(isMore && { json }) }]
}

/** What an SD-JWT in JSON form has in its unprotected header: disclosures, and a key binding or nothing at the end (RFC
 *  9901 section 8.1). */
function selectiveIn(each: JsonObject): string[] | undefined {
  const header = member(each, 'header')
  const listed = isObject(header) ? member(header, 'disclosures') : undefined
  if (!isObject(header) || !Array.isArray(listed)) return undefined
  const disclosures = listed.slice(0, mostDisclosures).filter((text) => typeof text === 'string')
  return [...disclosures, textMember(header, 'kb_jwt') ?? '']
}

function unprotected(part: JsonObject): string[] {
  return ['header', 'unprotected', 'aad']
    .filter((name) => member(part, name) !== undefined)
    .map((name) => `It has ${name}, which no signature or compact form covers.`)
}

/** An SD-JWT with what its holder discloses, and the key binding at its end (RFC 9901 section 4). */
function fromSelective(text: string): FoundToken[] {
  const [issued = '', ...rest] = text.split('~', mostDisclosures + 2)
  const last = rest.at(-1) ?? ''
  const bound = isCompact(last)
  const disclosures = (bound ? rest.slice(0, -1) : rest).filter((part) => part !== '')
  const presented = text.slice(0, -last.length)
  const note = `An SD-JWT with ${disclosures.length} disclosure${disclosures.length === 1 ? '' : 's'}${bound ? ' and a key binding' : ', without a key binding'}.`
  return [
    {
      ...found(issued, 'issued by the issuer'),
      notes: [note],
      disclosures,
      ...(bound && { shown: { binding: last, presented } }),
    },
    ...(bound ? [{ ...found(last, 'key binding'), presented }] : []),
  ]
}

/** Tokens in other text, named by what is before them. */
function fromText(text: string): FoundToken[] {
  const tokens = new Map<string, FoundToken>()
  for (const match of text.matchAll(inText)) {
    const [whole] = match
    const [before = ''] = whole.split('~', 1)
    // A full stop behind it ends the sentence, and several are an ellipsis: no ciphertext is empty.
    const bare = before.endsWith('..') ? withoutEnd(before, '.') : before
    const issued = isCompact(bare) ? bare : bare.replace(/\.$/, '')
    // Padding or base64 right behind it is a defect of the token, to be named by whoever reads it; a path goes on.
    const behind = text.charAt(match.index + whole.length) || ' '
    const inPath = behind === '/' && text.charAt(match.index - 1) === '/'
    if ('=+/'.includes(behind) && !inPath) continue
    if (!isCompact(issued) || tokens.has(issued)) continue
    const ahead = text.slice(Math.max(0, match.index - 80), match.index)
    const name = /([\w.-]{1,60})\\?["']?\s*[:=]\s*\\?["']?(?:bearer\s+|dpop\s+)?$/i.exec(ahead)?.[1] ?? ''
    const [first] = whole.includes('~') ? fromSelective(whole) : [found(issued)]
    if (first) tokens.set(issued, { ...first, label: name })
    if (tokens.size === most) break
  }
  return [...tokens.values()]
}
