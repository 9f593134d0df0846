/** The hashes of HTTP Digest (RFC 7616 section 3.2), by the name that is sent. */
export const digestHashes = ['MD5', 'SHA-256', 'SHA-512-256'] as const
type DigestHash = (typeof digestHashes)[number]

/** What a server asks, and who answers. */
interface DigestQuestion {
  /** The parameters of its challenge, names in small letters. */
  parameters: ReadonlyMap<string, string>
  username: string
  password: string
  method: string
  /** Path and query, as they are sent. */
  uri: string
  /** What no one can guess, new with each answer. */
  cnonce: string
  /** Of UTF-8, in hex. */
  hash: (name: DigestHash, text: string) => string
}

/** The Authorization header that answers a Digest challenge (RFC 7616 section 3.4), and without `qop` that of RFC 2069.
 *  Nothing where the challenge asks for what is not done: another hash, or the body's integrity alone. */
export function answerDigest({
  parameters,
  username,
  password,
  method,
  uri,
  cnonce,
  hash,
}: DigestQuestion): string | undefined {
  const [realm, nonce] = [parameters.get('realm') ?? '', parameters.get('nonce')]
  const asked = parameters.get('algorithm')
  const name = (asked ?? 'MD5').toUpperCase()
  const isSession = name.endsWith('-SESS')
  const known = digestHashes.find((each) => each === name.replace(/-SESS$/, ''))
  const offered = parameters.get('qop')
  const protects = offered?.split(',').some((each) => each.trim().toLowerCase() === 'auth')
  if (nonce === undefined || known === undefined || protects === false) return undefined
  const digest = (...parts: string[]): string => hash(known, parts.join(':'))
  const secret = digest(username, realm, password)
  const first = isSession ? digest(secret, nonce, cnonce) : secret
  const second = digest(method, uri)
  const count = '00000001'
  const response = protects
    ? digest(first, nonce, count, cnonce, 'auth', second)
    : digest(first, nonce, second)
  const hidesUser = parameters.get('userhash')?.toLowerCase() === 'true'
  const opaque = parameters.get('opaque')
  return `Digest ${[
    hidesUser ? `username=${quoted(digest(username, realm))}` : userOf(username),
    `realm=${quoted(realm)}`,
    `uri=${quoted(uri)}`,
    ...(asked === undefined ? [] : [`algorithm=${asked}`]),
    `nonce=${quoted(nonce)}`,
    ...(protects ? [`nc=${count}`] : []),
    ...(protects || isSession ? [`cnonce=${quoted(cnonce)}`] : []),
    ...(protects ? ['qop=auth'] : []),
    `response="${response}"`,
    ...(opaque === undefined ? [] : [`opaque=${quoted(opaque)}`]),
    ...(hidesUser ? ['userhash=true'] : []),
  ].join(', ')}`
}

/** A name that a header cannot carry as it is goes as RFC 8187 has it. */
function userOf(username: string): string {
  return /^[\x20-\x7e]*$/.test(username)
    ? `username=${quoted(username)}`
    : `username*=UTF-8''${encodeURIComponent(username).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)}`
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}
