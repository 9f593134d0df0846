/** Bytes of a body that are shown at once; more is read in ranges. */
export const firstTextLimit = 262_144

const textTypes =
  /^(text\/|application\/(.*\+)?(json|xml|javascript|ecmascript|x-www-form-urlencoded|graphql|yaml|x-yaml|toml|x-ndjson|sql)\b|image\/svg)/i

/** All of a body as text, in the charset that it names, else UTF-8. */
export function decodeText(body: Uint8Array, contentType: string): string {
  return decoderFor(contentType).decode(body)
}

/** The first part of a body as text; `undefined` where it is none. What names no type counts as text unless
 *  it holds NUL bytes. */
export function firstText(body: Uint8Array, contentType: string): string | undefined {
  return isText(body, contentType)
    ? decoderFor(contentType).decode(body.subarray(0, firstTextLimit))
    : undefined
}

/** Whether a body is text, by the type that it is given; by its first part where it is given none. */
export function isText(body: Uint8Array, contentType: string): boolean {
  const type = contentType.trim().slice(0, 500)
  return type === '' ? !body.subarray(0, firstTextLimit).includes(0) : textTypes.test(type)
}

function charsetOf(contentType: string): string {
  return /;\s*charset="?([\w.:-]+)/i.exec(contentType)?.[1] ?? 'utf-8'
}

function decoderFor(contentType: string): TextDecoder {
  try {
    return new TextDecoder(charsetOf(contentType))
  } catch {
    return new TextDecoder()
  }
}
