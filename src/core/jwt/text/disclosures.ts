import type { Disclosure } from '@contract/tokens/tokens'
import { decodeBase64url } from './base64url.ts'

/** Longest value of a disclosure that is shown, in characters. */
const longest = 2_000

/** What a holder discloses (RFC 9901 section 4.2): salt, name and value; of a list's element only the value. One that
 *  cannot be read says so. */
export function readDisclosures(texts: string[]): Disclosure[] {
  return texts.map((text) => {
    const list = parseDisclosure(text)
    if (list === undefined) return { readable: false }
    const value = JSON.stringify(list.at(-1)).slice(0, longest)
    return list.length === 3
      ? { readable: true, name: String(list[1]).slice(0, 200), value }
      : { readable: true, value }
  })
}

/** Salt, name and value, or salt and value; undefined for what is neither. */
export function parseDisclosure(text: string): unknown[] | undefined {
  const decoded = decodeBase64url(text)
  const list = decoded.ok ? parseList(decoded.bytes) : undefined
  return list === undefined || list.length < 2 || list.length > 3 ? undefined : list
}

function parseList(bytes: Uint8Array): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
    // What is nested too deeply to be written again cannot be shown.
    JSON.stringify(value)
    return Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
