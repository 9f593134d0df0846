import type { ProviderAnswer, ProviderFinding } from '@contract/account-actions'
import { fail, ok, type Failure, type Result } from '@contract/result'
import { checkSignature } from '../domain/jwt/check-signature.ts'
import { explainClaims } from '../domain/jwt/claim-views.ts'
import { decodeToken } from '../domain/jwt/decode.ts'
import { endpointOf, type EndpointContext } from '../domain/oauth/endpoint-call.ts'
import { introspectToken, type TokenHint } from '../domain/oauth/introspection.ts'
import type { ProviderKeys } from '../domain/oauth/jwks.ts'
import { revokeToken } from '../domain/oauth/revocation.ts'
import type { ServerClocks } from '../domain/oauth/server-clock.ts'
import { fetchUserinfo, type JudgeSigned } from '../domain/oauth/userinfo.ts'
import type { Connection } from '../domain/shared/model.ts'
import type { Clock, ConnectionStore, TokenStore } from '../domain/shared/ports.ts'
import type { RefreshStateStore } from '../domain/shared/refresh-state.ts'
import { displayName } from './account-names.ts'
import type { ClientKeyRing, ClientParts } from './client-keys.ts'
import type { FlowRecorder, FlowTrace } from './flow-recorder.ts'
import { keysFor } from './judge-id-token.ts'
import { otherIssuer } from './other-issuer.ts'
import type { OpenTokenSet, RefreshAccount } from './refresh-account.ts'
import type { CurrentSession } from './session.ts'

interface Dependencies {
  session: CurrentSession
  clock: Clock
  connections: ConnectionStore
  tokens: TokenStore
  refreshStates: RefreshStateStore
  refreshAccount: RefreshAccount
  serverClocks: ServerClocks
  providerKeys: ProviderKeys
  clientKeys: ClientKeyRing
  recorder: FlowRecorder
  changed: () => void
}

/** An account with all that is needed to ask about it. */
interface Subject extends OpenTokenSet {
  connection: Connection
  parts: ClientParts
  context: EndpointContext
  flow: FlowTrace
}

const tokenNames: Record<TokenHint, string> = {
  access_token: 'Access token',
  refresh_token: 'Refresh token',
}

/** Userinfo, introspection and revocation, told in plain words.
 *  Codes: `account_unknown`, `account_other_issuer`, `connection_unknown`, `userinfo_*`, `introspection_*`, `revocation_*`. */
export const createAccountActions = (need: Dependencies) => {
  const withSubject = async (
    id: string,
    title: string,
    work: (subject: Subject) => Promise<Result<ProviderAnswer>>,
  ): Promise<Result<ProviderAnswer>> => {
    const loaded = need.refreshAccount.load(id)
    if (!loaded.ok) return loaded
    const { account, tokens } = loaded.value
    if (tokens.access === '')
      return fail(
        'account_no_access_token',
        'This account signed in with an ID token alone (response type id_token).',
        'Choose the response type “code” in the connection and sign in again.',
      )
    const connection = need.connections.get(account.userId, account.connectionId)
    if (!connection)
      return fail('connection_unknown', 'The connection of this account was removed.', 'Connect again.')
    const elsewhere = otherIssuer(account, connection)
    if (elsewhere) return { ok: false, error: elsewhere }
    const parts = await need.clientKeys.open(connection)
    if (!parts.ok) return parts
    return need.recorder.run('token-action', async (flow) => {
      flow.about({
        title: `${title} · ${displayName(account)}`,
        providerName: connection.name,
        metadata: connection.metadata,
        manner: title.toLowerCase(),
      })
      const context: EndpointContext = {
        connection,
        ...parts.value,
        fetch: need.serverClocks.watching(account.issuer, flow.fetch),
        now: () => need.clock.now(),
      }
      return work({ ...loaded.value, connection, parts: parts.value, context, flow })
    })
  }

  const explain = ({ connection, account }: Subject, claims: Record<string, unknown>) =>
    explainClaims(claims, {
      now: need.clock.now(),
      kind: 'id',
      connection: {
        name: connection.name,
        issuer: connection.metadata.issuer,
        clientId: connection.clientId,
        subjectName: displayName(account),
      },
    })

  const judgeSigned =
    ({ connection, parts, flow }: Subject): JudgeSigned =>
    async (text) => {
      const token = decodeToken(text)
      if (token.format !== 'jwt') {
        return fail('userinfo_malformed', 'The signed answer is no sound JWT.', 'Nothing of it was used.')
      }
      const judge = async (refetch: boolean) =>
        (
          await checkSignature(
            token,
            await keysFor(
              need.providerKeys,
              connection,
              parts.clientSecret,
              token.header['kid'],
              flow.fetch,
              refetch,
            ),
          )
        )[0]
      let check = await judge(false)
      if (check?.code === 'signature_wrong' || check?.code === 'kid_unknown') check = await judge(true)
      if (check?.state === 'invalid') {
        return fail(
          'userinfo_signature',
          `The signature of the answer is wrong: ${check.detail}`,
          'Nothing of it was used. Tell whoever runs the provider.',
        )
      }
      return {
        ok: true,
        notes: [
          check?.state === 'valid'
            ? `Signature: ${check.detail}`
            : `The signature was not checked: ${check?.detail ?? ''}`,
        ],
      }
    }

  const userinfo = (id: string) =>
    withSubject(id, 'Userinfo', async (subject) => {
      const ask = ({ account, tokenSet, tokens }: OpenTokenSet) =>
        fetchUserinfo(
          {
            accessToken: tokens.access,
            bound: tokenSet.tokenType === 'DPoP',
            ...(tokens.id === undefined ? {} : { subject: account.subject }),
          },
          subject.context,
          judgeSigned(subject),
        )
      const renew = () => need.refreshAccount.refresh(id, 'had run out before userinfo')
      const first =
        need.refreshAccount.due(subject) && subject.tokens.refresh !== undefined ? await renew() : ok(subject)
      if (!first.ok) return first
      let answer = await ask(first.value)
      const dead = !answer.ok && answer.error.status === 401 && answer.error.providerError === 'invalid_token'
      if (dead && first.value === subject && subject.tokens.refresh !== undefined) {
        const renewed = await renew()
        if (renewed.ok) answer = await ask(renewed.value)
      }
      if (!answer.ok) return answer
      const { claims, signed } = answer.value
      const { account } = subject
      need.tokens.saveProfile(account.userId, account.id, { ...account.profile, ...personal(claims) })
      need.changed()
      const compared = subject.tokens.id !== undefined
      const finding: ProviderFinding = {
        title: 'What the provider says of this person',
        tone: compared ? 'ok' : 'warn',
        says: `${compared ? 'The subject is the one of the ID token' : 'The subject could not be compared'}; ${signed ? 'the answer is a signed JWT' : 'the answer is not signed and rests on TLS'}.`,
        claims: explain(subject, claims),
      }
      return ok({ action: 'userinfo', at: need.clock.now(), findings: [finding], notes: answer.notes })
    })

  const tokensOf = ({ tokens }: OpenTokenSet, first: TokenHint): { hint: TokenHint; text: string }[] => {
    const both = [
      { hint: 'access_token' as const, text: tokens.access },
      ...(tokens.refresh === undefined ? [] : [{ hint: 'refresh_token' as const, text: tokens.refresh }]),
    ]
    return first === 'access_token' ? both : both.toReversed()
  }

  const failed = (hint: TokenHint, error: Failure): ProviderFinding => ({
    title: tokenNames[hint],
    tone: 'bad',
    says: `${error.message}${error.next === undefined ? '' : ` ${error.next}`}`,
    claims: [],
  })

  const oneIntrospection = async (subject: Subject, hint: TokenHint, token: string, notes: string[]) => {
    const answer = await introspectToken({ token, hint }, subject.context)
    if (!answer.ok) return { finding: failed(hint, answer.error), error: answer.error }
    notes.push(...answer.notes)
    const { active, claims } = answer.value
    const { sub } = claims
    const other =
      typeof sub === 'string' && subject.tokens.id !== undefined && sub !== subject.account.subject
    const finding: ProviderFinding = {
      title: tokenNames[hint],
      tone: !active ? 'bad' : other ? 'warn' : 'ok',
      says: !active
        ? 'Not active: run out, taken back, or none that this client may ask about. The provider does not tell which (RFC 7662 section 2.2).'
        : other
          ? 'Active, but the provider names another subject than the ID token.'
          : 'Active: the provider takes it now.',
      claims: explain(subject, claims),
    }
    return { finding, active }
  }

  const introspect = (id: string) =>
    withSubject(id, 'Introspection', async (subject) => {
      const notes: string[] = []
      const findings: ProviderFinding[] = []
      let firstError: Failure | undefined
      for (const { hint, text } of tokensOf(subject, 'access_token')) {
        const { finding, error } = await oneIntrospection(subject, hint, text, notes)
        findings.push(finding)
        firstError ??= error
      }
      // Refused altogether: that is a failure, not a finding.
      if (firstError && findings.every(({ tone, claims }) => tone === 'bad' && claims.length === 0)) {
        const answered = findings.some(({ says }) => says.startsWith('Not active'))
        if (!answered) return { ok: false, error: firstError }
      }
      return ok({ action: 'introspect', at: need.clock.now(), findings, notes })
    })

  const revoke = (id: string) =>
    withSubject(id, 'Revocation', async (subject) => {
      const { tokenSet, connection } = subject
      const notes: string[] = []
      const findings: ProviderFinding[] = []
      const changes: string[] = []
      const canAsk = endpointOf(connection, 'introspection').ok
      for (const { hint, text } of tokensOf(subject, 'refresh_token')) {
        const name = tokenNames[hint]
        const answer = await revokeToken({ token: text, hint }, subject.context)
        if (!answer.ok) {
          findings.push(failed(hint, answer.error))
          changes.push(`${name.toLowerCase()} not revoked: ${answer.error.message}`)
          continue
        }
        notes.push(...answer.notes)
        changes.push(`${name.toLowerCase()}: the provider accepted the revocation`)
        const asked = canAsk ? await introspectToken({ token: text, hint }, subject.context) : undefined
        const still = asked?.ok === true && asked.value.active
        findings.push({
          title: name,
          tone: still ? 'warn' : 'ok',
          says: `The provider accepted the revocation.${
            asked?.ok !== true
              ? ' It answers the same for tokens that it never knew (RFC 7009 section 2.2), and could not be asked whether it is dead now.'
              : still
                ? ' Asked about it at once, it still calls the token active: revocation may take a while there.'
                : ' Asked about it at once, it says: not active.'
          }`,
          claims: [],
        })
        if (hint === 'refresh_token' && !still) noteRevoked(subject)
        if (hint === 'access_token' && tokenSet.accessTokenFormat === 'jwt') {
          notes.push(
            'The access token is a JWT: an API that only checks its signature takes it until it runs out, whatever the provider says.',
          )
        }
      }
      need.tokens.addLineage({
        tokenSetId: tokenSet.id,
        at: need.clock.now(),
        event: 'revoked',
        reason: 'asked for by hand',
        changes,
      })
      need.changed()
      return ok({ action: 'revoke', at: need.clock.now(), findings, notes })
    })

  /** So that nothing asks with a dead refresh token: that looks like a stolen one to a provider. */
  const noteRevoked = ({ tokenSet }: Subject): void =>
    need.refreshStates.save({
      tokenSetId: tokenSet.id,
      userId: tokenSet.userId,
      refused: {
        at: need.clock.now(),
        code: 'refresh_revoked',
        message: 'The refresh token was revoked from here.',
        next: 'Sign in again to have new tokens.',
      },
    })

  return { userinfo, introspect, revoke }
}

/** Claims that describe the person; what belongs to the protocol stays out of the profile. */
const personal = (claims: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(claims).filter(
      ([name]) => !['sub', 'iss', 'aud', 'exp', 'iat', 'nbf', 'jti'].includes(name),
    ),
  )
