import type { HttpAnswer } from './wire.ts'

const mark = 0x2a

const standsAt = (bytes: Uint8Array, needle: Uint8Array, at: number): boolean => {
  for (let offset = 1; offset < needle.length; offset += 1) {
    if (bytes[at + offset] !== needle[offset]) return false
  }
  return true
}

/** The same bytes with every occurrence of `needle` overwritten by asterisks; the same array where there is none. */
const overwrite = (bytes: Uint8Array, needle: Uint8Array): Uint8Array => {
  const [first] = needle
  if (first === undefined) return bytes
  let out: Uint8Array | undefined
  for (let at = bytes.indexOf(first); at !== -1; at = bytes.indexOf(first, at + 1)) {
    if (!standsAt(bytes, needle, at)) continue
    out ??= bytes.slice()
    out.fill(mark, at, at + needle.length)
    at += needle.length - 1
  }
  return out ?? bytes
}

/** An answer in which `text`, a secret of ASCII characters, does not occur: neither in the body nor in a
 *  header or an address. */
export const withoutText = (answer: HttpAnswer, text: string): HttpAnswer => {
  if (text === '') return answer
  const hide = (value: string) => value.replaceAll(text, '*'.repeat(8))
  return {
    ...answer,
    url: hide(answer.url),
    hops: answer.hops.map((hop) => ({ ...hop, url: hide(hop.url) })),
    headers: answer.headers.map(([name, value]) => [name, hide(value)]),
    body: overwrite(answer.body, new TextEncoder().encode(text)),
  }
}
