import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { ConnectFound } from '../../../src/core/contract/connect.ts'
import { startMisbehavingProvider } from '../../support/misbehaving-provider.ts'
import { connectPlayground, openWorkbench, type Workbench } from '../../support/workbench.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench()
})
afterAll(() => bench.close())

const read = (text: string) => bench.app.connectUrl.read({ text, allowInsecure: false })
const found = async (text: string): Promise<ConnectFound> => {
  const result = await read(text)
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}

/** An API that says what it is told to say. */
const serveApi = async (
  handle: (request: IncomingMessage, response: ServerResponse, base: string) => void,
) => {
  const asked: { method?: string; url?: string; authorization?: string }[] = []
  const server = createServer((request, response) => {
    const { method, url, headers } = request
    asked.push({ method, url, authorization: headers.authorization })
    handle(request, response, base)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { base, asked }
}
const json = (response: ServerResponse, body: unknown) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))

describe('one pasted address fills the form', () => {
  it('the URL of a protected API: challenge, resource metadata, provider', async () => {
    const api = `${bench.playground.apiBase}/orders`
    const form = await found(api)
    expect(form).toMatchObject({
      kind: 'api',
      provider: { issuer: bench.playground.issuer, source: 'discovery' },
      resource: bench.playground.apiBase,
      registers: true,
      otherProviders: [],
    })
    expect(form.scope?.split(' ')).toEqual(expect.arrayContaining(['openid', 'orders:read']))
    expect(form.missing.map(({ what }) => what)).toEqual(['Client ID'])
  })

  it('an issuer, and its document', async () => {
    expect(await found(bench.playground.issuer)).toMatchObject({ kind: 'issuer' })
    expect(await found(`${bench.playground.issuer}/.well-known/openid-configuration`)).toMatchObject({
      kind: 'metadata-document',
      provider: { issuer: bench.playground.issuer },
    })
  })

  it('an authorization URL, copied from a sign-in', async () => {
    await bench.app.signIn.start({ connectionId: await connectPlayground(bench) })
    const url = bench.opened.at(-1) ?? ''
    const form = await found(`${url}&acr_values=high`)
    expect(form).toMatchObject({
      kind: 'authorization-url',
      provider: { issuer: bench.playground.issuer },
      clientId: 'gatehouse-desktop',
      resource: bench.playground.apiBase,
      redirectKind: 'custom-scheme',
      settings: { acrValues: 'high', prompt: 'consent' },
      missing: [],
    })
    const { searchParams } = new URL(url)
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(JSON.stringify(form)).not.toContain(searchParams.get(name))
  })

  it('the authorization URL of a provider without discovery', async () => {
    const api = await serveApi((_request, response) => response.writeHead(404).end())
    const form = await found(`${api.base}/oauth/authorize?client_id=a&response_type=code`)
    expect(form.provider).toBeUndefined()
    expect(form.byHand).toEqual({
      issuer: api.base,
      authorizationEndpoint: `${api.base}/oauth/authorize`,
    })
    expect(form.missing.map(({ what }) => what)).toEqual(['Token endpoint', 'Scope'])
  })

  it('one that names another authorization endpoint is not taken', async () => {
    const provider = await startMisbehavingProvider()
    onTestFinished(() => provider.stop())
    const form = await found(`${provider.issuer}/other/authorize?client_id=a&response_type=code`)
    expect(form.provider).toBeUndefined()
    expect(form.notes.join(' ')).toContain('names another authorization endpoint')
  })

  it('GitHub without asking anyone', async () => {
    expect(
      await found('https://github.com/login/oauth/authorize?client_id=a&response_type=code'),
    ).toMatchObject({
      template: { id: 'github' },
      byHand: { tokenEndpoint: 'https://github.com/login/oauth/access_token' },
      clientId: 'a',
    })
  })

  it('Entra’s address for every tenant, explained', async () => {
    const form = await found(
      'https://login.microsoftonline.com/common/oauth2/v2.0/authorize?client_id=a&response_type=code',
    )
    expect(form.template?.id).toBe('entra')
    expect(form.issuerPattern).toBe('https://login.microsoftonline.com/{tenant}/v2.0')
    expect(form.byHand).toBeUndefined()
    expect(form.notes.join(' ')).toContain('Replace it with your tenant’s ID')
    expect(form.missing.map(({ what }) => what)).toEqual(['Tenant ID'])
  })
})

describe('what an API says is not believed blindly', () => {
  it('sends GETs only, without credentials', async () => {
    const api = await serveApi((_request, response) => response.writeHead(401).end())
    expect(await read(`${api.base}/orders`)).toMatchObject({ ok: false, error: { code: 'resource_silent' } })
    expect(api.asked.every(({ method, authorization }) => method === 'GET' && !authorization)).toBe(true)
  })

  it('finds the metadata at the well-known address as well', async () => {
    const api = await serveApi((request, response, base) =>
      request.url === '/.well-known/oauth-protected-resource/v1'
        ? json(response, { resource: `${base}/v1`, authorization_servers: [bench.playground.issuer] })
        : response.writeHead(401, { 'www-authenticate': 'Bearer scope="a b"' }).end(),
    )
    const form = await found(`${api.base}/v1`)
    expect(form).toMatchObject({ kind: 'api', resource: `${api.base}/v1` })
    expect(form.scope?.split(' ')).toEqual(expect.arrayContaining(['a', 'b']))
    expect(form.notes.join(' ')).toContain('well-known address')
  })

  it.each<[string, (base: string) => unknown, string]>([
    ['the metadata of another API', () => ({ resource: 'https://other.example' }), 'resource_mismatch'],
    ['no authorization server', (base) => ({ resource: base }), 'resource_no_provider'],
    [
      'only unsafe ones',
      (base) => ({ resource: base, authorization_servers: ['javascript:1'] }),
      'resource_no_provider',
    ],
    ['no resource', () => ({ authorization_servers: [] }), 'resource_not_metadata'],
    ['no JSON', () => '<html>', 'resource_not_metadata'],
  ])('%s', async (_what, document, code) => {
    const api = await serveApi((request, response, base) =>
      request.url === '/prm'
        ? json(response, document(base))
        : response.writeHead(401, { 'www-authenticate': `Bearer resource_metadata="${base}/prm"` }).end(),
    )
    const result = await read(`${api.base}/orders`)
    expect(result).toMatchObject({ ok: false, error: { code } })
    expect(!result.ok && result.error.next).toBeTruthy()
  })

  it('an API that needs no token', async () => {
    const api = await serveApi((request, response) =>
      request.url === '/open' ? json(response, {}) : response.writeHead(404).end(),
    )
    expect(await read(`${api.base}/open`)).toMatchObject({ ok: false, error: { code: 'resource_open' } })
  })

  it('tries the next provider where the first does not answer', async () => {
    const api = await serveApi((request, response, base) => {
      if (request.url === '/prm')
        return json(response, {
          resource: base,
          authorization_servers: [`${base}/gone`, bench.playground.issuer],
        })
      if (request.url === '/orders')
        return response.writeHead(401, { 'www-authenticate': `Bearer resource_metadata="${base}/prm"` }).end()
      return response.writeHead(404).end()
    })
    const form = await found(`${api.base}/orders`)
    expect(form.provider?.issuer).toBe(bench.playground.issuer)
    expect(form.otherProviders).toEqual([`${api.base}/gone`])
  })
})
