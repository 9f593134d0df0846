import { defined } from '@contract/defined'
import type { AccountSummary, AccountView } from '@contract/accounts'
import type { Check, TokenView } from '@contract/tokens/tokens'
import { checkAccessToken } from '../../jwt/checks/check-access-token.ts'
import { checkIdToken } from '../../jwt/checks/check-id-token.ts'
import { explainClaims } from '../../jwt/explain/claim-views.ts'
import { decodeToken, type DecodedToken } from '../../jwt/text/decode.ts'
import type { ConnectionContext } from '../../jwt/explain/explain-types.ts'
import { usualSkewSeconds } from '../../jwt/checks/check-time.ts'
import { lintToken } from '../../jwt/checks/lint-token.ts'
import type { SignatureKeys } from '../../jwt/keys/verify-signature.ts'
import { viewToken } from '../../jwt/explain/view-token.ts'
import { wantedAcr } from '../../oauth/authorization/request-settings.ts'
import { notKnown, type Known } from '../../text/known.ts'
import type { Account, Connection, LineageStep, TokenSet } from '../../records/model.ts'
import { abilitiesOf } from './account-abilities.ts'
import { displayName, isUnidentified } from './account-names.ts'
import { accountSummary } from './account-summary.ts'
import { accessTokenExpectations } from '../tokens/access-token-expectations.ts'
import { acceptedAlgorithms } from '../tokens/judge-id-token.ts'
import { lifeOfTokenSet } from '../tokens/token-set-life.ts'
import type { Tokens } from '../tokens/token-vault.ts'

/** An account with what is known around it. */
export interface AccountParts {
  account: Account
  tokenSet: TokenSet
  connection: Connection
  storage: AccountSummary['storage']
  lineage: LineageStep[]
  trouble?: AccountView['trouble']
  serverClockSkew?: number
  /** Of the connection's DPoP key; null where it has none, not known where it could not be opened. */
  keyThumbprint: Known<string | null>
  now: number
}

/** What sentences about an account's tokens and claims may speak of. */
export function contextOf({
  account,
  tokenSet,
  connection,
}: Pick<AccountParts, 'account' | 'tokenSet' | 'connection'>): ConnectionContext {
  return {
    name: connection.name,
    ...defined({
      providerName: connection.isPlayground ? 'the Playground' : undefined,
      audienceName: connection.isPlayground ? 'the Orders API' : undefined,
    }),
    issuer: connection.metadata.issuer,
    clientId: connection.clientId,
    ...defined({ audience: tokenSet.resource }),
    scopeAsked: tokenSet.scopeAsked,
    scopeGranted: tokenSet.scope,
    subjectName: displayName(account),
  }
}

/** Finds the keys for a token, by its header's `kid`. */
export type KeysForToken = (token: DecodedToken) => Promise<SignatureKeys>

/** All that an account's page shows. Without `tokens` it shows what is known without opening them. */
export async function accountView(
  parts: AccountParts,
  tokens: { opened: Tokens; keysFor: KeysForToken } | { unreadable: { message: string; next: string } },
): Promise<AccountView> {
  const { account, tokenSet, connection, lineage } = parts
  return {
    ...accountSummary(account, tokenSet, parts.storage),
    connectionName: connection.name,
    grant: tokenSet.grant,
    tokenType: tokenSet.tokenType,
    scopeAsked: tokenSet.scopeAsked,
    signedInAt: account.signedInAt,
    ...defined({ refreshedAt: tokenSet.refreshedAt }),
    refreshCount: tokenSet.refreshCount,
    profile: explainClaims(account.profile, { now: parts.now, kind: 'id', connection: contextOf(parts) }),
    lineage: lineage.map(({ at, event, reason, changes }) => ({ at, event, reason, changes })),
    abilities: abilitiesOf(connection),
    unidentified: isUnidentified(account),
    ...defined({ trouble: parts.trouble, serverClockSkew: parts.serverClockSkew }),
    ...('opened' in tokens
      ? await viewTokens(parts, tokens.opened, tokens.keysFor)
      : { unreadable: tokens.unreadable }),
  }
}

async function viewTokens(parts: AccountParts, tokens: Tokens, keysFor: KeysForToken) {
  const { connection, tokenSet, keyThumbprint, now } = parts
  const context = { now, connection: contextOf(parts) }
  async function access(): Promise<TokenView> {
    const token = decodeToken(tokens.access)
    const checks = await checkAccessToken(token, {
      ...(await keysFor(token)),
      now,
      ...accessTokenExpectations(parts),
      keyThumbprint,
    })
    return viewToken(
      token,
      { ...context, kind: 'access' },
      [...checks, ...lintToken(token, 'access')],
      lifeOfTokenSet(tokenSet),
    )
  }
  async function idToken(text: string): Promise<TokenView> {
    const token = decodeToken(text)
    const checks = await checkIdToken(token, {
      ...(await keysFor(token)),
      now,
      skewSeconds: usualSkewSeconds,
      issuer: connection.metadata.issuer,
      clientId: connection.clientId,
      algorithms: acceptedAlgorithms(connection),
      nonce: notKnown,
      accessToken: tokens.access === '' ? null : tokens.access,
      code: notKnown,
      from: 'token-endpoint',
      // It was kept then; the sign-in grows older than was asked for, and that is no fault of its token.
      maxAgeSeconds: notKnown,
      acr: wantedAcr(connection.settings),
      previous: { subject: parts.account.subject, authTime: notKnown },
    })
    const settled = tokenSet.refreshCount > 0 ? checks.map(ofEarlierToken) : checks
    return viewToken(token, { ...context, kind: 'id' }, [...settled, ...lintToken(token, 'id')])
  }
  const refresh = (text: string): TokenView =>
    viewToken(decodeToken(text), { ...context, kind: 'refresh' }, [])
  const [accessView, idView] = await Promise.all([
    tokens.access === '' ? undefined : access(),
    tokens.id === undefined ? undefined : idToken(tokens.id),
  ])
  return {
    ...defined({ access: accessView, id_token: idView }),
    ...defined({ refresh: tokens.refresh === undefined ? undefined : refresh(tokens.refresh) }),
  }
}

/** A refresh may bring an access token without a new ID token (OpenID Connect Core section 12.2): the hash in the old one
 *  is that of the access token that it came with. One that came with the refresh was compared then. */
function ofEarlierToken(check: Check): Check {
  if (check.code !== 'at_hash_wrong') return check
  const { compared: _of, ...rest } = check
  return {
    ...rest,
    state: 'not-checked',
    code: 'no_expectation',
    detail: 'It belongs to the access token from before the refresh, which brought no new ID token.',
  }
}
