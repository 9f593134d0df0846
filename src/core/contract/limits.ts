import { z } from 'zod'
import { longestHeaderValue } from './words.ts'

/** Limits on what crosses the bridge. Sizes in characters. */
export const limits = {
  id: 64,
  name: 200,
  url: 16_384,
  /** Fields of a connection that name variables. */
  typed: 60,
  scope: 4_096,
  secret: 16_384,
  token: 1_048_576,
  requestBody: 8_388_608,
  /** Of one environment. */
  variables: 200,
  /** Servers with a rule of their own. */
  /** Proxies that a name and a password are kept for. */
  logins: 50,
  hosts: 200,
  headers: 200,
  /** Rows of a query: those that an address is taken apart into, and as many that are off. */
  query: 2_000,
  /** Of one request. */
  checks: 200,
  captures: 200,
  checkExpression: 4_096,
  headerValue: longestHeaderValue,
} as const

/** An identifier that the store made (UUID). */
export const id = z.uuid()
/** A short name that a person gave. */
export const name = z.string().trim().min(1).max(limits.name)
/** A URL as text; what it may point at is judged where it is used. */
export const url = z.string().trim().min(1).max(limits.url)
/** Space-separated scope tokens, RFC 6749 section 3.3. */
export const scope = z
  .string()
  .trim()
  .max(limits.scope)
  .regex(/^[\x21\x23-\x5b\x5d-\x7e ]*$/, 'scope tokens are printable ASCII without quotes and backslashes')
/** No argument. */
export const nothing = z.object({}).strict()
