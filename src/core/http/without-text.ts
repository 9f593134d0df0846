import type { HttpAnswer } from './wire.ts'

const mark = 0x2a

/** An answer in which `text`, a secret of ASCII characters, does not occur: neither in the body nor in a
 *  header or an address. */
export function withoutText(answer: HttpAnswer, text: string): HttpAnswer {
  if (text === '') return answer
  const hide = (value: string) => value.replaceAll(text, '*'.repeat(8))
  return {
    ...answer,
    url: hide(answer.url),
    hops: answer.hops.map((hop) => ({ ...hop, url: hide(hop.url) })),
    ...(answer.held === undefined ? {} : { held: { ...answer.held, to: hide(answer.held.to) } }),
    headers: answer.headers.map(([name, value]) => [name, hide(value)]),
    body: overwrite(answer.body, new TextEncoder().encode(text)),
  }
}

function standsAt(bytes: Uint8Array, needle: Uint8Array, at: number): boolean {
  for (let offset = 1; offset < needle.length; offset += 1) {
    if (bytes[at + offset] !== needle[offset]) return false
  }
  return true
}

/** How far a look may go on from the byte at the needle's end (Horspool): a body has 64 MB, and several needles. */
function steps(needle: Uint8Array): Uint32Array {
  const far = new Uint32Array(256).fill(needle.length)
  needle.subarray(0, -1).forEach((byte, index) => (far[byte] = needle.length - 1 - index))
  return far
}

/** The same bytes with every occurrence of `needle` overwritten by asterisks; the same array where there is none. */
function overwrite(bytes: Uint8Array, needle: Uint8Array): Uint8Array {
  const { length } = needle
  const far = steps(needle)
  let out: Uint8Array | undefined
  for (let at = 0; at + length <= bytes.length;) {
    if (bytes[at] === needle[0] && standsAt(bytes, needle, at)) {
      out ??= bytes.slice()
      out.fill(mark, at, at + length)
      at += length
    } else at += far[bytes[at + length - 1] ?? 0] ?? 1
  }
  return out ?? bytes
}
