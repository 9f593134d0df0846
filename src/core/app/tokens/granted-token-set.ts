import { decodeToken } from '../../jwt/text/decode.ts'
import { scopeAsGranted } from '../../oauth/token/token-answer.ts'
import type { GrantedTokens } from '../../oauth/token/token-request.ts'
import type { TokenSet } from '../../records/model.ts'

/** The plain metadata of a token answer, as a token set keeps it. A refresh that names no scope or life
 *  leaves what was known (RFC 6749 section 6). */
export function describeGranted(
  granted: GrantedTokens,
  before: Pick<TokenSet, 'scope'>,
): Pick<TokenSet, 'tokenType' | 'scope' | 'obtainedAt' | 'expiresAt' | 'accessTokenFormat'> {
  return {
    tokenType: granted.tokenType,
    scope: granted.scope === undefined ? before.scope : scopeAsGranted(granted.scope, before.scope),
    obtainedAt: granted.receivedAt,
    expiresAt:
      granted.expiresInSeconds === undefined
        ? undefined
        : granted.receivedAt + granted.expiresInSeconds * 1000,
    accessTokenFormat: decodeToken(granted.accessToken).format,
  }
}

/** Scope tokens that were asked for and not granted. */
export function missingScopes(asked: string, granted: string): string[] {
  const have = new Set(granted.split(' '))
  return asked.split(' ').filter((token) => token !== '' && !have.has(token))
}
