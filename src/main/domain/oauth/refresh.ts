import { prepareClient } from './client.ts'
import { distrustOf } from './distrust.ts'
import { unprepared, type TokenFailure } from './token-failure.ts'
import { grantedTokens, judged, type TokenRequestContext } from './token-exchange.ts'
import { askTokenEndpoint, type GrantedTokens, type TokenResult } from './token-request.ts'

/** What was known before the refresh and may not change by it. */
export interface BeforeRefresh {
  refreshToken: string
  subject: string
  resource?: string
}

/** What a refresh brought: the refresh token to keep is always there, new or old. */
export interface RefreshedTokens extends GrantedTokens {
  refreshToken: string
  /** The server gave a new refresh token: the old one may be dead. */
  rotated: boolean
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

const withoutIdToken = async (response: Response): Promise<Response> => {
  const { id_token: _left, ...rest } = JSON.parse(await response.text()) as Record<string, unknown>
  return new Response(JSON.stringify(rest), { status: 200, headers: [['content-type', 'application/json']] })
}

/** Refreshes tokens (RFC 6749 section 6). The old refresh token stays where none comes; an ID token must
 *  name the same subject (OpenID Connect Core section 12.2) and is judged. The failure's `remedy` says
 *  whether the refresh token is done for (`sign-in-again`) or not. Codes: `token_*`, `id_token_*`,
 *  `refresh_other_subject`, `connection_*`, `endpoint_*`. */
export const refreshTokens = async (
  before: BeforeRefresh,
  context: TokenRequestContext,
): Promise<TokenResult<RefreshedTokens>> => {
  const prepared = await prepareClient(context.connection, context.clientSecret)
  if (!prepared.ok) return { ok: false, error: unprepared(prepared.error) }
  const { library, server, client, authenticate } = prepared.value
  try {
    const asked = await askTokenEndpoint(
      (customFetch) =>
        library.refreshTokenGrantRequest(server, client, authenticate, before.refreshToken, {
          [library.customFetch]: customFetch,
          [library.allowInsecureRequests]: true,
          signal: context.signal,
          ...(before.resource ? { additionalParameters: { resource: before.resource } } : {}),
        }),
      { fetch: context.fetch, now: context.now, kind: 'refresh' },
    )
    if (!asked.ok) return asked
    const { response, notes, receivedAt } = asked.value
    const kept = response.clone()
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
    const verdict = await judged(granted, context.judgeIdToken)
    if (!verdict.ok) return verdict
    const { refreshToken = before.refreshToken } = granted
    return { ok: true, value: { ...granted, refreshToken, rotated: refreshToken !== before.refreshToken } }
  } catch (thrown) {
    const error = distrustOf(thrown)
    if (error === undefined) throw thrown
    return { ok: false, error }
  }
}
