import type { Known } from '../../../text/known.ts'
import type { WantedAcr } from '../../authorization/request-settings.ts'
import type { Grant } from '../run-grant.ts'

/** What was known before the refresh and may not change by it. */
export interface BeforeRefresh {
  refreshToken: string
  subject: string
  /** The nonce of the ID token before: a new one may leave it out, but not change it. */
  nonce: Known<string>
  /** Its `auth_time` in milliseconds; a new ID token may not change it either (OpenID Connect Core section 12.2). */
  authTime: Known<number>
  resource?: string
}

/** Refresh (RFC 6749 section 6). */
export function refreshGrant(before: BeforeRefresh, acr: WantedAcr): Grant {
  const { refreshToken, subject, nonce, authTime, resource } = before
  return {
    kind: 'refresh',
    ask: ({ openid, configuration }) =>
      openid.refreshTokenGrant(configuration, refreshToken, resource ? { resource } : {}),
    needsIdToken: false,
    idToken: {
      from: 'refresh',
      nonce,
      code: null,
      maxAgeSeconds: null,
      acr,
      previous: { subject, authTime },
    },
  }
}
