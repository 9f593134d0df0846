import { defined } from '@contract/defined'
import type { GrantKind } from '@contract/connection-settings'
import { oddFacts } from '@contract/tables/connection-settings'
import { fail, ok, type Result } from '@contract/result'
import { decodeToken } from '../../jwt/text/decode.ts'
import type { GrantedTokens } from '../../oauth/token/token-request.ts'
import { keptClaims } from '../accounts/kept-claims.ts'
import { writtenAs } from '../../text/written.ts'
import type { Account, Connection, TokenSet } from '../../records/model.ts'
import type { Clock, TokenStore } from '../../records/ports.ts'
import { displayName, isUnidentified, unidentifiedSubject } from '../accounts/account-names.ts'
import { describeGranted, missingScopes } from '../tokens/granted-token-set.ts'
import type { FlowTrace } from '../flows/flow-trace.ts'
import type { CurrentSession } from '../vault/session.ts'
import { onceUnlocked } from '../tokens/once-unlocked.ts'
import { sealTokens } from '../tokens/token-vault.ts'

export interface StoreTokensDependencies {
  session: CurrentSession
  clock: Clock
  newId: () => string
  tokens: TokenStore
  /** Resolves after that many milliseconds. */
  wait: (milliseconds: number) => Promise<void>
  changed: () => void
}

/** What a grant brought, and whose it is. */
export interface TokensToStore {
  connection: Connection
  grant: GrantKind
  granted: GrantedTokens
  scopeAsked: string
  resource?: string
  /** How the account came about, for its lineage. */
  reason: string
  /** Title of the flow before the account's name. */
  title: string
  /** Whose tokens these are where they do not say so themselves. */
  known?: { subject: string; profile: Record<string, unknown> }
  flow: FlowTrace
}

/** Protocol claims of an ID token that say nothing about the person (OpenID Connect Core section 2). */
const protocolClaims = new Set(
  'iss aud exp iat nbf jti nonce at_hash c_hash s_hash azp sid acr amr auth_time'.split(' '),
)

/** Writes what a grant brought: account and token set together, keyed by connection (client, scope, resource,
 *  environment), issuer and subject. Where nothing says who signed in, it is an account of its own. Codes: `sign_in_not_stored`. */
export function createStoreTokens(deps: StoreTokensDependencies) {
  function store(input: TokensToStore): Result<{ accountId: string }> {
    const { connection, granted, known, scopeAsked } = input
    const { user } = deps.session()
    if (user.id !== connection.userId) {
      return fail('sign_in_not_stored', 'Another user is active now.', 'Switch back and sign in again.')
    }
    const { issuer } = connection.metadata
    const find = (subject: string) => deps.tokens.findAccount(user.id, connection.id, issuer, subject)
    // A client that asks for itself is the client, whatever `sub` its provider makes up for it.
    const subject =
      (input.grant === 'client_credentials' ? connection.clientId : subjectOf(granted)) ??
      known?.subject ??
      unidentifiedSubject((each) => find(each) !== undefined)
    const before = find(subject)
    const account: Account = {
      id: before?.id ?? deps.newId(),
      userId: user.id,
      connectionId: connection.id,
      issuer,
      subject,
      profile:
        granted.idTokenClaims === undefined ? (known?.profile ?? {}) : profileOf(granted.idTokenClaims),
      signedInAt: deps.clock.now(),
    }
    const id = deps.newId()
    const described = {
      id,
      userId: user.id,
      accountId: account.id,
      grant: input.grant,
      scopeAsked,
      ...defined({ resource: input.resource }),
      refreshCount: 0,
      ...describeGranted(granted, { scope: scopeAsked }),
    }
    const tokenSet: TokenSet = {
      ...described,
      ...sealTokens(
        deps.session,
        { connection, account, tokenSet: described },
        {
          access: granted.accessToken,
          ...defined({ refresh: granted.refreshToken, id: granted.idToken }),
        },
      ),
    }
    input.flow.about({ title: `${input.title} · ${displayName(account)}`, accountId: account.id })
    const missing = missingScopes(scopeAsked, tokenSet.scope)
    deps.tokens.saveSignIn(account, tokenSet, {
      tokenSetId: id,
      at: granted.receivedAt,
      event: 'signed-in',
      reason: input.reason,
      changes: [
        `granted: ${tokenSet.scope || 'no scope stated'}`,
        ...(missing.length > 0 ? [`not granted: ${missing.join(' ')}`] : []),
        ...(granted.tokenType === 'DPoP' ? ['bound to a key of this connection (DPoP)'] : []),
        ...(input.grant === 'client_credentials'
          ? []
          : [granted.refreshToken === undefined ? 'no refresh token was issued' : 'with a refresh token']),
        ...(isUnidentified(account) ? ['the provider does not say who signed in'] : []),
        ...oddFacts(connection.settings).map((fact) => `non-standard: ${fact}`),
        ...granted.notes,
      ],
    })
    deps.changed()
    return ok({ accountId: account.id })
  }
  return (input: TokensToStore): Promise<Result<{ accountId: string }>> =>
    onceUnlocked(deps.wait, () => store(input))
}

function profileOf(claims: Record<string, unknown>): Record<string, unknown> {
  return keptClaims(
    writtenAs(
      claims,
      Object.fromEntries(Object.entries(claims).filter(([name]) => !protocolClaims.has(name))),
    ),
  )
}

/** Who signed in: the ID token says so; without one, the `sub` of a JWT access token is taken as a name only. */
function subjectOf({ idTokenClaims, accessToken }: GrantedTokens): string | undefined {
  const claimed = idTokenClaims?.['sub']
  if (typeof claimed === 'string') return claimed
  const token = decodeToken(accessToken)
  const sub = token.format === 'jwt' ? token.claims['sub'] : undefined
  return typeof sub === 'string' && sub !== '' ? sub.slice(0, 255) : undefined
}
export type StoreTokens = ReturnType<typeof createStoreTokens>
