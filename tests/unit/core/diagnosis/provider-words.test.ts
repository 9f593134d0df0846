import { expect, it } from 'vitest'
import { explainRefusal, type RefusedCall, type TokenFacts } from '../../../../src/core/diagnosis/refusal.ts'

// Refusals as providers, gateways and libraries word them; what is not said is not claimed.
const now = Date.parse('2026-01-01T12:00:00Z')
const token: TokenFacts = {
  scopes: ['orders:read'],
  size: 900,
  format: 'jwt',
  audience: ['https://api.example'],
  expiresAt: now + 3_600_000,
}
type Answer = Omit<Partial<RefusedCall>, 'headers'> & { status: number; headers?: Record<string, string> }
const json = (body: unknown) => ({ contentType: 'application/json', bodyText: JSON.stringify(body) })
const html = (bodyText: string) => ({ contentType: 'text/html; charset=utf-8', bodyText })
const text = (bodyText: string) => ({ contentType: 'text/plain', bodyText })
const bearer = (rest = '') => ({ headers: { 'WWW-Authenticate': `Bearer realm="api"${rest}` } })
const none = { token: undefined }

const notAccepted = 'certain: The API does not accept the token'
const expired = 'certain: The API says that the token has expired'
const audience = 'certain: The API does not accept the audience of the token'
const noneCame = 'certain: The API says that it received no token'
const asIfNone = 'likely: The API responds as if no token was sent'
const lacksScope = 'certain: The API says that the token lacks a scope'
const usedUp = 'certain: The API says that a limit or quota is used up'
const needsKey = 'certain: The API requires a valid API key'
const notAllowed = 'unknown: The API does not allow the caller to do this'
const inWords = 'unknown: The API gives its reason in its own words only'
const inBody = 'unknown: The API refused; look for the reason in the body'
const silent = 'unknown: The API refused without saying why'
const loginPage = 'likely: The response is a login page, not the API’s response'

it.each<[name: string, answer: Answer, says: string | undefined]>([
  [
    'Google, 401',
    {
      status: 401,
      ...bearer(', error="invalid_token"'),
      ...json({ error: { code: 401, message: 'Request had invalid authentication credentials.' } }),
    },
    notAccepted,
  ],
  [
    'Google, an API that is not enabled',
    {
      status: 403,
      ...json({
        error: {
          message: 'Google Drive API has not been used in project 1234 before or it is disabled. Enable it.',
        },
      }),
    },
    'certain: This API is not enabled for the client’s project',
  ],
  [
    'Google, scopes without a challenge',
    { status: 403, ...json({ error: { message: 'Request had insufficient authentication scopes.' } }) },
    lacksScope,
  ],
  ['Google, a quota', { status: 403, ...json({ error: { message: 'User Rate Limit Exceeded' } }) }, usedUp],
  [
    'Cloud Run',
    {
      status: 403,
      ...html(
        '<html><title>403 Forbidden</title><h2>Your client does not have permission to get URL <code>/</code> from this server.</h2></html>',
      ),
    },
    'likely: Google Cloud refuses the caller before the service is reached (IAM)',
  ],
  [
    'Microsoft Graph, expired',
    {
      status: 401,
      ...bearer(', authorization_uri="https://login.example/authorize"'),
      ...json({ error: { message: 'Lifetime validation failed, the token is expired.' } }),
    },
    expired,
  ],
  [
    'Microsoft Graph, the audience',
    {
      status: 401,
      ...json({ error: { message: 'Access token validation failure. Invalid audience.' } }),
    },
    audience,
  ],
  [
    'Microsoft Graph, privileges',
    {
      status: 403,
      ...json({ error: { message: 'Insufficient privileges to complete the operation.' } }),
    },
    notAllowed,
  ],
  [
    'Entra, a claims challenge',
    { status: 401, ...bearer(', error="insufficient_claims", claims="e30="') },
    'certain: The API requires a new sign-in that meets the claims it names',
  ],
  [
    'a code that no standard has',
    { status: 401, ...bearer(', error="tenant_suspended"') },
    'certain: The API refused the call with the code tenant_suspended',
  ],
  [
    'Azure API Management, no subscription key',
    { status: 401, ...json({ message: 'Access denied due to missing subscription key. Make sure to…' }) },
    needsKey,
  ],
  [
    'Kong, no API key',
    {
      status: 401,
      headers: { 'WWW-Authenticate': 'Key realm="kong"' },
      ...json({ message: 'No API key found in request' }),
    },
    needsKey,
  ],
  [
    'Kong, its own words',
    { status: 401, ...json({ message: "No credentials found for given 'iss'" }) },
    inWords,
  ],
  ['Kong, an odd member', { status: 401, ...json({ exp: 'token expired' }) }, inBody],
  [
    'Apigee, a token',
    { status: 401, ...json({ fault: { faultstring: 'Invalid access token', detail: {} } }) },
    notAccepted,
  ],
  ['Apigee, expired', { status: 401, ...json({ fault: { faultstring: 'Access Token expired' } }) }, expired],
  [
    'Apigee, a product',
    { status: 401, ...json({ fault: { faultstring: 'Invalid API call as no apiproduct match found' } }) },
    inWords,
  ],
  ['Tyk, none came', { status: 401, ...json({ error: 'Authorization field missing' }) }, noneCame],
  [
    'Spring, CSRF',
    {
      status: 403,
      ...json({ error: 'Forbidden', message: "Invalid CSRF Token 'null' was found on the request" }),
    },
    'certain: The API requires a CSRF token',
  ],
  [
    'Django, none came',
    { status: 403, ...json({ detail: 'Authentication credentials were not provided.' }) },
    noneCame,
  ],
  [
    'Django, its Token scheme',
    {
      status: 401,
      headers: { 'WWW-Authenticate': 'Token' },
      ...json({ detail: 'Authentication credentials were not provided.' }),
    },
    'certain: The API requires Token, not a Bearer token',
  ],
  [
    'Django, simplejwt',
    { status: 401, ...bearer(), ...json({ detail: 'Given token not valid for any token type' }) },
    notAccepted,
  ],
  [
    'FastAPI, credentials',
    { status: 401, ...bearer(), ...json({ detail: 'Could not validate credentials' }) },
    notAccepted,
  ],
  ['FastAPI, none', { status: 401, ...bearer(), ...json({ detail: 'Not authenticated' }) }, asIfNone],
  ['FastAPI, none with 403', { status: 403, ...json({ detail: 'Not authenticated' }) }, asIfNone],
  [
    'Express, its page of an error',
    {
      status: 401,
      ...html('<pre>UnauthorizedError: No authorization token was found<br> &nbsp; at /app.js:3</pre>'),
    },
    noneCame,
  ],
  ['Salesforce, a list', { status: 401, ...json([{ message: 'Session expired or invalid' }]) }, notAccepted],
  [
    'Salesforce, a limit',
    {
      status: 403,
      ...json([{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }]),
    },
    usedUp,
  ],
  [
    'Stripe, a wrong key',
    { status: 401, ...bearer(), ...json({ error: { message: 'Invalid API Key provided: sk_test_***' } }) },
    notAccepted,
  ],
  [
    'Stripe, none',
    { status: 401, ...none, ...bearer(), ...json({ error: { message: 'You did not provide an API key.' } }) },
    'certain: No token was sent',
  ],
  [
    'Shopify',
    { status: 401, ...json({ errors: '[API] Invalid API key or access token (unrecognized login)' }) },
    notAccepted,
  ],
  [
    'Shopify, a scope',
    {
      status: 403,
      ...json({ errors: '[API] This action requires merchant approval for read_orders scope.' }),
    },
    lacksScope,
  ],
  ['Atlassian', { status: 401, ...json({ message: 'Unauthorized; scope does not match' }) }, lacksScope],
  ['Spotify', { status: 403, ...json({ error: { message: 'Insufficient client scope' } }) }, lacksScope],
  [
    'HubSpot',
    { status: 403, ...json({ message: "This app hasn't been granted all required scopes" }) },
    lacksScope,
  ],
  [
    'Auth0, scopes',
    {
      status: 403,
      ...json({ error: 'Forbidden', message: 'Insufficient scope, expected any of: read:users' }),
    },
    lacksScope,
  ],
  [
    'words that speak of a scope and lack none',
    { status: 403, ...json({ message: 'This is out of scope' }) },
    notAllowed,
  ],
  ['Auth0, an audience', { status: 401, ...json({ message: 'Bad audience: https://x' }) }, inWords],
  ['GitLab', { status: 401, ...json({ message: '401 Unauthorized' }) }, silent],
  ['Keycloak', { status: 401, ...json({ error: 'HTTP 401 Unauthorized' }) }, silent],
  ['Notion', { status: 401, ...json({ message: 'API token is invalid.' }) }, notAccepted],
  [
    'Dropbox',
    { status: 401, ...json({ error_summary: 'missing_scope/..', error: { '.tag': 'missing_scope' } }) },
    inWords,
  ],
  [
    'Facebook, expired with 400',
    {
      status: 400,
      ...json({
        error: {
          message: 'Error validating access token: Session has expired',
          type: 'OAuthException',
          code: 190,
        },
      }),
    },
    expired,
  ],
  [
    'Facebook, a wrong parameter',
    {
      status: 400,
      ...json({ error: { message: '(#100) Invalid parameter', type: 'OAuthException', code: 100 } }),
    },
    undefined,
  ],
  [
    'Zoom, a scope with 400',
    {
      status: 400,
      ...json({ code: 4711, message: 'Invalid access token, does not contain scopes:[user:read].' }),
    },
    lacksScope,
  ],
  [
    'a token endpoint’s own 400',
    { status: 400, ...json({ error: 'invalid_grant', error_description: 'The access token has expired' }) },
    undefined,
  ],
  [
    'LinkedIn, revoked',
    { status: 401, ...json({ message: 'The token used in the request has been revoked by the user' }) },
    'certain: The API no longer knows the token: it expired, was revoked, or was never issued',
  ],
  [
    'Linear',
    { status: 400, ...json({ errors: [{ message: 'x', extensions: { code: 'AUTHENTICATION_ERROR' } }] }) },
    'certain: The API refused the query: AUTHENTICATION_ERROR',
  ],
  [
    'Hasura, with 200',
    { status: 200, ...json({ errors: [{ message: 'x', extensions: { code: 'invalid-jwt' } }] }) },
    'certain: The API refused despite status 200: invalid-jwt',
  ],
  [
    'GraphQL, another error',
    { status: 200, ...json({ errors: [{ message: 'x', extensions: { code: 'BAD_USER_INPUT' } }] }) },
    undefined,
  ],
  [
    'Elastic',
    {
      status: 401,
      headers: { 'WWW-Authenticate': 'Basic realm="security", Bearer realm="security", ApiKey' },
      ...json({ error: { type: 'security_exception', reason: 'token expired' }, status: 401 }),
    },
    expired,
  ],
  ['Envoy, the audience', { status: 403, ...text('Audiences in Jwt are not allowed') }, audience],
  [
    'S3',
    {
      status: 403,
      contentType: 'application/xml',
      bodyText: '<Error><Message>Access Denied</Message></Error>',
    },
    notAllowed,
  ],
  [
    'Akamai',
    {
      status: 403,
      ...html("<H1>Access Denied</H1>You don't have permission to access it.<P>Reference #18.1</BODY>"),
    },
    'likely: Akamai refuses the request before it reaches the API',
  ],
  [
    'the AWS load balancer',
    {
      status: 403,
      headers: { Server: 'awselb/2.0' },
      ...html('<html><center><h1>403 Forbidden</h1></center></html>'),
    },
    'likely: The AWS load balancer refuses the request before it reaches the API',
  ],
  [
    'Cloudflare Access',
    {
      status: 200,
      redirected: true,
      ...html('<html><title>Sign in ・ Cloudflare Access</title><input type="email"></html>'),
    },
    loginPage,
  ],
  [
    'oauth2-proxy',
    { status: 403, ...html('<html><title>Sign In</title><button>Sign in</button></html>') },
    loginPage,
  ],
  [
    'a page about signing in, asked for as it is',
    { status: 200, ...html('<html><title>Sign in</title></html>') },
    undefined,
  ],
  [
    'an address that is not allowed',
    { status: 403, ...json({ message: 'Your IP address is not allowed to access this resource' }) },
    'certain: The API does not allow calls from this network address',
  ],
  ['a licence', { status: 403, ...json({ message: 'Your subscription has expired.' }) }, notAllowed],
  ['a password that expired', { status: 401, ...json({ message: 'Your password has expired' }) }, inWords],
])('%s', (_name, { headers = {}, ...answer }, says) => {
  const call = { url: 'https://api.example/x', now, token, ...answer, headers: Object.entries(headers) }
  const view = explainRefusal(call)
  expect(view && `${view.certainty}: ${view.headline}`).toBe(says)
})
