import type { Compared } from './result.ts'
import type { AccountAbilities } from './account-actions.ts'
import type { GrantKind } from './connection-settings.ts'
import type { RedirectKind } from './connections.ts'
import type { LineageEvent } from './tables/lineage-events.ts'
import type { ClaimView, TokenLife, TokenView } from './tokens/tokens.ts'

/** An account in a list: who, through what, and how long the access token lives. */
export interface AccountSummary {
  id: string
  connectionId: string
  issuer: string
  subject: string
  /** preferred_username, email or name, else the subject. */
  displayName: string
  scope: string
  life: TokenLife
  accessTokenFormat: 'jwt' | 'jwe' | 'opaque' | 'malformed'
  hasRefreshToken: boolean
  /** Held in memory only, protected by the vault, or not to be opened (and why is said). */
  storage: 'vault' | 'memory' | 'unreadable'
}

/** One step in the life of a token set: how it came to be what it is. */
export interface LineageEntry {
  at: number
  event: LineageEvent
  /** Why, e.g. `before a request`, `requested manually`. */
  reason: string
  /** What changed, in plain words. */
  changes: string[]
}

export interface AccountView extends AccountSummary {
  connectionName: string
  grant: GrantKind
  /** `Bearer`, or `DPoP` for a token that is bound to a key (RFC 9449). */
  tokenType?: string
  scopeAsked: string
  signedInAt: number
  refreshedAt?: number
  refreshCount: number
  profile: ClaimView[]
  access?: TokenView
  id_token?: TokenView
  refresh?: TokenView
  lineage: LineageEntry[]
  /** Nothing tells who signed in: the subject only stands for one. */
  unidentified: boolean
  /** What the provider offers for this account. */
  abilities: AccountAbilities
  /** Set when the provider no longer accepts the refresh token: why, and what to do. */
  trouble?: { code: string; message: string; next?: string }
  /** How far the provider's clock is ahead, in milliseconds; left out where nothing is known. */
  serverClockSkew?: number
  /** Set when the tokens could not be opened: why, and what to do. */
  unreadable?: { message: string; next: string }
}

/** A sign-in under way. */
export interface PendingSignIn {
  id: string
  connectionId: string
  connectionName: string
  startedAt: number
  expiresAt: number
  /** Whether the system browser took the URL. */
  browserOpened: boolean
  /** Survives a restart of the app. */
  survivesRestart: boolean
  /** The way on which the response is waited for. */
  redirectKind?: RedirectKind
  /** A sign-in by device code: what to enter where (RFC 8628 section 3.3). */
  device?: {
    userCode: string
    verificationUri: string
    /** Carries the code already: for the QR code. */
    verificationUriComplete?: string
    /** Oddities of the response that brought the code. */
    notes?: string[]
    /** Why the provider could not be asked last time; it is asked again. */
    trouble?: string
  }
}

/** What may hold a redirect that has not come back. */
export interface RedirectHold {
  /** The headers of the provider's page forbid it, they do not, or the page could not be asked for. */
  found: 'form-action' | 'nothing' | 'not-asked'
  says: string
  next: string
  /** Whether loopback can take its place. */
  loopback: boolean
}

/** How a sign-in ended; pushed to the page as `sign-in:ended`. */
export interface SignInEnded {
  signInId: string | null
  accountId?: string
  error?: {
    code: string
    message: string
    next?: string
    compared?: Compared
    providerError?: string
    providerDescription?: string
  }
}
