/** undici's raw headers, name and value in turn, as pairs in the order of the wire. */
export function pairs(raw: readonly (string | Uint8Array)[]): [string, string][] {
  const out: [string, string][] = []
  for (let index = 0; index + 1 < raw.length; index += 2) out.push([text(raw[index]), text(raw[index + 1])])
  return out
}
function text(item: string | Uint8Array | undefined): string {
  return typeof item === 'string' ? item : Buffer.from(item ?? []).toString('latin1')
}
