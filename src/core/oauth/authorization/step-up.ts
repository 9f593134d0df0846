import { defined } from '@contract/defined'
/** What an API asks of a new sign-in (RFC 9470 section 3). */
export interface StepUp {
  acrValues?: string
  maxAgeSeconds?: number
}

/** Reads a challenge `insufficient_user_authentication` (RFC 9470 section 3); `undefined` for any other, and for one
 *  that asks for nothing which could be passed on. What is not sound is left out: it comes from the API. */
export function stepUpOf(parameters: ReadonlyMap<string, string>): StepUp | undefined {
  if (parameters.get('error') !== 'insufficient_user_authentication') return undefined
  const acrValues = listed(parameters.get('acr_values'))
  const maxAge = parameters.get('max_age') ?? ''
  const maxAgeSeconds = /^\d{1,9}$/.test(maxAge) ? Number(maxAge) : undefined
  if (acrValues === undefined && maxAgeSeconds === undefined) return undefined
  return {
    ...defined({ acrValues, maxAgeSeconds }),
  }
}

/** The scopes that a challenge `insufficient_scope` names and the token lacks (RFC 6750 section 3.1); empty for any
 *  other challenge. */
export function lackingScopes(parameters: ReadonlyMap<string, string>, granted: string): string[] {
  if (parameters.get('error') !== 'insufficient_scope') return []
  const has = new Set(words(granted))
  return words(listed(parameters.get('scope'))).filter((word) => !has.has(word))
}

/** What to ask for so that nothing is lost and the lacking is gained, in that order, each once. */
export function scopeUnion(asked: string, more: readonly string[]): string {
  return [...new Set([...words(asked), ...more])].join(' ')
}

function words(text: string | undefined): string[] {
  return (text ?? '').split(' ').filter((word) => word !== '')
}

/** A list of printable words without quotes and backslashes (RFC 6749 section 3.3, RFC 9470 section 3). */
function listed(text: string | undefined): string | undefined {
  const found = words(text)
  const sound = found.length > 0 && found.every((word) => /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/.test(word))
  return sound && found.length <= 20 ? found.join(' ') : undefined
}
