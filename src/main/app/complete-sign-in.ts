import { fail, ok, type Result } from '@contract/result'
import { decodeToken } from '../domain/jwt/decode.ts'
import type { SignInSecrets } from '../domain/oauth/authorization-request.ts'
import type { Callback } from '../domain/oauth/callback.ts'
import { exchangeCode } from '../domain/oauth/token-exchange.ts'
import type { GrantedTokens } from '../domain/oauth/token-request.ts'
import type { Account, Connection, TokenSet } from '../domain/shared/model.ts'
import type { Clock, TokenStore } from '../domain/shared/ports.ts'
import { displayName, unidentifiedSubject } from './account-names.ts'
import { clientSecretOf } from './client-secret.ts'
import { describeGranted, missingScopes } from './granted-token-set.ts'
import type { FlowTrace } from './flow-recorder.ts'
import type { IdTokenJudge } from './judge-id-token.ts'
import type { CurrentSession } from './session.ts'
import { sealTokens } from './token-vault.ts'

interface Dependencies {
  session: CurrentSession
  clock: Clock
  newId: () => string
  tokens: TokenStore
  judge: IdTokenJudge
  changed: () => void
}

/** Protocol claims of an ID token that say nothing about the person (OpenID Connect Core section 2). */
const protocolClaims = new Set(
  'iss aud exp iat nbf jti nonce at_hash c_hash s_hash azp sid acr amr auth_time'.split(' '),
)

const profileOf = (claims: Record<string, unknown> | undefined): Record<string, unknown> =>
  Object.fromEntries(Object.entries(claims ?? {}).filter(([name]) => !protocolClaims.has(name)))

/** Who signed in: the ID token says so; without one, the `sub` of a JWT access token is taken as a name only. */
const subjectOf = ({ idTokenClaims, accessToken }: GrantedTokens): string => {
  const claimed = idTokenClaims?.['sub']
  if (typeof claimed === 'string') return claimed
  const token = decodeToken(accessToken)
  const sub = token.format === 'jwt' ? token.claims['sub'] : undefined
  return typeof sub === 'string' && sub !== '' ? sub.slice(0, 255) : unidentifiedSubject
}

/** The second half of a sign-in: the code is exchanged, what comes back is judged, and account and token set
 *  are written together. Whatever fails leaves the account's earlier tokens as they were.
 *  Codes: those of `exchangeCode`, of the vault, `sign_in_not_stored`. */
export const createCompleteSignIn =
  (need: Dependencies) =>
  async (
    connection: Connection,
    secrets: SignInSecrets,
    callback: Callback & { kind: 'code' },
    flow: FlowTrace,
  ): Promise<Result<{ accountId: string }>> => {
    const clientSecret = clientSecretOf(need.session, connection)
    if (!clientSecret.ok) return clientSecret
    const exchanged = await exchangeCode(callback, secrets, {
      connection,
      ...(clientSecret.value === undefined ? {} : { clientSecret: clientSecret.value }),
      fetch: flow.fetch,
      now: () => need.clock.now(),
      judgeIdToken: need.judge(connection, clientSecret.value, flow),
    })
    if (!exchanged.ok) return exchanged
    const granted = exchanged.value
    const { user } = need.session()
    if (user.id !== connection.userId) {
      return fail('sign_in_not_stored', 'Another user is working now.', 'Switch back and sign in again.')
    }
    const subject = subjectOf(granted)
    const issuer = connection.metadata.issuer
    const known = need.tokens.findAccount(user.id, connection.id, issuer, subject)
    const account: Account = {
      id: known?.id ?? need.newId(),
      userId: user.id,
      connectionId: connection.id,
      issuer,
      subject,
      profile: profileOf(granted.idTokenClaims),
      signedInAt: need.clock.now(),
    }
    const id = need.newId()
    const tokenSet: TokenSet = {
      id,
      userId: user.id,
      accountId: account.id,
      grant: 'authorization_code',
      scopeAsked: secrets.scopeAsked,
      ...(secrets.resource === undefined ? {} : { resource: secrets.resource }),
      refreshCount: 0,
      ...describeGranted(granted, { scope: secrets.scopeAsked }),
      ...sealTokens(need.session, id, {
        access: granted.accessToken,
        ...(granted.refreshToken === undefined ? {} : { refresh: granted.refreshToken }),
        ...(granted.idToken === undefined ? {} : { id: granted.idToken }),
      }),
    }
    flow.about({ title: `Sign in · ${displayName(account)}`, accountId: account.id })
    const missing = missingScopes(secrets.scopeAsked, tokenSet.scope)
    need.tokens.saveSignIn(account, tokenSet, {
      tokenSetId: id,
      at: granted.receivedAt,
      event: 'signed-in',
      reason: 'signed in through the browser',
      changes: [
        `granted: ${tokenSet.scope || 'no scope named'}`,
        ...(missing.length > 0 ? [`not granted: ${missing.join(' ')}`] : []),
        granted.refreshToken === undefined ? 'no refresh token came' : 'with a refresh token',
        ...granted.notes,
      ],
    })
    need.changed()
    return ok({ accountId: account.id })
  }
