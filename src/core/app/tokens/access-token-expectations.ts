import { defined } from '@contract/defined'
import type { AnotherIssuer } from '../../jwt/checks/check-issuer.ts'
import type { AccessTokenExpectations } from '../../jwt/checks/check-access-token.ts'
import { usualSkewSeconds } from '../../jwt/checks/check-time.ts'
import type { SignatureKeys } from '../../jwt/keys/verify-signature.ts'
import { entraV1Issuer } from '../../text/entra-issuer.ts'
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

/** The issuer of access tokens alone: that the provider's metadata name, as AD FS does, or that of Entra ID's v1 tokens. */
export function accessTokenIssuer({ metadata }: Pick<Connection, 'metadata'>): AnotherIssuer | undefined {
  const issuer = metadata['access_token_issuer']
  if (typeof issuer === 'string' && issuer !== '')
    return { issuer, because: 'access_token_issuer in its metadata' }
  const v1 = entraV1Issuer(metadata.issuer)
  return v1 === undefined
    ? undefined
    : { issuer: v1, because: 'v1 of Entra ID, for the same tenant and with the same keys' }
}
