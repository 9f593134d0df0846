/** Bytes of a body that are shown at once; more is read in ranges. */
export const firstTextLimit = 262_144

const textTypes =
  /^(text\/|application\/(.*\+)?(json|xml|javascript|ecmascript|x-www-form-urlencoded|graphql|yaml|x-yaml|toml|x-ndjson|sql)\b|image\/svg)/i

/** All of a body as text: in the charset of its byte order mark, of its type, of its own declaration, else UTF-8. */
export function decodeText(body: Uint8Array, contentType: string): string {
  return textIn(body, charsetOf(body, contentType))
}

/** The first part of a body as text; `undefined` where it is none. What names no type counts as text unless
 *  it holds NUL bytes. */
export function firstText(body: Uint8Array, contentType: string): string | undefined {
  return isText(body, contentType)
    ? textIn(body.subarray(0, firstTextLimit), charsetOf(body, contentType))
    : undefined
}

/** Whether a body is text, by the type that it is given; by its first part where it is given none. */
export function isText(body: Uint8Array, contentType: string): boolean {
  const type = contentType.trim().slice(0, 500)
  return type === '' ? !body.subarray(0, firstTextLimit).includes(0) : textTypes.test(type)
}

/** What keeps a body from being read in its charset; nothing where it is not text, or has no type. `goesOn`: it was cut
 *  off, maybe within a character. */
export function charsetTrouble(body: Uint8Array, contentType: string, goesOn: boolean): string | undefined {
  if (contentType.trim() === '' || !isText(body, contentType)) return undefined
  const charset = charsetOf(body, contentType).slice(0, 40)
  if (utf32.test(charset)) {
    const spoilt = utf32Text(body.subarray(0, firstTextLimit), charset).includes('\ufffd')
    return spoilt ? `Some of the body is not valid ${charset}: it is shown as \ufffd.` : undefined
  }
  let decoder: TextDecoder
  try {
    decoder = new TextDecoder(charset, { fatal: true })
  } catch {
    return `The charset ${charset} is unknown: the body is read as UTF-8.`
  }
  try {
    decoder.decode(body.subarray(0, firstTextLimit), { stream: goesOn || body.length > firstTextLimit })
    return undefined
  } catch {
    return `Some of the body is not valid ${charset}: each such byte is shown as \ufffd.`
  }
}

/** What a byte order mark says goes before all else, and what a document declares comes last (WHATWG Encoding,
 *  "decode"; XML 1.0 appendix F; HTML, "prescan a byte stream"). */
export function charsetOf(body: Uint8Array, contentType: string): string {
  const [first, second, third, fourth] = body
  if (first === 0 && second === 0 && third === 0xfe && fourth === 0xff) return 'utf-32be'
  // Text in UTF-16 that begins with a NUL is none.
  if (first === 0xff && second === 0xfe && third === 0 && fourth === 0) return 'utf-32le'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (first === 0xef && second === 0xbb && body[2] === 0xbf) return 'utf-8'
  return (
    /;\s*charset="?([\w.:-]+)/i.exec(contentType.slice(0, 500))?.[1] ??
    declaredIn(body, contentType) ??
    byNuls(body, contentType) ??
    'utf-8'
  )
}

/** JSON begins with two characters of ASCII, whose NULs tell the coding (RFC 4627 section 3). */
function byNuls(body: Uint8Array, contentType: string): string | undefined {
  if (!/[/+]json\b/i.test(contentType.slice(0, 500)) || body.length < 4) return undefined
  const nuls = Array.from(body.subarray(0, 4), (byte) => (byte === 0 ? '0' : 'x')).join('')
  return codings[nuls]
}

const codings: Readonly<Record<string, string>> = {
  '000x': 'utf-32be',
  '0x0x': 'utf-16be',
  x000: 'utf-32le',
  x0x0: 'utf-16le',
}

function declaredIn(body: Uint8Array, contentType: string): string | undefined {
  if (!/xml|html|svg/i.test(contentType.slice(0, 500))) return undefined
  const start = new TextDecoder('latin1').decode(body.subarray(0, 1024))
  const declared =
    /^<\?xml [^>]{0,200}\bencoding=["']([\w.:-]{1,40})["']/.exec(start) ??
    /<meta [^>]{0,200}\bcharset=["']?([\w.:-]{1,40})/i.exec(start)
  // A document that could be read so far is not in UTF-16, whatever it declares.
  return declared?.[1]?.replace(/^utf-16.*/i, 'utf-8')
}

function textIn(bytes: Uint8Array, charset: string): string {
  if (utf32.test(charset)) return utf32Text(bytes, charset)
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}

/** The one coding of Unicode that the platform does not decode. */
const utf32 = /^utf-?32(?:[lb]e)?$/i

/** UTF-32 (Unicode section 3.10); without an end named it is big-endian, as without a mark. */
function utf32Text(bytes: Uint8Array, charset: string): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const little = /le$/i.test(charset)
  const parts: string[] = []
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const point = view.getUint32(at, little)
    const isCharacter = point <= 0x10ffff && (point < 0xd800 || point > 0xdfff)
    if (at > 0 || point !== 0xfeff) parts.push(isCharacter ? String.fromCodePoint(point) : '\ufffd')
  }
  return parts.join('') + (bytes.length % 4 === 0 ? '' : '\ufffd')
}
