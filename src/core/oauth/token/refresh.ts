import { prepareClient } from '../client/client.ts'
import { distrustOf } from './distrust.ts'
import { unprepared, type TokenFailure } from './token-failure.ts'
import { grantedTokens, judged, type TokenRequestContext } from './granted.ts'
import { askTokenEndpoint, type GrantedTokens } from './token-request.ts'

/** What was known before the refresh and may not change by it. */
export interface BeforeRefresh {
  refreshToken: string
  subject: string
  /** The nonce of the first ID token: a new one may leave it out, but not change it. */
  nonce?: string
  resource?: string
}

/** What a refresh brought: the refresh token to keep is always there, new or old. */
export interface RefreshedTokens extends GrantedTokens {
  refreshToken: string
  /** The server gave a new refresh token: the old one may be dead. */
  rotated: boolean
}

/** `aside`: a rotated refresh token that came in an answer which was not believed, where it is safe to keep.
 *  It is a secret beside the failure, never inside it, so that it cannot travel with the error. */
export type RefreshResult =
  { ok: true; value: RefreshedTokens } | { ok: false; error: TokenFailure; aside?: string }

/** Failures that leave open whose tokens these are: nothing of such an answer is kept. */
const doubtfulOwner = new Set([
  'id_token_issuer',
  'id_token_audience',
  'id_token_authorized_party',
  'id_token_nonce',
  'id_token_claim_missing',
  'id_token_azp',
  'id_token_subject',
  'refresh_other_subject',
])

/** Refreshes tokens (RFC 6749 section 6). The old refresh token stays where none comes; an ID token must
 *  name the same subject (OpenID Connect Core section 12.2) and is judged. The failure's `remedy` says
 *  whether the refresh token is done for (`sign-in-again`) or not. Codes: `token_*`, `id_token_*`,
 *  `refresh_other_subject`, `connection_*`, `endpoint_*`. */
export async function refreshTokens(
  before: BeforeRefresh,
  context: TokenRequestContext,
): Promise<RefreshResult> {
  const prepared = await prepareClient(context.connection, context.clientSecret, context.keys)
  if (!prepared.ok) return { ok: false, error: unprepared(prepared.error) }
  const { library, server, client, authenticate } = prepared.value
  let whole: Response | undefined
  try {
    const asked = await askTokenEndpoint(
      (customFetch) =>
        library.refreshTokenGrantRequest(server, client, authenticate, before.refreshToken, {
          [library.customFetch]: customFetch,
          [library.allowInsecureRequests]: true,
          signal: context.signal,
          ...(before.resource ? { additionalParameters: { resource: before.resource } } : {}),
        }),
      { ...context, kind: 'refresh' },
    )
    if (!asked.ok) return asked
    const { response, notes, receivedAt } = asked.value
    const kept = response.clone()
    whole = response.clone()
    const answer = await library
      .processRefreshTokenResponse(server, client, response)
      .catch(async (thrown: unknown) => {
        const late = distrustOf(thrown)
        if (late === undefined || !idTokenTimes.has(late.code)) throw thrown
        notes.push(`The new ID token was left out: ${late.message}`)
        return library.processRefreshTokenResponse(server, client, await withoutIdToken(kept))
      })
    const granted = grantedTokens(library, answer, receivedAt, notes)
    if (granted.idTokenClaims !== undefined && granted.idTokenClaims.sub !== before.subject) {
      return { ok: false, error: otherSubject }
    }
    const verdict = await judged(granted, context.judgeIdToken, {
      refreshOf: before.nonce === undefined ? {} : { nonce: before.nonce },
    })
    if (!verdict.ok) return keptAside(verdict.error, whole, before)
    const { refreshToken = before.refreshToken } = granted
    return {
      ok: true,
      value: { ...verdict.value, refreshToken, rotated: refreshToken !== before.refreshToken },
    }
  } catch (thrown) {
    const error = distrustOf(thrown)
    if (error === undefined) throw thrown
    return keptAside(error, whole, before)
  }
}

const otherSubject: TokenFailure = {
  code: 'refresh_other_subject',
  message: 'The refreshed ID token belongs to another person than the account. It was refused.',
  next: 'The account is unchanged. Tell whoever runs the provider, and sign in again.',
  remedy: 'distrust-answer',
}

/** Some servers send the first ID token again, run out as it is. That is no reason to lose a rotated refresh
 *  token, and it says nothing of whose the tokens are. */
const idTokenTimes = new Set([
  'id_token_expired',
  'id_token_not_yet_valid',
  'id_token_issued_at',
  'id_token_auth_time',
])

/** The rotated refresh token of an answer that was refused for reasons which say nothing against its owner:
 *  the old one may be dead already, and the user's session with it. */
async function keptAside(
  error: TokenFailure,
  answer: Response | undefined,
  before: BeforeRefresh,
): Promise<{ ok: false; error: TokenFailure; aside?: string }> {
  if (answer === undefined || error.remedy !== 'distrust-answer' || doubtfulOwner.has(error.code))
    return { ok: false, error }
  const { refresh_token: aside } = JSON.parse(await answer.text()) as Record<string, unknown>
  return typeof aside === 'string' && aside !== '' && aside !== before.refreshToken
    ? { ok: false, error, aside }
    : { ok: false, error }
}

async function withoutIdToken(response: Response): Promise<Response> {
  const { id_token: _left, ...rest } = JSON.parse(await response.text()) as Record<string, unknown>
  return new Response(JSON.stringify(rest), { status: 200, headers: [['content-type', 'application/json']] })
}
