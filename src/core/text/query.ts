/** A URL with parameters put to its query, which stays as it was written (RFC 6749 section 3.1: it must be retained). Each
 *  is encoded once, a space as `%20`: that is right in a URI and in a form alike. Nothing is put into a fragment. */
export function appendToQuery(url: string, parameters: readonly (readonly [string, string])[]): string {
  const [whole = ''] = url.split('#', 1)
  if (parameters.length === 0) return whole
  const added = parameters.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&')
  const at = whole.indexOf('?')
  const joint = at < 0 ? '?' : whole.endsWith('?') || whole.endsWith('&') ? '' : '&'
  return `${whole}${joint}${added}`
}

/** A URL whose query has lost the parameters of these names; the others stay as they were written. */
export function dropFromQuery(url: string, names: ReadonlySet<string>): string {
  const [whole = ''] = url.split('#', 1)
  const at = whole.indexOf('?')
  if (at < 0) return whole
  const kept = whole
    .slice(at + 1)
    .split('&')
    .filter((pair) => !names.has(nameOf(pair)))
  const query = kept.join('&')
  return query === '' ? whole.slice(0, at) : `${whole.slice(0, at)}?${query}`
}

/** The query of a URL as it is written, with its question mark; empty where it has none. */
export function queryOf(url: string): string {
  const [whole = ''] = url.split('#', 1)
  const at = whole.indexOf('?')
  return at < 0 ? '' : whole.slice(at)
}

/** A query as it can go: what a URI has no room for is encoded (RFC 3986 section 3.4), all else stays as it was typed. */
export function queryOnWire(query: string): string {
  return query.replace(/[^\x21-\x7e]|["<>]/gu, (char) => encoded(char))
}

function encoded(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1).replaceAll('+', '%20')
}

function nameOf(pair: string): string {
  const [written = ''] = pair.split('=', 1)
  if (!/[%+]/.test(written)) return written
  // As a value: of a name the library takes off a question mark.
  return new URLSearchParams(`name=${written}`).get('name') ?? ''
}
