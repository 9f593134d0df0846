import { describe, expect, it } from 'vitest'
import { refusedAnswer } from '../../../../../src/core/oauth/token/token-failure.ts'
import type { TokenRequestKind } from '../../../../../src/core/oauth/token/token-request-kind.ts'

const refused = (body: string | Record<string, unknown>, kind: TokenRequestKind = 'code', status = 400) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const json = text.startsWith('{') ? { json: JSON.parse(text) as Record<string, unknown> } : {}
  return refusedAnswer({ status, header: () => null, body: text, ...json }, kind, 0)
}

describe('a provider that knows no PKCE', () => {
  it.each([
    { error: 'invalid_request', error_description: 'PKCE is not supported' },
    { error: 'invalid_request', error_description: 'Unrecognized parameter code_verifier' },
    { error: 'pkce_not_supported' },
    { error: 'odd', error_description: 'code_challenge not allowed for this client' },
    { message: 'This server does not support PKCE.' },
    'Unsupported parameter: code_verifier',
  ])('is known by %j', (body) => {
    expect(refused(body)).toMatchObject({
      code: 'token_no_pkce',
      remedy: 'repair-connection',
      next: expect.stringMatching(/^Allow PKCE with S256 for this client at the provider/) as string,
    })
  })

  it.each([
    { error: 'invalid_request', error_description: 'code_verifier is required' },
    { error: 'invalid_request', error_description: 'PKCE verification failed' },
    { error: 'invalid_grant', error_description: 'code_verifier does not match; PKCE method not supported' },
    { error: 'odd', error_description: 'the grant is not supported' },
  ])('is not seen in %j', (body) => expect(refused(body)).not.toMatchObject({ code: 'token_no_pkce' }))

  it('is a matter of codes alone', () => {
    expect(refused({ error: 'pkce_not_supported' }, 'password')).toMatchObject({
      code: 'token_provider_error',
    })
  })
})

describe('a token endpoint that wants JSON', () => {
  it.each<[string | Record<string, unknown>, number]>([
    [{ error: 'invalid_request', error_description: 'Content-Type must be application/json' }, 400],
    [{ error: 'invalid_content_type', error_description: 'Expected JSON' }, 400],
    [{ message: 'Unexpected token g in JSON at position 0' }, 400],
    [{ message: `Unexpected token 'g', "grant_type"... is not valid JSON` }, 400],
    [{ message: 'x-www-form-urlencoded is not supported' }, 400],
    ['Please send application/json', 400],
    ['Unsupported Media Type', 415],
    ['', 415],
  ])('is known by %j with %i', (body, status) => {
    for (const kind of ['code', 'refresh', 'client_credentials'] as const)
      expect(refused(body, kind, status)).toMatchObject({
        code: 'token_wants_json',
        next: expect.stringMatching(/“Token endpoint”/) as string,
      })
  })

  it.each<[string | Record<string, unknown>, number]>([
    [{ error: 'invalid_client', error_description: 'body must be JSON' }, 400],
    [{ error: 'invalid_request', error_description: 'redirect_uri is not allowed' }, 400],
    [{ message: 'responses are JSON' }, 400],
    [{ message: 'upstream answered with invalid JSON' }, 502],
  ])('is not seen in %j with %i', (body, status) =>
    expect(refused(body, 'code', status)).not.toMatchObject({ code: 'token_wants_json' }),
  )
})
