import { providerText } from '../wire/provider-text.ts'

/** Far beyond any sane life: ten years in seconds. */
const longestLife = 10 * 366 * 86_400

/** The scope as granted, in tokens separated by spaces (RFC 6749 section 3.3). Some separate them by commas:
 *  that is taken for what it is only where it holds a token that was asked for, as a comma may be part of one. */
export function scopeAsGranted(granted: string, asked: string): string {
  if (!granted.includes(',') || granted.includes(' ') || asked.includes(',')) return granted
  const pieces = granted.split(',').filter((piece) => piece !== '')
  const wanted = new Set(asked.split(' '))
  return pieces.some((piece) => wanted.has(piece)) ? pieces.join(' ') : granted
}

/** Takes the harmless oddities of real servers out of a token response (RFC 6749 section 5.1) and says which
 *  there were: null members, a life as text, negative or absurd, scopes as a list. Everything that matters
 *  stays as it is for the library to judge. */
export function softenTokenAnswer(json: Record<string, unknown>): {
  json: Record<string, unknown>
  notes: string[]
} {
  const notes: string[] = []
  const soft: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(json)) {
    if (value === null || name === '__proto__') continue
    if (value === '' && (name === 'refresh_token' || name === 'id_token')) continue
    soft[name] = value
  }
  const error = providerText(soft.error, 100)
  if (error !== undefined && soft.access_token !== undefined)
    notes.push(`The response contains the error ${error} along with tokens.`)
  if (soft.expires_in !== undefined) {
    const { seconds, note } = readLife(soft.expires_in)
    if (note !== undefined) notes.push(note)
    if (seconds === undefined) delete soft.expires_in
    else soft.expires_in = seconds
  }
  if (Array.isArray(soft.scope) && soft.scope.every((item) => typeof item === 'string')) {
    soft.scope = soft.scope.join(' ')
    notes.push('scope was a list instead of a string.')
  }
  return { json: soft, notes }
}

function readLife(value: unknown): { seconds?: number; note?: string } {
  const seconds = typeof value === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value
  if (typeof seconds !== 'number' || !Number.isFinite(seconds)) {
    return { note: 'expires_in is not a number, so the access token’s lifetime is unknown.' }
  }
  if (seconds < 0)
    return { seconds: 0, note: 'expires_in is negative: the access token has expired already.' }
  if (seconds > longestLife) {
    return { note: 'expires_in is more than ten years, so it was ignored.' }
  }
  if (typeof value === 'string')
    return { seconds: Math.floor(seconds), note: 'expires_in was a string instead of a number.' }
  if (seconds === 0) return { seconds, note: 'expires_in is zero: the access token has expired already.' }
  return { seconds: Math.floor(seconds) }
}
