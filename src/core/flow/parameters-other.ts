import type { ParameterRules } from './parameter-rule.ts'

/** Members of provider metadata (RFC 8414 section 2, OpenID Connect Discovery section 3). */
export const metadataRules: ParameterRules = {
  issuer: {
    says: 'The provider’s name. It must be the one that was asked, and is in every ID token.',
    source: 'RFC 8414 section 3.3',
  },
  authorization_endpoint: { says: 'Where the browser is sent to.', source: 'RFC 8414 section 2' },
  token_endpoint: { says: 'Where codes are exchanged for tokens.', source: 'RFC 8414 section 2' },
  jwks_uri: { says: 'Where the keys that check ID tokens are.', source: 'RFC 8414 section 2' },
  userinfo_endpoint: {
    says: 'Where claims about the user are fetched.',
    source: 'OpenID Connect Core section 5.3',
  },
  introspection_endpoint: { says: 'Where an API asks whether a token is active.', source: 'RFC 7662' },
  revocation_endpoint: { says: 'Where tokens are revoked.', source: 'RFC 7009' },
  end_session_endpoint: { says: 'Where the user logs out.', source: 'OpenID Connect RP-Initiated Logout' },
  device_authorization_endpoint: { says: 'Where a sign-in on another device starts.', source: 'RFC 8628' },
  pushed_authorization_request_endpoint: {
    says: 'Where requests are sent directly instead of through the browser.',
    source: 'RFC 9126 section 5',
  },
  registration_endpoint: { says: 'Where clients register themselves.', source: 'RFC 7591' },
  code_challenge_methods_supported: {
    says: (value) =>
      value.includes('S256')
        ? 'PKCE with S256: stolen codes are useless.'
        : 'No S256: the provider cannot protect codes properly.',
    source: 'RFC 7636 section 4.2, RFC 9700 section 2.1.1',
  },
  authorization_response_iss_parameter_supported: {
    says: (value) =>
      value === 'true'
        ? 'The provider identifies itself in its responses; Gatehouse insists on it.'
        : 'The provider does not identify itself in its responses: mix-up cannot be detected there.',
    source: 'RFC 9207 section 3',
  },
  dpop_signing_alg_values_supported: {
    says: 'Tokens can be bound to a key.',
    source: 'RFC 9449 section 5.1',
  },
  scopes_supported: { says: 'Scopes the provider lists.', source: 'RFC 8414 section 2' },
  response_types_supported: { says: 'What can be requested.', source: 'RFC 8414 section 2' },
  grant_types_supported: { says: 'How tokens can be obtained.', source: 'RFC 8414 section 2' },
  token_endpoint_auth_methods_supported: {
    says: 'How a client authenticates.',
    source: 'RFC 8414 section 2',
  },
  id_token_signing_alg_values_supported: {
    says: 'How ID tokens are signed; another algorithm is refused.',
    source: 'OpenID Connect Discovery section 3',
  },
  require_pushed_authorization_requests: {
    says: 'Whether requests must be pushed.',
    source: 'RFC 9126 section 5',
  },
}

/** Headers that carry something of OAuth or of the transport. */
export const headerRules: ParameterRules = {
  authorization: {
    says: (value) => {
      const scheme = value.split(' ', 1)[0]?.toLowerCase()
      if (scheme === 'basic') return 'Client ID and client secret: proves which client is asking.'
      if (scheme === 'bearer') return 'The access token. Whoever holds it can call the API.'
      if (scheme === 'dpop') return 'The access token, useless without the proof beside it.'
      return 'Proves who is asking.'
    },
    source: 'RFC 6749 section 2.3.1, RFC 6750 section 2.1',
  },
  dpop: {
    says: 'A proof of possession of the key, only for this method and address.',
    source: 'RFC 9449 section 4',
  },
  'dpop-nonce': { says: 'What the next proof must contain.', source: 'RFC 9449 section 8' },
  'www-authenticate': {
    says: 'Why the call was refused, and what would be accepted.',
    source: 'RFC 6750 section 3',
  },
  'cache-control': {
    says: (value) =>
      value.includes('no-store')
        ? 'No one may store this response: right for tokens.'
        : 'Who may store this response.',
    source: 'RFC 6749 section 5.1',
  },
  'retry-after': { says: 'How long to wait before asking again.', source: 'RFC 9110 section 10.2.3' },
  location: { says: 'Where the server redirects to.', source: 'RFC 9110 section 10.2.2' },
  'strict-transport-security': { says: 'Only TLS from now on.', source: 'RFC 6797' },
}
