import { describe, expect, it } from 'vitest'
import { explainRefusal, type RefusedCall } from '../../../../src/core/diagnosis/refusal.ts'

const now = Date.parse('2026-01-01T12:00:00Z')
const token = { scopes: ['repo:status'], size: 6_000 }
type Answer = Omit<RefusedCall, 'url' | 'now' | 'headers'> & { headers?: Record<string, string> }
const explain = ({ headers = {}, ...answer }: Answer) =>
  explainRefusal({
    url: 'https://api.example/orders',
    now,
    token,
    ...answer,
    headers: Object.entries(headers),
  })
const json = (body: unknown) => ({ contentType: 'application/json', bodyText: JSON.stringify(body) })
const page = (bodyText: string) => ({ contentType: 'text/html', bodyText })
const nginx = (title: string) =>
  page(
    `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx/1.25.3</center>\r\n</body>\r\n</html>`,
  )
const gitHub = (headers: Record<string, string> = {}) => ({
  headers: { 'X-GitHub-Request-Id': 'C0FF:EE', ...headers },
})
const none = { token: undefined }

describe('answers as real servers give them', () => {
  it.each<[string, Answer, RegExp, string]>([
    [
      'AWS: a path that does not exist',
      {
        status: 403,
        headers: { 'x-amzn-ErrorType': 'MissingAuthenticationTokenException' },
        ...json({ message: 'Missing Authentication Token' }),
      },
      /^Nothing exists at this path/,
      'likely',
    ],
    [
      'AWS: the same without a token',
      { status: 403, ...none, ...json({ message: 'Missing Authentication Token' }) },
      /^Nothing exists at this path/,
      'likely',
    ],
    [
      'AWS: a Bearer token for IAM',
      {
        status: 403,
        ...json({
          message: "Invalid key=value pair (missing equal-sign) in Authorization header: 'Bearer x'.",
        }),
      },
      /looks for an AWS signature/,
      'likely',
    ],
    [
      'AWS: no API key',
      {
        status: 403,
        headers: { 'x-amzn-ErrorType': 'ForbiddenException' },
        ...json({ message: 'Forbidden' }),
      },
      /before it reaches the API/,
      'likely',
    ],
    [
      'a limit that is used up, with 403',
      { status: 403, headers: { 'X-RateLimit-Remaining': '0' }, ...json({ message: 'slow down' }) },
      /^The rate limit is used up$/,
      'likely',
    ],
    [
      'the same, and how long',
      { status: 403, headers: { 'RateLimit-Remaining': '0', 'Retry-After': '60' } },
      /^The rate limit is used up: the server asks for a pause of 1 min/,
      'likely',
    ],
    [
      'a scope that lacks, beside a limit that is used up',
      {
        status: 403,
        headers: {
          'X-RateLimit-Remaining': '0',
          'WWW-Authenticate': 'Bearer error="insufficient_scope", scope="write"',
        },
      },
      /lacks a scope/,
      'certain',
    ],
    [
      'a limit that is not used up',
      { status: 403, headers: { 'X-RateLimit-Remaining': '10' } },
      /does not allow the caller/,
      'unknown',
    ],
    ['431', { status: 431 }, /headers of the request are too large/, 'certain'],
    [
      'nginx: headers too large',
      { status: 400, ...nginx('400 Request Header Or Cookie Too Large') },
      /headers of the request are too large/,
      'certain',
    ],
    ['nginx: 403', { status: 403, ...nginx('403 Forbidden') }, /^nginx refuses the request/, 'likely'],
    [
      'nginx: 403 without a token',
      { status: 403, ...none, ...nginx('403 Forbidden') },
      /^nginx refuses/,
      'likely',
    ],
    [
      'nginx: 401',
      {
        status: 401,
        headers: { 'WWW-Authenticate': 'Basic realm="Restricted"' },
        ...nginx('401 Authorization Required'),
      },
      /^nginx in front of the API requires its own sign-in/,
      'likely',
    ],
    [
      'GitHub: wrong token',
      {
        status: 401,
        ...gitHub(),
        ...json({ message: 'Bad credentials', documentation_url: 'x', status: '401' }),
      },
      /^GitHub does not know this token/,
      'certain',
    ],
    [
      'GitHub: rate limit',
      {
        status: 403,
        ...none,
        ...gitHub({ 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': String(now / 1000 + 1800) }),
        ...json({ message: 'API rate limit exceeded for 203.0.113.5.' }),
      },
      /^GitHub’s rate limit is used up for another 30 minutes/,
      'certain',
    ],
    [
      'GitHub: a permission',
      {
        status: 403,
        ...gitHub({ 'X-Accepted-GitHub-Permissions': 'contents=write' }),
        ...json({ message: 'Resource not accessible by integration' }),
      },
      /lacks a permission/,
      'certain',
    ],
    [
      'GitHub: a scope, told by 404',
      {
        status: 404,
        ...gitHub({ 'X-OAuth-Scopes': 'repo:status', 'X-Accepted-OAuth-Scopes': 'repo' }),
        ...json({ message: 'Not Found' }),
      },
      /lacks a scope: repo$/,
      'likely',
    ],
    [
      'GitHub: SAML',
      {
        status: 403,
        ...gitHub({ 'X-GitHub-SSO': 'required; url=https://github.com/orgs/o/sso?x=1' }),
        ...json({ message: 'Resource protected by organization SAML enforcement.' }),
      },
      /single sign-on/,
      'certain',
    ],
    [
      'Istio',
      { status: 403, contentType: 'text/plain', bodyText: 'RBAC: access denied' },
      /^The service mesh in front of the API/,
      'likely',
    ],
    [
      'Envoy: an expired token, in plain text',
      { status: 401, contentType: 'text/plain', bodyText: 'Jwt is expired' },
      /says that the token has expired/,
      'certain',
    ],
    [
      'Envoy: another audience',
      { status: 403, contentType: 'text/plain', bodyText: 'Audiences in Jwt are not allowed' },
      /meant for another API/,
      'certain',
    ],
    [
      'a login page with 200',
      { status: 200, ...page('<!doctype html><form><input name="p" type="password"></form>') },
      /^The response is a login page/,
      'likely',
    ],
    [
      'a redirect to a sign-in with SAML',
      {
        status: 200,
        ...none,
        redirected: true,
        ...page('<form method="post"><input type="hidden" name="SAMLRequest" value="x"></form>'),
      },
      /^The response is a login page/,
      'likely',
    ],
    [
      'Slack: a token that is not good',
      { status: 200, ...json({ ok: false, error: 'invalid_auth' }) },
      /^The API refused despite status 200: invalid_auth/,
      'certain',
    ],
    [
      'Slack: a scope',
      {
        status: 200,
        ...json({ ok: false, error: 'missing_scope', needed: 'chat:write', provided: 'users:read' }),
      },
      /lacks a scope: chat:write/,
      'certain',
    ],
    [
      'Microsoft Graph: a nested error',
      {
        status: 401,
        ...json({
          error: {
            code: 'InvalidAuthenticationToken',
            message: 'Access token validation failure. Invalid audience.',
          },
        }),
      },
      /meant for another API/,
      'certain',
    ],
    [
      'Google: insufficient scope',
      {
        status: 403,
        headers: {
          'WWW-Authenticate':
            'Bearer realm="https://accounts.google.com/", error="insufficient_scope", scope="https://www.googleapis.com/auth/drive"',
        },
        ...json({ error: { code: 403, message: 'Request had insufficient authentication scopes.' } }),
      },
      /lacks a scope: https:\/\/www.googleapis.com\/auth\/drive/,
      'certain',
    ],
    [
      'Spring: no matching key',
      {
        status: 401,
        headers: {
          'WWW-Authenticate':
            'Bearer error="invalid_token", error_description="An error occurred while attempting to decode the Jwt: Signed JWT rejected: Another algorithm expected, or no matching key(s) found"',
        },
      },
      /cannot find the key/,
      'certain',
    ],
    [
      'ASP.NET Core: issuer',
      {
        status: 401,
        headers: {
          'WWW-Authenticate':
            'Bearer error="invalid_token", error_description="The issuer \'https://x\' is invalid"',
        },
      },
      /issuer that the API does not trust/,
      'certain',
    ],
    [
      'Express: no token found',
      { status: 401, ...json({ message: 'No authorization token was found' }) },
      /says that it received no token/,
      'certain',
    ],
    [
      'a licence that expired is not a token',
      { status: 403, ...json({ message: 'Your subscription has expired' }) },
      /does not allow the caller/,
      'unknown',
    ],
  ])('%s', (_name, answer, headline, certainty) => {
    const view = explain(answer)
    expect(view?.headline).toMatch(headline)
    expect(view?.certainty).toBe(certainty)
    expect(view?.next).not.toBe('')
  })

  it.each<[string, Answer]>([
    [
      'a page that was asked for without a token',
      { status: 200, ...none, ...page('<input type="password">') },
    ],
    ['a response that is ok', { status: 200, ...json({ ok: true }) }],
    ['a response that says false of something else', { status: 200, ...json({ ok: false, reason: 1 }) }],
    [
      'a 404 of GitHub to a token that has the scope',
      {
        status: 404,
        ...gitHub({ 'X-OAuth-Scopes': 'repo', 'X-Accepted-OAuth-Scopes': 'repo' }),
      },
    ],
    ['a 500', { status: 500, ...json({ message: 'token broken' }) }],
  ])('has nothing to say of %s', (_name, answer) => {
    expect(explain(answer)).toBeUndefined()
  })

  it.each<[string, Record<string, string>, number | undefined]>([
    ['seconds', { 'Retry-After': '30' }, now + 30_000],
    ['a moment', { 'Retry-After': 'Thu, 01 Jan 2026 12:01:00 GMT' }, now + 60_000],
    [
      'a moment by the clock of a server that is ahead',
      { 'Retry-After': 'Thu, 01 Jan 2026 12:11:00 GMT', Date: 'Thu, 01 Jan 2026 12:10:00 GMT' },
      now + 60_000,
    ],
    ['the draft’s header', { RateLimit: '"default";r=0;t=12' }, now + 12_000],
    ['the older headers', { 'RateLimit-Reset': '7' }, now + 7_000],
    ['a moment in seconds since 1970', { 'X-RateLimit-Reset': String(now / 1000 + 9) }, now + 9_000],
    ['the past', { 'Retry-After': 'Thu, 01 Jan 2026 11:00:00 GMT' }, undefined],
    ['nothing', {}, undefined],
    ['nonsense', { 'Retry-After': 'soon' }, undefined],
  ])('429: knows when to send again from %s', (_name, headers, retryAt) => {
    const view = explain({ status: 429, headers })
    expect(view?.headline).toMatch(/^Too many requests/)
    expect(view?.retryAt).toBe(retryAt)
  })
})

it.each<[string, Answer, string]>([
  [
    'plain text',
    { status: 403, contentType: 'text/plain', bodyText: 'Not in your plan' },
    'Not in your plan',
  ],
  ['Message', { status: 403, ...json({ Message: 'Explicit deny' }) }, 'Explicit deny'],
  [
    'message',
    { status: 403, ...json({ message: 'Missing Authentication Token' }) },
    'Missing Authentication Token',
  ],
])('the API’s own reason is shown, and nothing guessed beside it: %s', (_what, answer, said) => {
  const refusal = explain(answer)
  expect(refusal?.facts).toContainEqual({ label: 'The body says', text: said })
  expect(refusal?.next).not.toMatch(/\brole/)
})
