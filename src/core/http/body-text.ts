/** Bytes of a body that are shown at once; more is read in ranges. */
export const firstTextLimit = 262_144

const textTypes =
  /^(text\/|application\/(.*\+)?(json|xml|javascript|ecmascript|x-www-form-urlencoded|graphql|yaml|x-yaml|toml|x-ndjson|sql)\b|image\/svg)/i

const charsetOf = (contentType: string): string =>
  /;\s*charset="?([\w.:-]+)/i.exec(contentType)?.[1] ?? 'utf-8'

const decoderFor = (contentType: string): TextDecoder => {
  try {
    return new TextDecoder(charsetOf(contentType))
  } catch {
    return new TextDecoder()
  }
}

/** All of a body as text, in the charset that it names, else UTF-8. */
export const decodeText = (body: Uint8Array, contentType: string): string =>
  decoderFor(contentType).decode(body)

/** The first part of a body as text; `undefined` where it is none. What names no type counts as text unless
 *  it holds NUL bytes. */
export const firstText = (body: Uint8Array, contentType: string): string | undefined => {
  const part = body.subarray(0, firstTextLimit)
  const named = contentType.trim() !== ''
  if (named && !textTypes.test(contentType.trim())) return undefined
  if (!named && part.includes(0)) return undefined
  return decoderFor(contentType).decode(part)
}
