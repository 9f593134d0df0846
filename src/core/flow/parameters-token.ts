import type { GrantType } from '@contract/tables/grants'
import { keyIn } from '@contract/tables/keys-of'
import { authorizationRequestRules, errorMeaning } from './parameters-authorization.ts'
import type { ParameterRules } from './parameter-rule.ts'

const grants: Record<GrantType, string> = {
  authorization_code: 'A code from the browser is exchanged for tokens.',
  refresh_token: 'A refresh token is exchanged for new tokens; no one has to sign in.',
  client_credentials: 'The client requests a token for itself, not for a user.',
  'urn:ietf:params:oauth:grant-type:device_code': 'Someone signs in on another device.',
  'urn:ietf:params:oauth:grant-type:token-exchange': 'A token is exchanged for another (RFC 8693).',
  'urn:ietf:params:oauth:grant-type:jwt-bearer': 'A signed statement is exchanged for a token (RFC 7523).',
  password: 'A password is sent: deprecated, because the app sees it.',
}

function lifetime(value: string): string {
  const seconds = Number(value)
  if (!Number.isFinite(seconds) || seconds <= 0) return 'The lifetime of the access token, in seconds.'
  const minutes = Math.round(seconds / 60)
  return `The access token is valid for ${seconds < 120 ? `${seconds} seconds` : minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`} from this response.`
}

/** What is sent to the token endpoint (RFC 6749 sections 4.1.3 and 6) and its neighbours. */
export const tokenRequestRules: ParameterRules = {
  grant_type: {
    says: (value) => {
      const grant = keyIn(grants, value)
      return grant === undefined ? 'How tokens are obtained here.' : grants[grant]
    },
    source: 'RFC 6749 section 4.1.3',
  },
  code: { says: 'The code from the browser. It works once.', source: 'RFC 6749 section 4.1.3' },
  code_verifier: {
    says: 'The secret behind code_challenge. The provider compares its SHA-256: only the client that asked can use the code.',
    source: 'RFC 7636 section 4.5',
    card: authorizationRequestRules['code_challenge']?.card,
  },
  redirect_uri: {
    says: 'The same address as in the authorization request; the provider compares.',
    source: 'RFC 6749 section 4.1.3',
  },
  refresh_token: {
    says: 'Represents your earlier sign-in. If it is rotated, the old one is invalidated by this request.',
    source: 'RFC 6749 section 6, RFC 9700 section 4.14',
  },
  client_id: { says: 'Which client is asking.', source: 'RFC 6749 section 2.3.1' },
  client_secret: {
    says: 'Proves which client is asking, in the body. The header (basic) is a better place.',
    source: 'RFC 6749 section 2.3.1',
  },
  client_assertion: {
    says: 'A JWT signed by the client: proves its identity without sending a secret.',
    source: 'RFC 7523 section 2.2',
  },
  client_assertion_type: { says: 'Says that the assertion is a JWT.', source: 'RFC 7523 section 2.2' },
  scope: { says: 'What is requested: no more than was granted before.', source: 'RFC 6749 section 6' },
  resource: { says: 'Which API the access token is for.', source: 'RFC 8707 section 2.2' },
  audience: { says: 'Which API the access token is for.', source: 'RFC 8693 section 2.1' },
  device_code: { says: 'Identifies the sign-in on the other device.', source: 'RFC 8628 section 3.4' },
  subject_token: { says: 'The token that is given in exchange.', source: 'RFC 8693 section 2.1' },
  subject_token_type: { says: 'What kind of token is given.', source: 'RFC 8693 section 3' },
  actor_token: { says: 'Who acts for the subject.', source: 'RFC 8693 section 2.1' },
  actor_token_type: { says: 'What kind of token the actor has.', source: 'RFC 8693 section 3' },
  requested_token_type: { says: 'What kind of token is requested.', source: 'RFC 8693 section 3' },
  assertion: { says: 'A signed statement in place of a sign-in.', source: 'RFC 7523 section 2.1' },
  token: { says: 'The token that this is about.', source: 'RFC 7009 section 2.1, RFC 7662 section 2.1' },
  token_type_hint: { says: 'Helps the provider find the token.', source: 'RFC 7009 section 2.1' },
}

/** What comes back from the token endpoint (RFC 6749 section 5) and its neighbours. */
export const tokenResponseRules: ParameterRules = {
  access_token: {
    says: 'Lets its holder call the API. Encrypted immediately; never shown.',
    source: 'RFC 6749 section 5.1',
  },
  token_type: {
    says: (value) =>
      value.toLowerCase() === 'dpop'
        ? 'The token works only with a proof by this app’s key: a stolen one is useless.'
        : 'Anyone who holds the token can use it: it must not leak.',
    source: 'RFC 6749 section 7.1, RFC 6750',
  },
  expires_in: { says: lifetime, source: 'RFC 6749 section 5.1' },
  refresh_token: {
    says: 'Gets new access tokens without a sign-in. The most valuable token: encrypted immediately.',
    source: 'RFC 6749 section 6',
  },
  id_token: {
    says: 'Says who signed in, signed by the provider. It is for Gatehouse, never for the API.',
    source: 'OpenID Connect Core section 2',
  },
  scope: {
    says: 'What was actually granted. It can be less than requested.',
    source: 'RFC 6749 section 3.3',
  },
  error: { says: (value) => errorMeaning(value), source: 'RFC 6749 section 5.2' },
  error_description: {
    says: 'What the provider says about it. Text from outside: do not trust it.',
    source: 'RFC 6749 section 5.2',
  },
  error_uri: { says: 'A page of the provider about the error.', source: 'RFC 6749 section 5.2' },
  issued_token_type: { says: 'What kind of token was issued.', source: 'RFC 8693 section 2.2.1' },
  session_state: {
    says: 'An identifier of your session at the provider.',
    source: 'OpenID Connect Session Management section 2',
  },
  device_code: { says: 'Identifies this sign-in; only Gatehouse knows it.', source: 'RFC 8628 section 3.2' },
  user_code: { says: 'What you enter on the other device.', source: 'RFC 8628 section 3.2' },
  verification_uri: { says: 'Where you enter it.', source: 'RFC 8628 section 3.2' },
  verification_uri_complete: {
    says: 'The same with the code in it, for a QR code.',
    source: 'RFC 8628 section 3.2',
  },
  interval: { says: 'Seconds to wait between two polls.', source: 'RFC 8628 section 3.2' },
  request_uri: { says: 'A reference to the request that was pushed.', source: 'RFC 9126 section 2.2' },
  active: { says: 'Whether the token still works.', source: 'RFC 7662 section 2.2' },
  sub: {
    says: 'Who it is about: the provider’s own name for the person.',
    source: 'OpenID Connect Core section 5.3.2',
  },
}
