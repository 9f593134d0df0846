import { defined } from '@contract/defined'
import type { ProviderFinding } from '@contract/account-actions'
import { ok, type Failure } from '@contract/result'
import type { TokenKind } from '@contract/tokens/tokens'
import { explainClaims } from '../../jwt/explain/claim-views.ts'
import { endpointOf } from '../../oauth/endpoints/endpoint-call.ts'
import { introspectToken, type TokenHint } from '../../oauth/endpoints/introspection.ts'
import type { ProviderKeys } from '../../oauth/discovery/jwks.ts'
import { revokeToken } from '../../oauth/endpoints/revocation.ts'
import { fetchUserinfo, type Userinfo } from '../../oauth/endpoints/userinfo.ts'
import { writtenAs } from '../../text/written.ts'
import type { Account } from '../../records/model.ts'
import type { TokenStore } from '../../records/ports.ts'
import type { RefreshStateStore } from '../../records/refresh-state.ts'
import { displayName, isUnidentified } from './account-names.ts'
import { createWithSubject, type Subject, type SubjectParts } from './account-subject.ts'
import { contextOf } from './account-view.ts'
import { keptClaims } from './kept-claims.ts'
import { judgeUserinfo } from './judge-userinfo.ts'
import type { OpenTokenSet } from '../tokens/refresh-account.ts'

interface Dependencies extends SubjectParts {
  tokens: TokenStore
  refreshStates: RefreshStateStore
  providerKeys: ProviderKeys
  changed: () => void
}

const tokenNames: Record<TokenHint, string> = {
  access_token: 'Access token',
  refresh_token: 'Refresh token',
}

/** Userinfo, introspection and revocation, told in plain words.
 *  Codes: `account_unknown`, `account_other_issuer`, `connection_unknown`, `userinfo_*`, `introspection_*`, `revocation_*`. */
export function createAccountActions(deps: Dependencies) {
  const withSubject = createWithSubject(deps)

  function explain(subject: Subject, claims: Record<string, unknown>, kind: TokenKind) {
    const { audience, ...connection } = contextOf(subject)
    return explainClaims(claims, {
      now: deps.clock.now(),
      kind,
      // The API is whom the access token is for; a refresh token is for the provider.
      connection: kind === 'access' ? { ...connection, audience } : connection,
    })
  }

  const userinfo = (id: string) =>
    withSubject(id, 'Userinfo', async (subject) => {
      const ask = ({ account, tokenSet, tokens }: OpenTokenSet) =>
        fetchUserinfo(
          {
            accessToken: tokens.access,
            bound: tokenSet.tokenType === 'DPoP',
            ...defined({ subject: tokens.id === undefined ? undefined : account.subject }),
          },
          subject.context,
          judgeUserinfo(subject, deps.providerKeys),
        )
      const renew = () => deps.refreshAccount.refresh(id, 'expired before userinfo')
      const first =
        deps.refreshAccount.due(subject) && subject.tokens.refresh !== undefined ? await renew() : ok(subject)
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
      const said = personal(claims)
      deps.tokens.saveProfile(
        account.userId,
        account.id,
        writtenAs(said, writtenAs(account.profile, { ...account.profile, ...said })),
      )
      deps.changed()
      const learnt = learnSubject(account, claims['sub'])
      const compared = subject.tokens.id !== undefined
      const finding: ProviderFinding = {
        title: 'What the provider says about this person',
        tone: compared && (signed !== 'unchecked' || overTls(subject)) ? 'ok' : 'warn',
        says: `${compared ? 'The subject matches the ID token' : 'The subject could not be compared'}; ${vouching(signed, overTls(subject))}.`,
        claims: explain(subject, claims, 'id'),
      }
      return ok({
        action: 'userinfo',
        at: deps.clock.now(),
        findings: [finding],
        notes: [...answer.notes, ...learnt],
      })
    })

  /** Takes the subject that the provider names for an account of which it was not known; another account of the same
   *  one is left alone. */
  function learnSubject(account: Account, sub: unknown): string[] {
    if (!isUnidentified(account) || typeof sub !== 'string' || sub === '' || sub.length > 255) return []
    const { userId, connectionId, issuer, id } = account
    const other = deps.tokens.findAccount(userId, connectionId, issuer, sub)
    if (other !== undefined)
      return [
        `The provider returned the same subject as for the account “${displayName(other)}”. Press “Same person” on this page to merge them.`,
      ]
    deps.tokens.saveSubject(userId, id, sub)
    deps.changed()
    return [
      'The provider says who this is, which was unknown after sign-in. It is now the account’s subject.',
    ]
  }

  function tokensOf({ tokens }: OpenTokenSet, first: TokenHint): { hint: TokenHint; text: string }[] {
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

  async function oneIntrospection(subject: Subject, hint: TokenHint, token: string, notes: string[]) {
    const answer = await introspectToken({ token, hint }, subject.context)
    if (!answer.ok) return { finding: failed(hint, answer.error), error: answer.error }
    const { active, claims } = answer.value
    notes.push(...answer.notes, ...(active ? learnSubject(subject.account, claims['sub']) : []))
    const { sub } = claims
    const other =
      typeof sub === 'string' && subject.tokens.id !== undefined && sub !== subject.account.subject
    const finding: ProviderFinding = {
      title: tokenNames[hint],
      tone: !active ? 'bad' : other ? 'warn' : 'ok',
      says: !active
        ? 'Not active: expired, revoked, or not a token that this client may ask about. The provider does not say which (RFC 7662 section 2.2).'
        : other
          ? 'Active, but the provider returned a different subject than the ID token.'
          : 'Active: the provider accepts it.',
      claims: explain(subject, claims, hint === 'access_token' ? 'access' : 'refresh'),
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
      return ok({ action: 'introspect', at: deps.clock.now(), findings, notes })
    })

  const revoke = (id: string) =>
    withSubject(id, 'Revocation', async (subject) => {
      const { tokenSet, connection } = subject
      const notes: string[] = []
      const findings: ProviderFinding[] = []
      const changes: string[] = []
      let refused: Failure | undefined
      const canAsk = endpointOf(connection, 'introspection').ok
      for (const { hint, text } of tokensOf(subject, 'refresh_token')) {
        const name = tokenNames[hint]
        const answer = await revokeToken({ token: text, hint }, subject.context)
        if (!answer.ok) {
          refused ??= answer.error
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
              ? ' It responds the same way for tokens it never issued (RFC 7009 section 2.2), and could not be asked whether this one is now inactive.'
              : still
                ? ' Asked right away, it still reports the token as active: revocation may take a while there.'
                : ' Asked right away, it reports the token as not active.'
          }`,
          claims: [],
        })
        if (hint === 'refresh_token' && !still) noteRevoked(subject)
        if (hint === 'access_token') {
          deps.tokens.markRevoked(subject.account.userId, tokenSet.id, deps.clock.now())
        }
        if (hint === 'access_token' && tokenSet.accessTokenFormat === 'jwt') {
          notes.push(
            'The access token is a JWT: an API that only checks its signature accepts it until it expires, whatever the provider says.',
          )
        }
      }
      const nothing = findings.every(({ tone }) => tone === 'bad')
      deps.tokens.addLineage({
        tokenSetId: tokenSet.id,
        at: deps.clock.now(),
        event: nothing ? 'revoke-failed' : 'revoked',
        reason: 'requested manually',
        changes,
      })
      deps.changed()
      // Refused altogether: that is a failure, and its flow says so.
      if (nothing && refused !== undefined) return { ok: false, error: refused }
      return ok({ action: 'revoke', at: deps.clock.now(), findings, notes })
    })

  /** So that nothing asks with a dead refresh token: that looks like a stolen one to a provider. */
  const noteRevoked = ({ tokenSet }: Subject): void =>
    deps.refreshStates.save({
      tokenSetId: tokenSet.id,
      userId: tokenSet.userId,
      refused: {
        at: deps.clock.now(),
        code: 'refresh_revoked',
        message: 'The refresh token was revoked from here.',
        next: 'Sign in again to get new tokens.',
      },
    })

  return { userinfo, introspect, revoke }
}

/** Claims that describe the person; what belongs to the protocol or is secret stays out of the profile. */
function personal(claims: Record<string, unknown>): Record<string, unknown> {
  const said = Object.fromEntries(
    Object.entries(claims).filter(
      ([name]) => !['sub', 'iss', 'aud', 'exp', 'iat', 'nbf', 'jti'].includes(name),
    ),
  )
  return keptClaims(writtenAs(claims, said))
}

/** What stands for a userinfo response: its signature where that was checked, else TLS, else nothing. */
function vouching(signed: Userinfo['signed'], tls: boolean): string {
  if (signed === 'checked') return 'the response is a signed JWT'
  const what = signed === false ? 'is not signed' : 'is signed, but the signature could not be checked,'
  return `the response ${what} and ${tls ? 'relies on TLS' : 'came over plain http, so nothing vouches for it'}`
}

function overTls({ connection: { metadata } }: Subject): boolean {
  return metadata.userinfo_endpoint?.startsWith('https:') === true
}
