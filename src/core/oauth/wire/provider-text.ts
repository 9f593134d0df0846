import type { Failure } from '@contract/result'
import { redactText } from '../../secrecy/redact.ts'

/** A failure in which the provider itself spoke; its words are text, never markup. */
export interface ProviderFailure extends Failure {
  /** `error` of RFC 6749 sections 4.1.2.1 and 5.2. */
  providerError?: string
  providerDescription?: string
  /** `error_uri`, as text. */
  providerUri?: string
}

/** Words of a provider made fit to be shown: control and direction characters gone, no secrets, at most
 *  500 characters. `undefined` for what is not text or empty. */
export function providerText(value: unknown, limit = 500): string | undefined {
  if (typeof value !== 'string') return undefined
  const clean = redactText(value.slice(0, limit * 4))
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  if (clean === '') return undefined
  return clean.length > limit ? `${clean.slice(0, limit)}…` : clean
}

/** What the provider said in an error, from parameters or JSON. */
export function providerWords(read: (name: string) => unknown) {
  return {
    providerError: providerText(read('error'), 100),
    providerDescription: providerText(read('error_description')),
    providerUri: providerText(read('error_uri'), 300),
  }
}
