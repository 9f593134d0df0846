/** `must` decides the verdict; what a client should do is told, and does not fail it. */
export type CheckLevel = 'must' | 'should'

type Check = { title: string; section: string; level: CheckLevel }

function must(title: string, section: string): Check {
  return { title, section, level: 'must' }
}
function should(title: string, section: string): Check {
  return { title, section, level: 'should' }
}

/** What a client is graded by, as far as a provider can see it. */
export const checks = {
  'pkce-present': must('Every authorization request has a code_challenge', 'RFC 9700 2.1.1'),
  'pkce-s256': must('The challenge method is S256', 'RFC 9700 2.1.1'),
  'pkce-fresh': must('Each authorization request has its own challenge', 'RFC 7636 7.1'),
  'pkce-verifier': must('The code comes with its verifier of 43 to 128 characters', 'RFC 7636 4.1'),
  'state-present': should('Authorization requests have a state', 'RFC 6749 10.12'),
  'state-fresh': must('Each authorization request has its own state', 'RFC 9700 4.7.1'),
  'state-checked': must('A response with a wrong state is not followed', 'RFC 6749 10.12'),
  'nonce-present': should('Requests for an ID token have a nonce', 'OpenID Connect Core 3.1.2.1'),
  'nonce-fresh': must('Each authorization request has its own nonce', 'OpenID Connect Core 15.5.2'),
  'code-response': must('No token is requested through the browser', 'RFC 9700 2.1.2'),
  'no-password-grant': must('The password grant is not used', 'RFC 9700 2.4'),
  'redirect-registered': must('The redirect URI is a registered one', 'RFC 9700 2.1'),
  'redirect-same': must('The redirect URI is the same when the code is sent', 'RFC 6749 4.1.3'),
  'redirect-loopback-address': should(
    'A loopback redirect names 127.0.0.1 or [::1], not localhost',
    'RFC 8252 8.3',
  ),
  'code-once': must('A code is sent once', 'RFC 6749 4.1.2'),
  'code-one-place': must('A code is sent to the issuer that issued it, and nowhere else', 'RFC 9700 4.4'),
  'issuer-checked': must('A response with a wrong issuer, or none, is not followed', 'RFC 9207 2.4'),
  'id-token-checked': must(
    'Tokens issued with an invalid ID token are not used',
    'OpenID Connect Core 3.1.3.7',
  ),
  'secret-not-in-url': must('Client secrets are not sent in URLs', 'RFC 6749 2.3.1'),
  'one-authentication': must('A client authenticates in one way', 'RFC 6749 2.3'),
  'token-request-post': must('Tokens are requested by POST', 'RFC 6749 3.2'),
  'token-not-in-url': must('Access tokens are not sent in URLs', 'RFC 9700 4.3.2'),
  'expired-token-dropped': should('A token that was refused as expired is not sent again', 'RFC 6750 3.1'),
  'refresh-once': must('A refresh token that was replaced is not used again', 'RFC 9700 4.14.2'),
  'refresh-gives-up': must('A refused refresh token is not tried again', 'RFC 6749 5.2'),
  'resource-named': should('Requests name the resource that the token is for', 'RFC 8707 2'),
  'resource-same': must('No other resource is named when the code is sent', 'RFC 8707 2.2'),
  'dpop-proof': must('Every DPoP proof is valid and new', 'RFC 9449 4.3'),
  'dpop-used': must('A token that is bound to a key is sent as DPoP with a proof', 'RFC 9449 7.1'),
  'retry-after-kept': should('Nothing is requested again before Retry-After has passed', 'RFC 9110 10.2.3'),
} as const satisfies Record<string, Check>

export type CheckName = keyof typeof checks

export const checkNames = Object.keys(checks) as CheckName[]
