import { lifeOf } from '../../jwt/explain/view-token.ts'
import { decodeToken } from '../../jwt/text/decode.ts'
import { scopeAsGranted } from '../../oauth/token/token-answer.ts'
import type { GrantedTokens } from '../../oauth/token/token-request.ts'
import type { TokenSet } from '../../records/model.ts'

/** The plain metadata of a token response, as a token set keeps it. A refresh that names no scope or life
 *  leaves what was known (RFC 6749 section 6). */
export function describeGranted(
  granted: GrantedTokens,
  before: Pick<TokenSet, 'scope'>,
): Pick<
  TokenSet,
  'tokenType' | 'scope' | 'obtainedAt' | 'expiresAt' | 'ownExpiresAt' | 'revokedAt' | 'accessTokenFormat'
> {
  const token = decodeToken(granted.accessToken)
  const exp = token.format === 'jwt' ? lifeOf(token.claims).expiresAt : undefined
  return {
    tokenType: granted.tokenType,
    scope: granted.scope === undefined ? before.scope : scopeAsGranted(granted.scope, before.scope),
    obtainedAt: granted.receivedAt,
    expiresAt:
      granted.expiresInSeconds === undefined
        ? undefined
        : granted.receivedAt + granted.expiresInSeconds * 1000,
    ownExpiresAt: exp === undefined ? undefined : exp - skewOf(granted),
    revokedAt: undefined,
    accessTokenFormat: token.format,
  }
}

/** How far the provider's clock is ahead, in milliseconds: `exp` is by that clock. A `Date` is exact to a second, and
 *  the response took its time. */
function skewOf({ receivedAt, serverDate = receivedAt }: GrantedTokens): number {
  const skew = serverDate - receivedAt
  return Math.abs(skew) < 5_000 ? 0 : skew
}

/** Scope tokens that were asked for and not granted. */
export function missingScopes(asked: string, granted: string): string[] {
  const have = new Set(granted.split(' '))
  return asked.split(' ').filter((token) => token !== '' && !have.has(token))
}
