import type { ClaimView } from './tokens/tokens.ts'

/** What an account can be asked to do at its provider. */
export type AccountAction = 'userinfo' | 'introspect' | 'revoke' | 'log-out'

/** Whether each action can be done; where not, why. */
export type AccountAbilities = Record<AccountAction, { offered: true } | { offered: false; why: string }>

/** One part of what a provider said, about one token or about the person. */
export interface ProviderFinding {
  title: string
  tone: 'ok' | 'warn' | 'bad'
  /** What it means, in plain words. */
  says: string
  claims: ClaimView[]
}

/** What a provider answered to userinfo, introspection or revocation. */
export interface ProviderAnswer {
  action: Exclude<AccountAction, 'log-out'>
  at: number
  findings: ProviderFinding[]
  /** Oddities of the response, and what could not be checked. */
  notes: string[]
}

/** A logout that waits for the browser to come back. */
export interface PendingLogOut {
  browserOpened: boolean
  /** Until when the way back is recognised; absent where none was asked for. */
  expiresAt?: number
  /** Whether the way back could be on loopback instead. */
  loopback?: boolean
}

/** How a logout ended; pushed to the page as `log-out:ended`. */
export interface LogOutEnded {
  accountId?: string
  displayName?: string
  error?: { code: string; message: string; next?: string }
}
