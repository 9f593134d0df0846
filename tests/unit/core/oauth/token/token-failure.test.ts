import { describe, expect, it } from 'vitest'
import {
  distrusted,
  malformedAnswer,
  refusedAnswer,
  unprepared,
  unreachable,
} from '../../../../../src/core/oauth/token/token-failure.ts'
import type { TokenRequestKind } from '../../../../../src/core/oauth/token/token-request-kind.ts'

const now = 1_700_000_000_000

const refused = (
  status: number,
  body: string | Record<string, unknown>,
  { kind = 'code', headers = {} }: { kind?: TokenRequestKind; headers?: Record<string, string> } = {},
) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const json = typeof body === 'string' ? {} : { json: body }
  return refusedAnswer({ status, header: (name) => headers[name] ?? null, body: text, ...json }, kind, now)
}
const inShort = (failure: ReturnType<typeof refused>) => failure && `${failure.code} ${failure.remedy}`

describe('an answer that may bring tokens', () => {
  it.each([
    [200, { access_token: 'a' }],
    [200, {}],
    [200, { access_token: 'a', error: 'odd' }],
    [200, { error: '' }],
    [200, { error: 7 }],
  ])('%i %j', (status, body) => expect(refused(status, body)).toBeUndefined())

  it.each([
    [200, { error: 'invalid_grant' }],
    [200, { error: 'invalid_grant', access_token: 7 }],
    [201, { access_token: 'a' }],
    [400, { access_token: 'a', error: 'invalid_grant' }],
    [200, 'text'],
  ])('is not %i %j', (status, body) => expect(refused(status, body)).toBeDefined())
})

describe('what the provider says', () => {
  it.each([
    ['invalid_request', 'repair-connection', /^Check the redirect URI/],
    ['invalid_client', 'repair-connection', /^Check client ID and client secret/],
    ['unauthorized_client', 'repair-connection', /^Allow this grant/],
    ['unsupported_grant_type', 'repair-connection', /does not offer this grant/],
    ['invalid_scope', 'repair-connection', /^Remove the scopes/],
    ['invalid_target', 'repair-connection', /resource/],
    ['invalid_request_object', 'repair-connection', /signed request/],
    ['invalid_authorization_details', 'repair-connection', /RFC 9396/],
    ['invalid_dpop_proof', 'repair-connection', /DPoP/],
    ['temporarily_unavailable', 'try-later', /^Try again in a moment/],
    ['server_error', 'try-later', /^Try again in a moment/],
    ['slow_down', 'try-later', /^Try again in a moment/],
  ])('%s: %s', (error, remedy, next) => {
    expect(refused(400, { error })).toEqual({
      code: `token_${error}`,
      message: `The provider refused with ${error}.`,
      remedy,
      next: expect.stringMatching(next),
      status: 400,
      providerError: error,
      providerDescription: undefined,
      providerUri: undefined,
    })
  })

  it.each<[TokenRequestKind, string, RegExp]>([
    ['code', 'sign-in-again', /The code expired/],
    ['refresh', 'sign-in-again', /The refresh token expired/],
    ['pushed', 'repair-connection', /Check what the connection requests/],
    ['device', 'sign-in-again', /The device code expired/],
    ['client_credentials', 'repair-connection', /Allow the client credentials grant/],
    ['token_exchange', 'sign-in-again', /The token to be exchanged expired/],
    ['jwt_bearer', 'sign-in-again', /Check the assertion/],
    ['password', 'sign-in-again', /Check username and password/],
  ])('invalid_grant means something else for %s', (kind, remedy, next) => {
    const failure = refused(400, { error: 'invalid_grant' }, { kind })
    expect(failure).toMatchObject({ code: 'token_invalid_grant', remedy, next: expect.stringMatching(next) })
  })

  it('is repeated with its description and address', () => {
    const body = { error: 'odd_one', error_description: 'Not today', error_uri: 'https://as.example/e' }
    expect(refused(400, body)).toEqual({
      code: 'token_provider_error',
      message: 'The provider refused with odd_one: Not today',
      remedy: 'repair-connection',
      next: 'Read what the provider says, correct the connection, and try again.',
      status: 400,
      providerError: 'odd_one',
      providerDescription: 'Not today',
      providerUri: 'https://as.example/e',
    })
  })

  it.each([
    [499, 'repair-connection'],
    [500, 'try-later'],
    [429, 'try-later'],
  ])('is worth another try, though unknown, with status %i: %s', (status, remedy) => {
    expect(inShort(refused(status, { error: 'odd_one' }))).toBe(`token_provider_error ${remedy}`)
  })
})

describe('a refresh token that is done for', () => {
  const refresh = (body: Record<string, unknown>) => inShort(refused(400, body, { kind: 'refresh' }))
  const dead = 'token_refresh_dead sign-in-again'

  it.each([
    [{ error: 'bad_refresh_token' }],
    [{ error: 'invalid_refresh_token' }],
    [{ error: 'incorrect-refresh-token' }],
    [{ error: 'EXPIRED_REFRESH_TOKEN' }],
    [{ error: 'revoked refresh token' }],
    [{ error: 'odd', error_description: 'The refresh token has expired' }],
    [{ error: 'odd', error_description: 'Unknown refresh_token.' }],
    [{ error: 'odd', error_description: 'refreshtoken does not exist' }],
    [{ error: 'odd', error_description: 'This refresh-token was already used' }],
    [{ error: 'odd', error_description: 'This refresh token has already been used' }],
    [{ error: 'odd', error_description: 'The refresh token is no longer valid' }],
    [{ error: 'token_expired', error_description: 'of the refresh token' }],
    [{ error: 'invalid_request', error_description: 'Refresh token not found' }],
  ])('is known by %j', (body) => expect(refresh(body)).toBe(dead))

  it.each([
    [{ error: 'invalid_grant' }, 'token_invalid_grant sign-in-again'],
    [
      { error: 'invalid_grant', error_description: 'expired refresh token' },
      'token_invalid_grant sign-in-again',
    ],
    [
      { error: 'invalid_client', error_description: 'invalid refresh token' },
      'token_invalid_client repair-connection',
    ],
    [
      { error: 'invalid_request', error_description: 'refresh token' },
      'token_invalid_request repair-connection',
    ],
    [
      { error: 'invalid_request', error_description: 'refresh token missing' },
      'token_invalid_request repair-connection',
    ],
    [
      { error: 'odd', error_description: 'the session has expired' },
      'token_provider_error repair-connection',
    ],
    [
      { error: 'refresh_token', error_description: 'needs a scope' },
      'token_provider_error repair-connection',
    ],
    [{ error: 'not_invalid_refresh_tokens' }, 'token_provider_error repair-connection'],
    [{ error: 'an_invalid_refreshing' }, 'token_provider_error repair-connection'],
  ])('is not seen in %j', (body, expected) => expect(refresh(body)).toBe(expected))

  it('is a matter of refreshes alone', () => {
    expect(inShort(refused(400, { error: 'invalid_refresh_token' }))).toBe(
      'token_provider_error repair-connection',
    )
  })
})

describe('an answer without words of OAuth', () => {
  it.each([
    [300, 'token_redirect repair-connection'],
    [399, 'token_redirect repair-connection'],
    [400, 'token_status repair-connection'],
    [401, 'token_invalid_client repair-connection'],
    [429, 'token_rate_limited try-later'],
    [499, 'token_status repair-connection'],
    [500, 'token_server_error try-later'],
    [503, 'token_server_error try-later'],
    [200, 'token_not_json repair-connection'],
  ])('of status %i is %s', (status, expected) => expect(inShort(refused(status, ''))).toBe(expected))

  it('names where it redirects to, without secrets', () => {
    expect(refused(302, '', { headers: { location: 'https://x.example/?code=secret' } })).toMatchObject({
      message: expect.stringMatching(/redirects to https:\/\/x\.example\/\?code=(?!secret)/),
    })
    expect(refused(302, '')).toMatchObject({
      message: 'The token endpoint redirects. Secrets are not forwarded there.',
    })
  })

  it.each([
    [500, 'The provider failed with status 500. It says: “Out of order”'],
    [401, 'The provider does not accept this client’s authentication (401). It says: “Out of order”'],
    [404, 'The provider refused with status 404. It says: “Out of order”'],
    [200, 'The token endpoint returned status 200 without a valid OAuth response.'],
  ])('of status %i repeats the server’s own words only of a refusal', (status, message) => {
    expect(refused(status, 'Out of order')).toMatchObject({ message })
  })

  it.each([
    [500, 'The provider failed with status 500.'],
    [401, 'The provider does not accept this client’s authentication (401).'],
    [404, 'The token endpoint returned status 404 without a valid OAuth response.'],
  ])('of status %i may say nothing', (status, message) =>
    expect(refused(status, '')).toMatchObject({ message }),
  )

  it('may be a web page', () => {
    expect(refused(404, ' \n<html><title>Lost</title>')).toMatchObject({
      code: 'token_html',
      message: 'The token endpoint returned a web page (status 404) instead of JSON. It says: “Lost”',
    })
    expect(refused(200, '<html>')).toMatchObject({ code: 'token_html' })
    expect(refused(404, 'a < b')).toMatchObject({ code: 'token_status' })
  })
})

describe('when to try again', () => {
  const headers = { 'retry-after': '7' }

  it('is said where trying again helps', () => {
    expect(refused(503, '', { headers })).toMatchObject({ retryAfterSeconds: 7, status: 503 })
    expect(refused(429, '', { headers })).toMatchObject({ retryAfterSeconds: 7 })
    expect(refused(503, '')).not.toHaveProperty('retryAfterSeconds')
  })

  it('counts from now', () => {
    const date = new Date(now + 30_000).toUTCString()
    expect(refused(503, '', { headers: { 'retry-after': date } })).toMatchObject({ retryAfterSeconds: 30 })
  })

  it('is not said where it does not', () => {
    expect(refused(400, { error: 'invalid_client' }, { headers })).not.toHaveProperty('retryAfterSeconds')
  })

  it('is later for whatever came with 429, but for tokens that are done for', () => {
    expect(inShort(refused(429, { error: 'invalid_client' }))).toBe('token_invalid_client try-later')
    expect(inShort(refused(429, { error: 'invalid_grant' }))).toBe('token_invalid_grant sign-in-again')
    expect(inShort(refused(430, { error: 'invalid_client' }))).toBe('token_invalid_client repair-connection')
  })

  it('does not change what the next one is told', () => {
    refused(429, { error: 'invalid_client' })
    expect(inShort(refused(400, { error: 'invalid_client' }))).toBe('token_invalid_client repair-connection')
  })
})

describe('failures without an answer of the provider', () => {
  it('says that no answer came', () => {
    const failure = { code: 'network_refused', message: 'm', next: 'n' }
    expect(unreachable(failure)).toEqual({ ...failure, code: 'token_network_refused', remedy: 'try-later' })
    expect(unreachable({ ...failure, code: 'my_network_x' })).toMatchObject({ code: 'my_network_x' })
  })

  it('says that the connection is at fault', () => {
    const failure = { code: 'connection_no_secret', message: 'm' }
    expect(unprepared(failure)).toEqual({ ...failure, remedy: 'repair-connection' })
  })

  it('says that an answer is not believed, and what to do about it', () => {
    expect(distrusted('a_code', 'Why.')).toEqual({
      code: 'a_code',
      message: 'Why.',
      next: expect.stringMatching(/^Nothing was stored\./),
      remedy: 'distrust-answer',
    })
    expect(distrusted('a_code', 'Why.', 'Do this.')).toMatchObject({ next: 'Do this.' })
    expect(malformedAnswer('scope is no text')).toMatchObject({
      code: 'token_answer_malformed',
      message: 'The response is malformed: scope is no text.',
      remedy: 'distrust-answer',
    })
    expect(malformedAnswer('')).toMatchObject({ message: 'The response is malformed: no reason.' })
    expect(malformedAnswer('x'.repeat(300)).message).toBe(`The response is malformed: ${'x'.repeat(200)}….`)
  })
})

it('leads on to the setting that takes a form', () => {
  const next = (body: string) => refused(200, body)?.next
  expect(next('access_token=a&token_type=bearer')).toMatch(/“Accept form-encoded token responses”/)
  expect(next('error=none')).not.toMatch(/form-encoded/)
  expect(next('')).not.toMatch(/form-encoded/)
})
