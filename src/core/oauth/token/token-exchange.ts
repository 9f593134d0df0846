import type { SignInSecrets } from '../authorization/authorization-request.ts'
import { matchCallback, type Callback } from '../redirect/callback.ts'
import { checkCallbackIssuer } from '../redirect/callback-issuer.ts'
import { prepareClient } from '../client/client.ts'
import { distrustOf } from './distrust.ts'
import { mergeHybrid, readFrontChannel, withoutTokens } from '../redirect/front-channel.ts'
import { checkGranted, grantedTokens, judged, type TokenRequestContext } from './granted.ts'
import { unprepared } from './token-failure.ts'
import { askTokenEndpoint, type GrantedTokens, type TokenResult } from './token-request.ts'

const noTokens = { code: 'callback_no_code', message: 'The redirect carries neither a code nor tokens.' }

/** Exchanges an authorization code for tokens (RFC 6749 section 4.1.3, RFC 7636 section 4.5): `state`, `iss`
 *  (RFC 9207), the redirect URI, the ID token's claims and nonce are checked, then the ID token is judged. What
 *  old response types bring through the browser is judged first; without a code that is all there is.
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
  const front = await readFrontChannel(callback, secrets, context)
  if (!front.ok) return front
  if (callback.kind === 'tokens') {
    return front.value === undefined
      ? { ok: false, error: { ...noTokens, remedy: 'distrust-answer' } }
      : { ok: true, value: front.value }
  }
  const prepared = await prepareClient(context.connection, context.clientSecret, context.keys)
  if (!prepared.ok) return { ok: false, error: unprepared(prepared.error) }
  const { library, server, client, authenticate } = prepared.value
  try {
    const parameters = library.validateAuthResponse(
      // `iss` was checked above, where it is known whether an ID token stands in for it.
      { ...server, authorization_response_iss_parameter_supported: false },
      client,
      new URLSearchParams(withoutTokens(callback.parameters)),
      secrets.state,
    )
    const asked = await askTokenEndpoint(
      (customFetch) =>
        library.authorizationCodeGrantRequest(
          server,
          client,
          authenticate,
          parameters,
          secrets.redirectUri,
          secrets.codeVerifier,
          {
            [library.customFetch]: customFetch,
            // The endpoint's scheme was judged by checkEndpointUrl.
            [library.allowInsecureRequests]: true,
            signal: context.signal,
            ...(secrets.resource ? { additionalParameters: { resource: secrets.resource } } : {}),
          },
        ),
      { ...context, kind: 'code' },
    )
    if (!asked.ok) return asked
    const { response, notes, receivedAt, hasIdToken } = asked.value
    const openid = hasIdToken || secrets.scopeAsked.split(' ').includes('openid')
    const answer = await library.processAuthorizationCodeResponse(server, client, response, {
      ...(openid ? { expectedNonce: secrets.nonce, requireIdToken: true } : {}),
      ...(openid && secrets.maxAgeSeconds !== undefined ? { maxAge: secrets.maxAgeSeconds } : {}),
    })
    const granted = checkGranted(grantedTokens(library, answer, receivedAt, notes), context)
    if (!granted.ok) return granted
    const known = { nonce: secrets.nonce, code: callback.code }
    const sound = await judged(granted.value, context.judgeIdToken, known)
    return sound.ok ? mergeHybrid(front.value, sound.value) : sound
  } catch (thrown) {
    const error = distrustOf(thrown)
    if (error === undefined) throw thrown
    return { ok: false, error }
  }
}
