/** What stands where a secret was. */
export const redacted = '•••'

/** Parameters of OAuth and OpenID messages whose values let their holder act for somebody. */
const secretNames = new Set([
  'access_token',
  'actor_token',
  'assertion',
  'client_assertion',
  'client_secret',
  'code',
  'code_verifier',
  'device_code',
  'id_token',
  'id_token_hint',
  'login_hint_token',
  'logout_token',
  'password',
  'refresh_token',
  'registration_access_token',
  'request',
  'response',
  'software_statement',
  'state',
  'subject_token',
  'token',
  'user_code',
])
const secretHeaders = new Set([
  'authorization',
  'cookie',
  'dpop',
  'proxy-authorization',
  'set-cookie',
  'x-api-key',
])

/** Whether the value of this parameter is a secret. `code_challenge` and the like are not. */
export function isSecretName(name: string): boolean {
  return secretNames.has(name.toLowerCase())
}

const jwtLike = /\beyJ[\w-]{5,}(?:\.[\w-]*){1,4}/g
const credentials = /\b(bearer|basic|dpop)[ \t]+[\w.~+/=-]{6,}/gi
const named = new RegExp(
  `(["']?\\b(?:${[...secretNames].join('|')})\\b["']?\\s*[=:]\\s*)("(?:[^"\\\\]|\\\\.)*"?|'[^']*'?|[^\\s&;,"'}<>]+)`,
  'gi',
)

/** Free text without its secrets: tokens by their look, parameters by their names. */
export function redactText(text: string): string {
  return text
    .replace(jwtLike, redacted)
    .replace(credentials, `$1 ${redacted}`)
    .replace(named, (_all, before: string, value: string) => {
      const quote = value.startsWith('"') ? '"' : value.startsWith("'") ? "'" : ''
      return `${before}${quote}${redacted}${quote}`
    })
}

/** A URL without the secrets in its query and fragment, and without user information. */
export function redactUrl(url: string): string {
  let parsed: URL
  try {
    parsed = new URL(url)
  } catch {
    return redactText(url)
  }
  parsed.username = ''
  parsed.password = ''
  const [base = ''] = parsed.href.split(/[?#]/, 1)
  const query = parsed.search ? `?${redactPairs(parsed.searchParams)}` : ''
  const hash = parsed.hash ? `#${redactPairs(new URLSearchParams(parsed.hash.slice(1)))}` : ''
  return `${redactText(base)}${query}${hash}`
}

/** A header's value without its secret; the scheme of Authorization stays. */
export function redactHeader(name: string, value: string): string {
  const lower = name.toLowerCase()
  if (lower === 'location' || lower === 'content-location') return redactUrl(value)
  if (!secretHeaders.has(lower)) return redactText(value)
  const scheme = lower.endsWith('authorization') ? /^[A-Za-z][\w-]*(?= )/.exec(value)?.[0] : undefined
  return scheme === undefined ? redacted : `${scheme} ${redacted}`
}

/** A message's body without its secrets: JSON and forms by their parameters, all else as free text. */
export function redactBody(body: string, contentType: string): string {
  if (contentType.includes('application/x-www-form-urlencoded')) return redactPairs(new URLSearchParams(body))
  try {
    return JSON.stringify(redactJson(JSON.parse(body), 0))
  } catch {
    return redactText(body)
  }
}

function redactPairs(pairs: URLSearchParams): string {
  const out = new URLSearchParams()
  for (const [name, value] of pairs) out.append(name, isSecretName(name) ? redacted : redactText(value))
  return out.toString().replaceAll(encodeURIComponent(redacted), redacted)
}

function redactJson(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redactText(value)
  if (depth > 20) return redacted
  if (Array.isArray(value)) return value.map((item) => redactJson(item, depth + 1))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      isSecretName(name) && member !== null ? redacted : redactJson(member, depth + 1),
    ]),
  )
}
