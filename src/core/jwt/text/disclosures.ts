import type { Disclosure } from '@contract/tokens'
import { decodeBase64url } from './base64url.ts'

/** Longest value of a disclosure that is shown, in characters. */
const longest = 2_000

/** What a holder discloses (RFC 9901 section 4.2): salt, name and value; of a list's element only the value. One that
 *  cannot be read says so. */
export function readDisclosures(texts: string[]): Disclosure[] {
  return texts.map((text) => {
    const decoded = decodeBase64url(text)
    const list = decoded.ok ? parseList(decoded.bytes) : undefined
    if (list === undefined || list.length < 2 || list.length > 3) return { readable: false }
    const value = JSON.stringify(list.at(-1)).slice(0, longest)
    return list.length === 3
      ? { readable: true, name: String(list[1]).slice(0, 200), value }
      : { readable: true, value }
  })
}

function parseList(bytes: Uint8Array): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
