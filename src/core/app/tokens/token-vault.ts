import { defined } from '@contract/defined'
import { ok, type Result } from '@contract/result'
import type { TokenSet } from '../../records/model.ts'
import type { SecretPlace } from '../../vault/box/secret-box.ts'
import type { CurrentSession } from '../vault/session.ts'

/** Tokens in plain text: lives in memory only, for as short as a use needs it. */
export interface Tokens {
  access: string
  refresh?: string
  id?: string
}

type SealedTokens = Pick<TokenSet, 'sealedAccessToken' | 'sealedRefreshToken' | 'sealedIdToken'>

/** Seals the tokens of a token set's row with the user's box. */
export function sealTokens(session: CurrentSession, tokenSetId: string, tokens: Tokens): SealedTokens {
  const { box, user } = session()
  const seal = (column: string, text: string) => box.seal(place(user.id, tokenSetId, column), text)
  return {
    sealedAccessToken: seal('access_token', tokens.access),
    ...defined({
      sealedRefreshToken: tokens.refresh === undefined ? undefined : seal('refresh_token', tokens.refresh),
      sealedIdToken: tokens.id === undefined ? undefined : seal('id_token', tokens.id),
    }),
  }
}

/** Opens the tokens of a token set. Codes: those of SecretBox.open. */
export function openTokens(session: CurrentSession, tokenSet: TokenSet): Result<Tokens> {
  const { box } = session()
  const open = (column: string, sealed: Uint8Array) =>
    box.open(place(tokenSet.userId, tokenSet.id, column), sealed)
  const access = open('access_token', tokenSet.sealedAccessToken)
  if (!access.ok) return access
  const tokens: Tokens = { access: access.value }
  if (tokenSet.sealedRefreshToken) {
    const refresh = open('refresh_token', tokenSet.sealedRefreshToken)
    if (!refresh.ok) return refresh
    tokens.refresh = refresh.value
  }
  if (tokenSet.sealedIdToken) {
    const idToken = open('id_token', tokenSet.sealedIdToken)
    if (!idToken.ok) return idToken
    tokens.id = idToken.value
  }
  return ok(tokens)
}

/** Where a connection's secret or one of its keys stands. */
export function connectionPlace(
  userId: string,
  connectionId: string,
  column: 'client_secret' | 'client_key' | 'client_certificate' | 'dpop_key',
): SecretPlace {
  return { userId, table: 'connections', rowId: connectionId, column }
}

/** Where a client secret stands. */
export function clientSecretPlace(userId: string, connectionId: string): SecretPlace {
  return connectionPlace(userId, connectionId, 'client_secret')
}

/** Where the secret values of a saved request stand. */
export function requestSecretsPlace(userId: string, requestId: string): SecretPlace {
  return {
    userId,
    table: 'requests',
    rowId: requestId,
    column: 'secrets',
  }
}

/** Where the secrets of a sign-in under way stand. */
export function signInPlace(userId: string, signInId: string): SecretPlace {
  return {
    userId,
    table: 'pending_sign_ins',
    rowId: signInId,
    column: 'secrets',
  }
}

/** Where a rotated refresh token of an answer that was not believed stands. */
export function asidePlace(userId: string, tokenSetId: string): SecretPlace {
  return {
    userId,
    table: 'refresh_states',
    rowId: tokenSetId,
    column: 'aside',
  }
}

/** Where the value of a secret variable stands. */
export function variablePlace(userId: string, variableId: string): SecretPlace {
  return {
    userId,
    table: 'environment_variables',
    rowId: variableId,
    column: 'value',
  }
}

function place(userId: string, rowId: string, column: string): SecretPlace {
  return {
    userId,
    table: 'token_sets',
    rowId,
    column,
  }
}
