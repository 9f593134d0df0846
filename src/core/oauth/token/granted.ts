import { defined } from '@contract/defined'
import type { Connection } from '../../records/model.ts'
import type { ClientKeys } from '../client/client-keys.ts'
import type { Fetch } from '../wire/fetch.ts'
import { distrusted, malformedAnswer, type TokenFailure } from './token-failure.ts'
import type {
  GrantedTokens,
  IdTokenSituation,
  JudgeIdToken,
  RawAnswer,
  TokenResult,
} from './token-request.ts'

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

const meantAsBearer =
  'Nothing was stored. If the provider means a Bearer token, turn “Send tokens of any type as Bearer” on in the connection.'

/** What is wrong with a response that looked like success (RFC 6749 section 5.1, RFC 9449 section 5), besides its ID
 *  token, which has a judge of its own. Codes: `token_no_access_token`, `token_not_sendable`, `token_type_unknown`,
 *  `token_type_unexpected`, `token_answer_malformed`, `id_token_missing`, `id_token_format`. */
export function faultIn(
  { json }: RawAnswer,
  { keys = {}, needsIdToken }: Pick<TokenRequestContext, 'keys'> & { needsIdToken: boolean },
): TokenFailure | undefined {
  const { access_token: accessToken, token_type: type, id_token: idToken } = json
  if (typeof accessToken !== 'string' || accessToken === '')
    return distrusted(
      'token_no_access_token',
      'The response has no access token.',
      'Nothing was stored. If it is elsewhere in the response, set that in the connection: Advanced, “Access token at”.',
    )
  if (!/^[\x20-\x7e]+$/.test(accessToken))
    return distrusted(
      'token_not_sendable',
      'The access token contains characters that no header can carry (RFC 6749 appendix A.12): it could not be used.',
    )
  if (typeof type !== 'string' || type === '')
    return distrusted(
      'token_type_unknown',
      'The response does not state the access token’s type (RFC 6749 section 5.1).',
      meantAsBearer,
    )
  if (!['bearer', 'dpop'].includes(type.toLowerCase()))
    return distrusted(
      'token_type_unknown',
      'Gatehouse does not know the access token’s type, so it must not be used (RFC 6749 section 7.1).',
      meantAsBearer,
    )
  if (type.toLowerCase() === 'dpop' && keys.dpop === undefined)
    return distrusted(
      'token_type_unexpected',
      'The provider says that the token is bound to a key (DPoP), but Gatehouse proved possession of none.',
      'Turn “Bind tokens to a key (DPoP)” on in the connection.',
    )
  for (const name of ['refresh_token', 'scope'])
    if (json[name] !== undefined && typeof json[name] !== 'string')
      return malformedAnswer(`${name} is not a string`)
  if (idToken === undefined && needsIdToken)
    return distrusted(
      'id_token_missing',
      'OpenID Connect was requested (scope openid), but no ID token was issued.',
    )
  if (idToken !== undefined && typeof idToken !== 'string')
    return distrusted('id_token_format', 'The ID token is not a string.')
  return undefined
}

/** The tokens of a response in which `faultIn` found no fault, in this program's words. Its ID token is not believed
 *  yet. */
export function grantedTokens(
  { json, notes, receivedAt, serverDate }: RawAnswer,
  { keys = {} }: Pick<TokenRequestContext, 'keys'>,
): GrantedTokens {
  const tokenType = String(json['token_type']).toLowerCase() === 'dpop' ? 'DPoP' : 'Bearer'
  const text = (name: string) => (typeof json[name] === 'string' ? json[name] : undefined)
  const { expires_in: life } = json
  const odd = [...notes]
  if (life === undefined) odd.push('The response does not state the access token’s lifetime.')
  if (tokenType === 'Bearer' && keys.dpop !== undefined)
    odd.push('Gatehouse sent a DPoP proof, but the provider issued a plain Bearer token.')
  return {
    accessToken: text('access_token') ?? '',
    tokenType,
    receivedAt,
    notes: odd,
    ...defined({
      serverDate,
      expiresInSeconds: typeof life === 'number' ? life : undefined,
      scope: text('scope'),
      refreshToken: text('refresh_token'),
      idToken: text('id_token'),
    }),
  }
}

/** Has the ID token judged; success where there is none. */
export async function judged(
  granted: GrantedTokens,
  judgeIdToken: JudgeIdToken,
  situation: IdTokenSituation,
): Promise<TokenResult<GrantedTokens>> {
  const { idToken, accessToken, ...rest } = granted
  if (idToken === undefined) return { ok: true, value: granted }
  const verdict = await judgeIdToken({
    ...situation,
    idToken,
    accessToken: accessToken === '' ? null : accessToken,
  })
  if (!verdict.ok) return { ok: false, error: { ...verdict.error, remedy: 'distrust-answer' } }
  const notes = [...granted.notes, ...verdict.notes]
  return verdict.claims === 'left-out'
    ? { ok: true, value: { ...rest, accessToken, notes } }
    : { ok: true, value: { ...granted, idTokenClaims: verdict.claims, notes } }
}
