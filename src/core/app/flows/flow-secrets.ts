import type { FetchOptions } from '../../oauth/wire/fetch.ts'
import { isSecretName } from '../../oauth/wire/redact.ts'

/** The secret values in the query and fragment of a URL. */
export function secretsInUrl(url: string): string[] {
  return url
    .split(/[?#]/)
    .slice(1)
    .flatMap((part) => inPairs(pairsOf(part)))
}

/** The secret values that a message is sent with. */
export function secretsInRequest(url: string, options: FetchOptions): string[] {
  const body = options.body?.toString() ?? ''
  const headers = Object.entries(options.headers ?? {})
  return [
    ...secretsInUrl(url),
    ...(body.startsWith('{') ? secretsInAnswer(body) : inPairs(pairsOf(body))),
    ...headers.flatMap(([name, value]) =>
      /^(proxy-)?authorization$/i.test(name) ? inAuthorization(value) : [],
    ),
    ...headers.flatMap(([name, value]) => (/^dpop$/i.test(name) ? [value] : [])),
  ]
}

/** The secret values in an answer, JSON or form. */
export function secretsInAnswer(body: string): string[] {
  try {
    return inJson(JSON.parse(body))
  } catch {
    return inPairs(pairsOf(body))
  }
}

function pairsOf(text: string): [string, string][] {
  return [...new URLSearchParams(text)]
}

function inPairs(pairs: [string, string][]): string[] {
  return pairs.filter(([name]) => isSecretName(name)).map(([, value]) => value)
}

function inJson(value: unknown, depth = 0): string[] {
  if (typeof value !== 'object' || value === null || depth > 6) return []
  if (Array.isArray(value)) return value.flatMap((item) => inJson(item, depth + 1))
  return Object.entries(value).flatMap(([name, member]) =>
    typeof member === 'string' ? (isSecretName(name) ? [member] : []) : inJson(member, depth + 1),
  )
}

function inAuthorization(value: string): string[] {
  const [scheme = '', credentials = ''] = value.split(' ', 2)
  if (scheme.toLowerCase() !== 'basic') return [credentials]
  try {
    const decoded = atob(credentials)
    const password = decoded.slice(decoded.indexOf(':') + 1)
    return [credentials, password, decodeURIComponent(password.replaceAll('+', ' '))]
  } catch {
    return [credentials]
  }
}
