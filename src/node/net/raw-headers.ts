/** undici's raw headers, name and value in turn, as pairs in the order of the wire; a character for each byte. `http2`: of
 *  such a message undici passes those characters on as UTF-8, a character for each byte of that. */
export function pairs(raw: readonly (string | Uint8Array)[], http2 = false): [string, string][] {
  const out: [string, string][] = []
  const read = http2 ? (item: Item) => Buffer.from(text(item), 'latin1').toString() : text
  for (let index = 0; index + 1 < raw.length; index += 2) out.push([read(raw[index]), read(raw[index + 1])])
  return out
}

type Item = string | Uint8Array | undefined

function text(item: Item): string {
  return typeof item === 'string' ? item : Buffer.from(item ?? []).toString('latin1')
}
