import type { Failure } from '../result.ts'
import type { TokenLife, TokenView } from './tokens.ts'

/** Most tokens that are pinned. */
export const mostPins = 200

/** A token that is pinned to the bench, without its text. */
export type PinView = {
  id: string
  name: string
  /** Milliseconds since 1970. */
  createdAt: number
} & (
  | {
      readable: true
      /** What it is, as its verdict says. */
      what: string
      life: TokenLife
    }
  | { readable: false; why: Failure }
)

/** What a member of header or claims became from the first token to the second. */
export interface MemberChange {
  /** Names from the outside in: `['realm_access', 'roles']`. */
  path: string[]
  change: 'added' | 'removed' | 'changed'
  /** JSON, numbers as they are written; left out where that token has no such member. */
  before?: string
  after?: string
  /** Of a date: the moments, in milliseconds since 1970. */
  beforeAt?: number
  afterAt?: number
  /** Of a list or a scope: what only one of them has, as a person reads it. */
  lost?: string[]
  gained?: string[]
  /** Differs between any two tokens, and so says nothing: a time, an id, a hash. */
  expected: boolean
}

/** The members of both tokens: what differs, what matters first, and the names of what is the same. */
export interface MemberChanges {
  changes: MemberChange[]
  same: string[]
}

/** One of two tokens that are compared; never its text. */
export interface ComparedSide {
  /** What it is, as its verdict says: `ID token`. */
  what: string
  format: TokenView['format']
  /** Bytes of the token text. */
  size: number
  life: TokenLife
}

/** What differs between two tokens. */
export interface TokenComparison {
  sides: [ComparedSide, ComparedSide]
  /** What that means, in sentences. */
  says: string[]
  header: MemberChanges
  claims: MemberChanges
  /** Of SD-JWTs: what their holders disclose. */
  disclosures?: MemberChanges
  /** Left out where neither names a scope. */
  scopes?: { lost: string[]; gained: string[]; kept: string[] }
}

/** A claim or header parameter that is known by name. */
export interface KnownName {
  name: string
  /** Where it is defined: `RFC 7519 section 4.1.4`. */
  source?: string
  says?: string
}
