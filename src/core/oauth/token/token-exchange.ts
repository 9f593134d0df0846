import { matchCallback, type Callback } from '../redirect/callback.ts'
import { checkCallbackIssuer } from '../redirect/callback-issuer.ts'
import type { SignInSecrets } from '../authorization/authorization-request.ts'
import { wantedAcr } from '../authorization/request-settings.ts'
import { mergeHybrid, readFrontChannel } from '../redirect/front-channel.ts'
import { codeGrant } from './grants/code.ts'
import type { TokenRequestContext } from './granted.ts'
import { runGrant } from './run-grant.ts'
import { distrusted } from './token-failure.ts'
import type { GrantedTokens, TokenResult } from './token-request.ts'

/** Exchanges an authorization code for tokens (RFC 6749 section 4.1.3, RFC 7636 section 4.5): `state`, `iss`
 *  (RFC 9207) and what came are checked, and the ID token is judged. What old response types bring through the
 *  browser is judged first; without a code that is all there is.
 *  Codes: `callback_*`, `token_*`, `id_token_*`, `connection_*`, `endpoint_*`. */
export async function exchangeCode(
  callback: Callback,
  secrets: SignInSecrets,
  context: TokenRequestContext,
): Promise<TokenResult<GrantedTokens>> {
  const matched = matchCallback(callback, secrets)
  if (!matched.ok) return { ok: false, error: { ...matched.error, remedy: 'distrust-answer' } }
  const issuer = checkCallbackIssuer(callback, context.connection.metadata, secrets)
  if (!issuer.ok) return { ok: false, error: { ...issuer.error, remedy: 'distrust-answer' } }
  if (callback.kind === 'error') {
    const { failure } = callback
    return { ok: false, error: { ...failure, remedy: 'sign-in-again' } }
  }
  const acr = secrets.acr ?? wantedAcr(context.connection.settings)
  const front = await readFrontChannel(callback, secrets, acr, context)
  if (!front.ok) return front
  if (callback.kind === 'tokens') {
    return front.value === undefined
      ? {
          ok: false,
          error: distrusted('callback_no_code', 'The redirect carries neither a code nor tokens.'),
        }
      : { ok: true, value: front.value }
  }
  const granted = await runGrant(codeGrant(callback, secrets, acr), context)
  return granted.ok ? mergeHybrid(front.value, granted.value) : granted
}
