import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createOauthFetch } from '../../../src/node/net/fetch.ts'
import { discoverProvider } from '../../../src/core/oauth/discovery/discover.ts'
import { refreshTokens } from '../../../src/core/oauth/token/refresh.ts'
import { notKnown } from '../../../src/core/text/known.ts'
import { believe, connection } from '../../unit/core/oauth/fake.ts'
import { deadAddress, serve } from '../net/server.ts'

const newFetch = () => {
  const fetch = createOauthFetch({
    now: () => performance.now(),
    limits: { bytes: 1_048_576, pause: 2_000, total: 1_000 },
  })
  onTestFinished(() => fetch.close())
  return fetch
}
type Handle = (request: IncomingMessage, response: ServerResponse) => void

const drip: Handle = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  const timer = setInterval(() => response.write(' '), 20)
  response.on('close', () => clearInterval(timer))
}
const cut: Handle = (_request, response) => {
  response.writeHead(200, { 'content-length': '500' })
  response.write('{"access_token":"half', () => response.destroy())
}
const huge: Handle = (_request, response) => {
  response.end(JSON.stringify({ access_token: 'x'.repeat(2_000_000), token_type: 'bearer' }))
}

const refreshAt = (tokenEndpoint: string) =>
  refreshTokens(
    { refreshToken: 'keep-me', subject: 'alice', nonce: notKnown, authTime: notKnown },
    {
      connection: connection({
        metadata: { issuer: tokenEndpoint, token_endpoint: `${tokenEndpoint}/token` },
      }),
      fetch: newFetch(),
      now: () => Date.now(),
      judgeIdToken: believe,
    },
  )

describe('a token endpoint that misbehaves on the wire never ends a refresh token', () => {
  it.each<[string, Handle, string]>([
    ['a slow drip', drip, 'token_network_timeout'],
    ['a cut half way', cut, 'token_network_cut'],
    ['a huge answer', huge, 'token_network_too_large'],
    [
      '429',
      (_request, response) => response.writeHead(429, { 'retry-after': '9' }).end(),
      'token_rate_limited',
    ],
    [
      '502 of a proxy',
      (_request, response) => response.writeHead(502).end('<html>Bad Gateway'),
      'token_server_error',
    ],
  ])('%s', async (_name, handle, code) => {
    const result = await refreshAt(await serve(handle))
    expect(result).toMatchObject({ ok: false, error: { code, remedy: 'try-later' } })
    expect(JSON.stringify(result)).not.toContain('keep-me')
  })

  it('nobody there', async () => {
    expect(await refreshAt(await deadAddress())).toMatchObject({
      ok: false,
      error: { code: 'token_network_refused', remedy: 'try-later' },
    })
  })

  it('a redirect is not followed, so no secret goes there', async () => {
    let reached = false
    const thief = await serve((_request, response) => {
      reached = true
      response.end('{}')
    })
    const url = await serve((_request, response) => response.writeHead(307, { location: thief }).end())
    expect(await refreshAt(url)).toMatchObject({ ok: false, error: { code: 'token_redirect' } })
    expect(reached).toBe(false)
  })
})

describe('a provider that misbehaves at discovery', () => {
  it.each<[string, Handle, string]>([
    ['a slow drip', drip, 'discovery_timeout'],
    ['a cut half way', cut, 'discovery_unreachable'],
    ['a huge answer', huge, 'discovery_too_large'],
    ['a login page', (_request, response) => response.end('<!doctype html><title>Sign in'), 'discovery_html'],
    [
      'a redirect',
      (_request, response) => response.writeHead(301, { location: 'https://x.example/' }).end(),
      'discovery_redirect',
    ],
    ['nothing', (_request, response) => response.writeHead(404).end(), 'discovery_not_found'],
  ])('%s', async (_name, handle, code) => {
    const url = await serve(handle)
    expect(await discoverProvider(url, { fetch: newFetch(), allowInsecure: false })).toMatchObject({
      ok: false,
      error: { code },
    })
  })
})
