import { defined } from '@contract/defined'
import { ok, type Result } from '@contract/result'
import { connectionDestination, tokenDestination, type Leading } from '../../records/destination.ts'
import type { Account, Connection, TokenSet } from '../../records/model.ts'
import type { proofColumn } from '../../vault/box/reseal.ts'
import type { SecretPlace } from '../../vault/box/secret-box.ts'
import type { CurrentSession } from '../vault/session.ts'

/** Tokens in plain text: lives in memory only, for as short as a use needs it. */
export interface Tokens {
  access: string
  refresh?: string
  id?: string
}

type SealedTokens = Pick<TokenSet, 'sealedAccessToken' | 'sealedRefreshToken' | 'sealedIdToken'>

/** Whose tokens these are, and the connection that says where they go. */
export interface TokenOwner {
  connection: Connection
  account: Pick<Account, 'issuer'>
  tokenSet: Pick<TokenSet, 'id' | 'userId' | 'resource'>
}

/** Seals the tokens of a token set's row with the user's box, for where its connection leads. */
export function sealTokens(session: CurrentSession, owner: TokenOwner, tokens: Tokens): SealedTokens {
  const { box } = session()
  const seal = (column: string, text: string) => box.seal(place(owner, column), text)
  return {
    sealedAccessToken: seal('access_token', tokens.access),
    ...defined({
      sealedRefreshToken: tokens.refresh === undefined ? undefined : seal('refresh_token', tokens.refresh),
      sealedIdToken: tokens.id === undefined ? undefined : seal('id_token', tokens.id),
    }),
  }
}

/** Opens the tokens of a token set for the connection that they are about to be used with, and no other.
 *  Codes: those of SecretBox.open. */
export function openTokens(
  session: CurrentSession,
  owner: TokenOwner & { tokenSet: TokenSet },
): Result<Tokens> {
  const { box } = session()
  const { tokenSet } = owner
  const open = (column: string, sealed: Uint8Array) => box.open(place(owner, column), sealed)
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

/** Where a connection's secret or one of its keys is. */
export function connectionPlace(
  connection: Pick<Connection, 'id' | 'userId'> & Leading,
  column: 'client_secret' | 'client_key' | 'client_certificate' | 'dpop_key' | typeof proofColumn,
): SecretPlace {
  const { userId, id } = connection
  return { userId, table: 'connections', rowId: id, column, destination: connectionDestination(connection) }
}

/** Where the secret values of a saved request are. */
export function requestSecretsPlace(userId: string, requestId: string): SecretPlace {
  return {
    userId,
    table: 'requests',
    rowId: requestId,
    column: 'secrets',
  }
}

/** Where the secret values of a request of a collection are. */
export function collectionSecretsPlace(userId: string, rowId: string): SecretPlace {
  return { userId, table: 'collection_requests', rowId, column: 'secrets' }
}

/** Where what was entered, allowed and captured for a collection is. */
export function collectionMemoryPlace(userId: string, rowId: string): SecretPlace {
  return { userId, table: 'collection_memories', rowId, column: 'content' }
}

/** Where the secrets of a sign-in under way are. */
export function signInPlace(connection: Connection, signInId: string): SecretPlace {
  return {
    userId: connection.userId,
    table: 'pending_sign_ins',
    rowId: signInId,
    column: 'secrets',
    destination: connectionDestination(connection),
  }
}

/** Where a rotated refresh token of a response that was not believed is. */
export function asidePlace(owner: TokenOwner): SecretPlace {
  return { ...place(owner, 'aside'), table: 'refresh_states' }
}

/** Where a key of the key ring is. */
export function ringKeyPlace(userId: string, keyId: string): SecretPlace {
  return { userId, table: 'ring_keys', rowId: keyId, column: 'key' }
}

/** Where a token that is pinned to the bench is. */
export function pinPlace(userId: string, pinId: string): SecretPlace {
  return { userId, table: 'pinned_tokens', rowId: pinId, column: 'content' }
}

/** Where the value of a secret variable is. */
export function variablePlace(userId: string, variableId: string): SecretPlace {
  return {
    userId,
    table: 'environment_variables',
    rowId: variableId,
    column: 'value',
  }
}

function place(owner: TokenOwner, column: string): SecretPlace {
  const { userId, id } = owner.tokenSet
  return {
    userId,
    table: 'token_sets',
    rowId: id,
    column,
    destination: tokenDestination(owner.connection, owner),
  }
}
