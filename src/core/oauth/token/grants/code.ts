import type { SignInSecrets } from '../../authorization/authorization-request.ts'
import type { WantedAcr } from '../../authorization/request-settings.ts'
import type { AnsweredCallback } from '../../redirect/callback.ts'
import { withoutTokens } from '../../redirect/front-channel.ts'
import type { Grant } from '../run-grant.ts'

/** Authorization code with PKCE (RFC 6749 section 4.1.3, RFC 7636 section 4.5). */
export function codeGrant(
  callback: AnsweredCallback & { kind: 'code' },
  secrets: SignInSecrets,
  acr: WantedAcr,
): Grant {
  const { state, nonce, codeVerifier, redirectUri, resource, scopeAsked, maxAgeSeconds } = secrets
  return {
    kind: 'code',
    ask: ({ openid, configuration }) => {
      const answer = new URL('https://redirect.invalid/')
      answer.search = new URLSearchParams(withoutTokens(callback.parameters)).toString()
      const checks = { pkceCodeVerifier: codeVerifier, expectedState: state }
      return openid.authorizationCodeGrant(configuration, answer, checks, resource ? { resource } : {})
    },
    // Character by character as it was asked for; the library would send it as URL parsers write it.
    amend: (form) => form.set('redirect_uri', redirectUri),
    needsIdToken: scopeAsked.split(' ').includes('openid'),
    idToken: {
      from: 'token-endpoint',
      nonce,
      code: callback.code,
      maxAgeSeconds: maxAgeSeconds ?? null,
      acr,
      previous: null,
    },
  }
}
