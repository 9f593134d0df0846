import type { TokenEndpointResponse } from 'oauth4webapi'
import type { Connection } from '../../records/model.ts'
import type { ClientKeys } from '../client/client-keys.ts'
import type { Library } from '../client/client.ts'
import type { Fetch } from '../wire/fetch.ts'
import { wantedAcr } from '../authorization/request-settings.ts'
import type { GrantedTokens, IdTokenToJudge, JudgeIdToken, TokenResult } from './token-request.ts'

/** What every token request needs from outside. `now` in milliseconds. */
export interface TokenRequestContext {
  connection: Connection
  clientSecret?: string
  keys?: ClientKeys
  fetch: Fetch
  now: () => number
  signal?: AbortSignal
  judgeIdToken: JudgeIdToken
}

/** The library's answer in this program's words. */
export function grantedTokens(
  library: Library,
  answer: TokenEndpointResponse,
  receivedAt: number,
  notes: string[],
): GrantedTokens {
  const { access_token, token_type, scope, expires_in, refresh_token, id_token } = answer
  const claims = library.getValidatedIdTokenClaims(answer)
  const granted: GrantedTokens = {
    accessToken: access_token,
    tokenType: token_type === 'dpop' ? 'DPoP' : 'Bearer',
    receivedAt,
    notes,
  }
  if (expires_in !== undefined) granted.expiresInSeconds = expires_in
  else notes.push('The answer does not say how long the access token lives.')
  if (scope !== undefined) granted.scope = scope
  if (refresh_token !== undefined) granted.refreshToken = refresh_token
  if (id_token !== undefined) granted.idToken = id_token
  if (claims !== undefined) granted.idTokenClaims = { ...claims }
  return granted
}

/** Checks what was granted against what the connection asked for: the key that tokens are bound to
 *  (RFC 9449 section 5), the authentication context (OpenID Connect Core section 5.5.1.1). What was only
 *  wished for is noted. Codes: `token_type_unexpected`, `id_token_acr`. */
export function checkGranted(
  granted: GrantedTokens,
  { connection, keys = {} }: Pick<TokenRequestContext, 'connection' | 'keys'>,
): TokenResult<GrantedTokens> {
  const distrust = (code: string, message: string, next: string): TokenResult<never> => ({
    ok: false,
    error: { code, message, next, remedy: 'distrust-answer' },
  })
  if (granted.tokenType === 'DPoP' && keys.dpop === undefined) {
    return distrust(
      'token_type_unexpected',
      'The provider says that the token is bound to a key (DPoP), but none was proven to it.',
      'Switch DPoP on in the connection.',
    )
  }
  if (granted.accessToken !== '' && granted.tokenType === 'Bearer' && keys.dpop !== undefined) {
    granted.notes.push('A key was proven (DPoP), but the provider issued a plain Bearer token.')
  }
  if (granted.idTokenClaims === undefined) return { ok: true, value: granted }
  const { acr } = granted.idTokenClaims
  const named = typeof acr === 'string' ? `“${acr.slice(0, 100)}”` : 'none'
  const { wished, demanded } = wantedAcr(connection.settings)
  const meets = (values: string[]) => typeof acr === 'string' && values.includes(acr)
  if (demanded.length > 0 && !meets(demanded)) {
    return distrust(
      'id_token_acr',
      `The connection demands the authentication context ${demanded.join(' or ')}; the ID token names ${named}.`,
      'Nothing was stored. Sign in again in the stronger way that the provider offers.',
    )
  }
  if (wished.length > 0 && !meets(wished)) {
    granted.notes.push(`acr_values asked for ${wished.join(' or ')}; the ID token names ${named}.`)
  }
  return { ok: true, value: granted }
}

/** Has the ID token judged beyond what the library does; success where there is none. */
export async function judged(
  granted: GrantedTokens,
  judgeIdToken: JudgeIdToken,
  known: Omit<IdTokenToJudge, 'idToken' | 'claims' | 'accessToken'> = {},
): Promise<TokenResult<GrantedTokens>> {
  const { idToken, idTokenClaims, accessToken } = granted
  if (idToken === undefined || idTokenClaims === undefined) return { ok: true, value: granted }
  const verdict = await judgeIdToken({
    idToken,
    claims: idTokenClaims,
    ...(accessToken === '' ? {} : { accessToken }),
    ...known,
  })
  if (verdict.ok) {
    return { ok: true, value: { ...granted, notes: [...granted.notes, ...(verdict.notes ?? [])] } }
  }
  return { ok: false, error: { ...verdict.error, remedy: 'distrust-answer' } }
}
