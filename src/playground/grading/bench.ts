import type { CheckName } from './checks.ts'
import type { Memory } from './memory.ts'

export type Finding = { check: CheckName; at: string; request: string; detail: string }

export type Code = {
  client: string | undefined
  issuer: string
  redirectUri: string | undefined
  resources: readonly string[]
  /** What was wrong with the response that carried it. */
  wrong: 'state' | 'issuer' | undefined
  isUsed: boolean
}

/** What the judges know and say. */
export type Bench = {
  codes: Memory<Code>
  /** State, nonce and challenge of requests that came to a code. */
  spent: Memory<true>
  refreshTokens: Memory<'replaced' | 'refused'>
  accessTokens: Memory<{ client: string | undefined; isUnsound: boolean; isExpired: boolean }>
  /** A check had its occasion; with a detail, it was not met. */
  look: (check: CheckName, wrong?: string | false, client?: string) => void
}
