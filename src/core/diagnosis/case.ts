import type { RefusalView } from '@contract/requests'
import type { Challenge } from './challenges.ts'
import { plainText } from './words.ts'

/** What is known of the token that was sent. Times in milliseconds. */
export interface TokenFacts {
  scopes: string[]
  /** From `aud`, where the token can be read. */
  audience?: string[]
  expiresAt?: number
  notBefore?: number
  format?: 'jwt' | 'jwe' | 'opaque' | 'malformed'
  /** In bytes. */
  size?: number
  /** What our own checks found wrong with it, by their codes. */
  faults?: { code: string; detail: string }[]
}

/** A header entered manually that carries credentials. */
export interface TypedCredential {
  header: string
  /** Of an `Authorization` header, in lower case. */
  scheme?: string
  /** What is wrong with how it is written. */
  flaw?: string
}

/** A call whose answer may be a refusal. `token` is absent where none was sent. `now`: when the response came,
 *  milliseconds. */
export interface RefusedCall {
  status: number
  url: string
  headers: readonly [string, string][]
  contentType?: string
  /** The beginning of the body, where it is text. */
  bodyText?: string
  token?: TokenFacts
  /** The credentials were typed into the request, not taken from an account. */
  typed?: TypedCredential
  /** A redirect led to another origin, and the token stayed behind. */
  tokenLeftBehind?: boolean
  /** A redirect was followed. */
  redirected?: boolean
  now: number
}

export type Fact = RefusalView['facts'][number]

/** A call with what its response says. */
export interface Case {
  call: RefusedCall
  challenge?: Challenge
  /** `error` of the challenge, empty where it has none. */
  error: string
  said?: string
  body?: Record<string, unknown>
}

export type Verdict = Pick<RefusalView, 'headline' | 'certainty' | 'next' | 'retryAt'> & {
  facts?: Fact[]
  /** The API's own sentence adds nothing to it. */
  saysAll?: boolean
}

export function fact(label: string, value: string | string[] | undefined, more?: Partial<Fact>): Fact[] {
  if (value === undefined || value.length === 0) return []
  return [{ label, ...(Array.isArray(value) ? { items: value } : { text: value }), ...more }]
}

export function parameter(challenge: Challenge | undefined, name: string): string | undefined {
  return plainText(challenge?.parameters.get(name))
}

/** The first header of a name (lower case). */
export function headerOf({ headers }: Pick<RefusedCall, 'headers'>, name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1]
}

/** Whether the request carried a token or anything else that says who calls. */
export function sentSomething({ token, typed, tokenLeftBehind }: RefusedCall): boolean {
  return (token !== undefined && tokenLeftBehind !== true) || typed !== undefined
}
