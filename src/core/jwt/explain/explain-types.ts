import type { TokenKind } from '@contract/tokens/tokens'
import type { JsonObject } from '../text/json-object.ts'

/** What is known about where a token comes from, for sentences and checks. */
export interface ConnectionContext {
  /** The connection's name. */
  name: string
  /** How the provider is called in a sentence: `the Playground`; else the issuer's host is named. */
  providerName?: string
  issuer: string
  clientId: string
  /** The API asked for: resource indicator (RFC 8707) or audience. */
  audience?: string
  /** How that API is called in a sentence: `the Orders API`. */
  audienceName?: string
  scopeAsked?: string
  /** `scope` of the token response, where it named one. */
  scopeGranted?: string
  /** Display name of the account. */
  subjectName?: string
}

/** What sentences about a token may depend on. Times in milliseconds. */
export interface ExplainContext {
  now: number
  kind?: TokenKind
  connection?: ConnectionContext
}

/** One sentence on a value, and a second one where it deserves attention. */
export interface Saying {
  says: string
  attention?: string
}

/** How a value is meant to be shaped; `scope` is a list in one text, `any` whatever its issuer likes. */
export type Shape = 'any' | 'text' | 'time' | 'list' | 'scope' | 'number' | 'boolean' | 'json' | 'audience'

/** A registered or widely used name, with its meaning. */
export interface NameRule {
  shape: Shape
  source?: string
  /** What is said of a value of another shape; left out, that its meaning is lost. */
  otherwise?: string
  says: string | ((value: unknown, context: ExplainContext, all: JsonObject) => string | Saying)
}

export type NameRules = Record<string, NameRule>
