import { defined } from '@contract/defined'
import type { AnotherIssuer } from '../../jwt/checks/check-issuer.ts'
import type { AccessTokenExpectations } from '../../jwt/checks/check-access-token.ts'
import { usualSkewSeconds } from '../../jwt/checks/check-time.ts'
import type { SignatureKeys } from '../../jwt/keys/verify-signature.ts'
import type { Connection, TokenSet } from '../../records/model.ts'

/** What an account's access token is judged against, apart from keys and time. */
export function accessTokenExpectations({
  connection,
  tokenSet,
}: {
  connection: Connection
  tokenSet: TokenSet
}): Omit<AccessTokenExpectations, keyof SignatureKeys | 'now' | 'keyThumbprint'> {
  return {
    skewSeconds: usualSkewSeconds,
    issuer: connection.metadata.issuer,
    ...defined({ accessTokenIssuer: accessTokenIssuer(connection) }),
    clientId: connection.clientId,
    audience: tokenSet.resource ?? null,
    scopeAsked: tokenSet.scopeAsked,
    scopeGranted: tokenSet.scope,
    tokenType: tokenSet.tokenType,
  }
}

/** The issuer that the provider's metadata name for access tokens alone, as AD FS does. */
export function accessTokenIssuer({ metadata }: Pick<Connection, 'metadata'>): AnotherIssuer | undefined {
  const issuer = metadata['access_token_issuer']
  return typeof issuer === 'string' && issuer !== '' ? { issuer, member: 'access_token_issuer' } : undefined
}
