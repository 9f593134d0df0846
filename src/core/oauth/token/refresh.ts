import { wantedAcr } from '../authorization/request-settings.ts'
import type { TokenRequestContext } from './granted.ts'
import { refreshGrant, type BeforeRefresh } from './grants/refresh.ts'
import { runGrant } from './run-grant.ts'
import type { TokenFailure } from './token-failure.ts'
import type { GrantedTokens } from './token-request.ts'

/** What a refresh brought: the refresh token to keep is always there, new or old. */
export interface RefreshedTokens extends GrantedTokens {
  refreshToken: string
  /** The server gave a new refresh token: the old one may be dead. */
  rotated: boolean
}

/** `aside`: a rotated refresh token that came in a response which was not believed, where it is safe to keep.
 *  It is a secret beside the failure, never inside it, so that it cannot travel with the error. */
export type RefreshResult =
  | { ok: true; value: RefreshedTokens }
  | { ok: false; error: TokenFailure; aside?: string }

/** Failures that leave open whose tokens these are: nothing of such a response is kept. */
const doubtfulOwner = new Set([
  'id_token_issuer',
  'id_token_audience',
  'id_token_azp',
  'id_token_nonce',
  'id_token_claim_missing',
  'id_token_subject',
  'id_token_at_hash',
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
  /** The rotated refresh token of a response that was refused for reasons which say nothing against its owner: the
   *  old one may be dead already, and the user's session with it. */
  let aside: string | undefined
  const grant = refreshGrant(before, wantedAcr(context.connection.settings))
  const outcome = await runGrant(
    {
      ...grant,
      distrusted: ({ json: { refresh_token: rotated } }, why) => {
        if (why.remedy !== 'distrust-answer' || doubtfulOwner.has(why.code)) return
        if (typeof rotated === 'string' && rotated !== before.refreshToken) aside = rotated
      },
    },
    context,
  )
  if (!outcome.ok) return aside === undefined ? outcome : { ...outcome, aside }
  const { refreshToken = before.refreshToken } = outcome.value
  return {
    ok: true,
    value: { ...outcome.value, refreshToken, rotated: refreshToken !== before.refreshToken },
  }
}
