import type { ParameterRules } from './parameter-rule.ts'

/** What an authorization request says (RFC 6749 section 4.1.1, OpenID Connect Core section 3.1.2.1). */
export const authorizationRequestRules: ParameterRules = {
  client_id: {
    says: 'Identifies the client. It is not a secret.',
    source: 'RFC 6749 section 2.2',
  },
  response_type: {
    says: (value) =>
      value === 'code'
        ? 'A code is requested and exchanged over a direct connection: no token passes through the browser.'
        : 'What is returned. Anything but “code” lets tokens pass through the browser, where they can leak.',
    source: 'RFC 6749 section 3.1.1, RFC 9700 section 2.1.2',
  },
  redirect_uri: {
    says: 'Where the response goes. It must be registered with the provider, or the response could be sent anywhere.',
    source: 'RFC 6749 section 3.1.2, RFC 9700 section 4.1.3',
  },
  scope: {
    says: (value) =>
      `What is requested${value.split(' ').includes('openid') ? '; openid requests an ID token' : ''}${
        value.split(' ').includes('offline_access') ? '; offline_access requests a refresh token' : ''
      }. The provider may grant less.`,
    source: 'RFC 6749 section 3.3',
  },
  state: {
    says: 'A random value for this sign-in. The response must return it.',
    source: 'RFC 6749 section 10.12',
    card: {
      title: 'What would have gone wrong without state?',
      text: 'Another page could send its own response to Gatehouse, and you would be working in someone else’s account without noticing.',
    },
  },
  nonce: {
    says: 'A random value that must be in the ID token.',
    source: 'OpenID Connect Core section 15.5.2',
    card: {
      title: 'What would have gone wrong without nonce?',
      text: 'An ID token from an earlier sign-in could be replayed, and Gatehouse would accept it as new.',
    },
  },
  code_challenge: {
    says: 'The fingerprint of a random verifier that stays in Gatehouse. Only the holder of the verifier can use the code.',
    source: 'RFC 7636 section 4.3',
    card: {
      title: 'What would have gone wrong without PKCE?',
      text: 'Any program on this computer may claim the redirect and read the code. With PKCE it cannot use it: the verifier never left Gatehouse.',
    },
  },
  code_challenge_method: {
    says: (value) =>
      value === 'S256'
        ? 'The challenge is the SHA-256 of the verifier, so seeing it gives nothing away.'
        : 'The challenge is the verifier itself: whoever sees the request can use the code.',
    source: 'RFC 7636 section 4.2',
  },
  resource: {
    says: 'Which API the token is for. The provider puts it into the token’s audience.',
    source: 'RFC 8707 section 2',
  },
  audience: {
    says: 'Which API the token is for, as some providers (Auth0) call it; the standard name is resource.',
    source: 'RFC 8707 section 2',
  },
  prompt: {
    says: (value) =>
      value === 'consent'
        ? 'You are asked for consent again; OpenID providers require this before they issue a refresh token.'
        : value === 'none'
          ? 'No page may be shown: sign in silently or fail.'
          : value === 'login'
            ? 'You are asked for your password even if you are signed in.'
            : 'Which pages the provider must show.',
    source: 'OpenID Connect Core section 3.1.2.1',
  },
  max_age: {
    says: 'Seconds since the last real sign-in after which the provider must ask again.',
    source: 'OpenID Connect Core section 3.1.2.1',
  },
  login_hint: {
    says: 'Who is expected to sign in; prefills the form.',
    source: 'OpenID Connect Core section 3.1.2.1',
  },
  acr_values: {
    says: 'How strong the sign-in should be, best first.',
    source: 'OpenID Connect Core section 3.1.2.1',
  },
  claims: { says: 'Individual claims that are requested.', source: 'OpenID Connect Core section 5.5' },
  ui_locales: { says: 'Languages for the provider’s pages.', source: 'OpenID Connect Core section 3.1.2.1' },
  response_mode: {
    says: 'How the response is returned: in the query, in the fragment or as a form post.',
    source: 'OAuth 2.0 Multiple Response Types section 2.1',
  },
  request: {
    says: 'The whole request as a signed JWT: no one in between can change it.',
    source: 'RFC 9101 section 5',
  },
  request_uri: {
    says: 'A reference to a request that was pushed directly: none of it can be read or changed in the browser.',
    source: 'RFC 9126 section 4',
  },
  dpop_jkt: {
    says: 'The fingerprint of the key that the code will be bound to.',
    source: 'RFC 9449 section 10',
  },
  authorization_details: {
    says: 'What is requested in detail, more precisely than by scope.',
    source: 'RFC 9396 section 2',
  },
}

/** What comes back through the browser (RFC 6749 section 4.1.2). */
export const authorizationResponseRules: ParameterRules = {
  code: {
    says: 'Can be used once, within a minute or so, and only with the code_verifier that Gatehouse keeps.',
    source: 'RFC 6749 section 4.1.2',
    card: authorizationRequestRules['code_challenge']?.card,
  },
  state: {
    says: 'Ties the response to this sign-in.',
    source: 'RFC 6749 section 10.12',
    card: authorizationRequestRules['state']?.card,
  },
  iss: {
    says: 'Who responds. Prevents mix-up between providers.',
    source: 'RFC 9207 section 2',
    card: {
      title: 'What would have gone wrong without iss?',
      text: 'A provider that you sign in at could pass your request on to another one, and Gatehouse would give the other one’s code to the wrong provider.',
    },
  },
  response: {
    says: 'The whole response as a JWT that the provider signed: no one in between can change it (JARM).',
    source: 'JWT Secured Authorization Response Mode section 2.3',
  },
  session_state: {
    says: 'An identifier of your session at the provider, for logout through frames. Not used.',
    source: 'OpenID Connect Session Management section 2',
  },
  scope: {
    says: 'What was granted, which some providers already state here. Not relied on.',
    source: 'RFC 6749 section 3.3',
  },
  error: {
    says: (value) => errorMeaning(value),
    source: 'RFC 6749 section 4.1.2.1',
  },
  error_description: {
    says: 'What the provider says about it. Text from outside: do not trust it.',
    source: 'RFC 6749 section 4.1.2.1',
  },
  error_uri: { says: 'A page of the provider about the error.', source: 'RFC 6749 section 4.1.2.1' },
}

const errors: Record<string, string> = {
  access_denied: 'You or the provider refused.',
  invalid_request: 'A parameter is missing, duplicated or not understood.',
  unauthorized_client: 'This client may not use this grant.',
  unsupported_response_type: 'The provider does not support this response type.',
  invalid_scope: 'A scope is unknown or not for this client.',
  server_error: 'The provider failed.',
  temporarily_unavailable: 'The provider is overloaded or under maintenance.',
  login_required: 'No one is signed in, and no page was allowed.',
  consent_required: 'You would have to consent, and no page was allowed.',
  interaction_required: 'You would have to do something, and no page was allowed.',
  invalid_target: 'The resource is unknown or not for this client.',
  invalid_grant:
    'The code or refresh token has expired, was used before, or belongs to another client or redirect URI.',
  invalid_client: 'The client is unknown or did not authenticate.',
  unsupported_grant_type: 'The provider does not offer this grant.',
  authorization_pending: 'No one has entered the code yet: ask again after the interval.',
  slow_down: 'The polling was too fast: wait five seconds longer from now on.',
  expired_token: 'The device code has expired.',
  use_dpop_nonce: 'The proof must carry the server’s nonce: ask again with it.',
  invalid_dpop_proof: 'The proof of possession was not accepted.',
  invalid_token: 'The access token is unknown, has expired or was revoked.',
  insufficient_scope: 'The token does not allow this.',
}

/** An OAuth error code in plain words. */
export function errorMeaning(code: string): string {
  return Object.hasOwn(errors, code) ? (errors[code] ?? '') : 'An error that only this provider knows.'
}
