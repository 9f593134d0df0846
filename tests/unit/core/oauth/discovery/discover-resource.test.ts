import { describe, expect, it } from 'vitest'
import {
  discoverResource,
  readResourceMetadata,
} from '../../../../../src/core/oauth/discovery/discover-resource.ts'
import { fakeFetch } from '../fake.ts'

const api = 'https://api.example/v1/things'
const wellKnown = 'https://api.example/.well-known/oauth-protected-resource/v1/things'
const root = 'https://api.example/.well-known/oauth-protected-resource'
const metadata = { resource: api, authorization_servers: ['https://as.example'] }

type Challenges = { scheme: string; parameters: Map<string, string> }[]
const bearer = (parameters: Record<string, string>): Challenges => [
  { scheme: 'Bearer', parameters: new Map(Object.entries(parameters)) },
]
const discover = async (
  replies: Parameters<typeof fakeFetch>[0],
  {
    challenges = [],
    at = api,
    allowInsecure = false,
  }: { challenges?: Challenges; at?: string; allowInsecure?: boolean } = {},
) => {
  const fetch = fakeFetch(replies)
  const fields: string[] = []
  const readChallenge = (field: string) => {
    fields.push(field)
    return challenges
  }
  const result = await discoverResource(at, { fetch, allowInsecure, readChallenge })
  return { result, fields, asked: fetch.sent.map(({ url }) => url), sent: fetch.sent }
}
const refusal = { status: 401, body: '', headers: { 'www-authenticate': 'Bearer' } }

describe('discoverResource', () => {
  it('goes where the refusal points, and keeps the scope that it names', async () => {
    const pointed = 'https://api.example/about'
    const { result, asked, fields, sent } = await discover(
      { [api]: refusal, [pointed]: { body: metadata } },
      { challenges: bearer({ resource_metadata: pointed, scope: 'read write' }) },
    )
    expect(result).toEqual({
      ok: true,
      value: {
        resource: api,
        authorizationServers: ['https://as.example'],
        scopesSupported: [],
        scopeAsked: 'read write',
        dpopRequired: false,
        notes: [],
      },
    })
    expect(fields).toEqual(['Bearer'])
    expect(asked).toEqual([api, pointed])
    for (const { options } of sent)
      expect(options).toEqual({
        method: 'GET',
        headers: { accept: 'application/json' },
        redirect: 'manual',
        allowInsecure: false,
      })
  })

  it('looks at the well-known addresses where nothing points there, and says so', async () => {
    const { result, asked, fields } = await discover({
      [api]: { status: 401, body: '' },
      [root]: { body: metadata },
    })
    expect(asked).toEqual([api, wellKnown, root])
    expect(fields).toEqual([''])
    expect(result).toEqual({
      ok: true,
      value: {
        resource: api,
        authorizationServers: ['https://as.example'],
        scopesSupported: [],
        dpopRequired: false,
        notes: [
          'The API’s refusal does not point to its metadata (RFC 9728 section 5.1); it was found at the well-known address.',
        ],
      },
    })
  })

  it('keeps the scope of a challenge that points nowhere', async () => {
    const { result } = await discover(
      { [api]: refusal, [wellKnown]: { body: metadata } },
      { challenges: bearer({ scope: 'read' }) },
    )
    expect(result).toMatchObject({ ok: true, value: { scopeAsked: 'read' } })
  })

  it('takes each parameter from the first challenge that has it', async () => {
    const pointed = 'https://api.example/about'
    const { result } = await discover(
      { [api]: refusal, [pointed]: { body: metadata } },
      {
        challenges: [
          { scheme: 'Basic', parameters: new Map([['realm', 'x']]) },
          ...bearer({ resource_metadata: pointed }),
          ...bearer({ scope: 'read' }),
        ],
      },
    )
    expect(result).toMatchObject({ ok: true, value: { scopeAsked: 'read', notes: [] } })
  })

  it('ends with the failure of the address that it was pointed to', async () => {
    const { result, asked } = await discover(
      { [api]: refusal, [wellKnown]: { body: metadata } },
      { challenges: bearer({ resource_metadata: 'https://api.example/gone' }) },
    )
    expect(result).toMatchObject({ ok: false, error: { code: 'resource_not_metadata' } })
    expect(asked).toEqual([api, 'https://api.example/gone'])
  })

  it('goes on behind an address without metadata, but not behind metadata of another API', async () => {
    const other = { body: { ...metadata, resource: 'https://other.example' } }
    const { result, asked } = await discover({
      [api]: refusal,
      [wellKnown]: other,
      [root]: { body: metadata },
    })
    expect(result).toMatchObject({ ok: false, error: { code: 'resource_mismatch' } })
    expect(asked).toEqual([api, wellKnown])
  })

  it.each([
    ['http://evil.example/about', false, 'resource_not_metadata'],
    ['http://127.0.0.1:8080/about', false, 'resource_not_metadata'],
    ['https://localhost/about', false, 'resource_not_metadata'],
    ['http://elsewhere.example/about', true, 'ok'],
  ])('asks %s only where that is safe', async (pointed, allowInsecure, outcome) => {
    const { result, asked } = await discover(
      { [api]: refusal, [pointed]: { body: metadata } },
      { challenges: bearer({ resource_metadata: pointed }), allowInsecure },
    )
    expect(result.ok ? 'ok' : result.error.code).toBe(outcome)
    expect(asked.includes(pointed)).toBe(outcome === 'ok')
    if (!result.ok) expect(result.error.message).toContain('an address that is not safe to fetch')
  })

  it('follows an API on this computer to metadata on this computer', async () => {
    const [at, pointed] = ['http://127.0.0.1:8080/v1', 'http://127.0.0.1:9090/about']
    const body = { resource: at, authorization_servers: ['http://localhost:9000'] }
    const { result } = await discover(
      { [at]: refusal, [pointed]: { body } },
      { at, challenges: bearer({ resource_metadata: pointed }) },
    )
    expect(result).toMatchObject({ ok: true, value: { authorizationServers: ['http://localhost:9000'] } })
  })

  it.each([
    [200, 'resource_open', 'api.example responds without requiring a token (status 200)'],
    [299, 'resource_open', 'api.example responds without requiring a token (status 299)'],
    [300, 'resource_silent', 'api.example returned status 300: it is not a provider'],
    [404, 'resource_silent', 'api.example returned status 404: it is not a provider'],
    [401, 'resource_silent', 'The API refuses with 401, but does not say who issues its tokens'],
  ])('tells an API of status %i that says nothing more', async (status, code, message) => {
    const { result } = await discover({ [api]: { status, body: 'x' } })
    expect(result).toMatchObject({ ok: false, error: { code, message: expect.stringContaining(message) } })
  })

  it('names up to five schemes that an API refuses with', async () => {
    const challenges = ['A', 'B', 'C', 'D', 'E', 'F'].map((scheme) => ({
      scheme,
      parameters: new Map<string, string>(),
    }))
    const { result } = await discover({ [api]: { status: 401, body: '' } }, { challenges })
    expect(result).toMatchObject({ error: { message: expect.stringContaining('401 (A, B, C, D, E), but') } })
  })

  it('passes on that the network failed, with what to do', async () => {
    const { result } = await discover({ [api]: { network: 'network_refused' } })
    expect(result).toEqual({
      ok: false,
      error: { code: 'resource_network_refused', message: 'It failed.', next: 'Try again.' },
    })
    const broken = () => Promise.reject(new TypeError('a defect'))
    await expect(
      discoverResource(api, { fetch: broken, allowInsecure: false, readChallenge: () => [] }),
    ).rejects.toThrow('a defect')
  })
})

describe('readResourceMetadata', () => {
  const read = async (
    body: unknown,
    {
      asked,
      allowInsecure = false,
      status = 200,
    }: { asked?: string; allowInsecure?: boolean; status?: number } = {},
  ) => {
    const context = { fetch: fakeFetch({ [root]: { body, status } }), allowInsecure, readChallenge: () => [] }
    return readResourceMetadata(root, context, asked)
  }

  it('reads all that an API says of itself', async () => {
    const body = {
      ...metadata,
      scopes_supported: ['read', '', 7, 'write'],
      dpop_bound_access_tokens_required: true,
      resource_name: 'Things',
      resource_documentation: 'https://api.example/docs',
    }
    expect(await read(body)).toEqual({
      ok: true,
      value: {
        resource: api,
        authorizationServers: ['https://as.example'],
        scopesSupported: ['read', 'write'],
        dpopRequired: true,
        name: 'Things',
        documentation: 'https://api.example/docs',
        notes: [],
      },
    })
  })

  it('believes no lists that are none, no switch that is none and no unsafe documentation', async () => {
    const body = {
      resource: api,
      authorization_servers: 'https://as.example',
      scopes_supported: { read: true },
      dpop_bound_access_tokens_required: 'true',
      resource_documentation: 'http://api.example/docs',
    }
    expect(await read(body, { allowInsecure: true })).toEqual({
      ok: true,
      value: { resource: api, authorizationServers: [], scopesSupported: [], dpopRequired: false, notes: [] },
    })
  })

  it('takes twenty servers and two hundred scopes at most', async () => {
    const many = Array.from({ length: 300 }, (_, index) => `https://as${index}.example`)
    const result = await read({ resource: api, authorization_servers: many, scopes_supported: many })
    expect(result).toMatchObject({
      value: { authorizationServers: many.slice(0, 20), scopesSupported: many.slice(0, 200) },
    })
  })

  it.each([
    ['an http address', 'http://as.example', {}, false],
    ['an http address that is allowed', 'http://as.example', { allowInsecure: true }, true],
    ['this computer', 'https://127.0.0.1:9000', { asked: api }, false],
    ['this computer, of an API that was not asked', 'https://localhost', {}, false],
    ['what is no address', 'as.example', {}, false],
  ])('sends nobody to %s', async (_name, server, options, kept) => {
    expect(await read({ resource: api, authorization_servers: [server] }, options)).toMatchObject({
      ok: true,
      value: {
        authorizationServers: kept ? [server] : [],
        notes: kept ? [] : [`An authorization server was left out: ${server} is not safe to contact.`],
      },
    })
  })

  it.each([
    ['the address itself', api, []],
    ['the address with a slash', `${api}/`, []],
    [
      'the API as a whole',
      'https://api.example',
      ['The API calls itself https://api.example; the address is part of it.'],
    ],
    [
      'a part above it',
      'https://api.example/v1/',
      ['The API calls itself https://api.example/v1/; the address is part of it.'],
    ],
  ])('may be for %s', async (_name, resource, notes) => {
    expect(await read({ resource }, { asked: api })).toMatchObject({ ok: true, value: { resource, notes } })
  })

  it.each([
    ['a neighbor', 'https://api.example/v2'],
    ['a name that merely begins the same', 'https://api.example/v1/thing'],
    ['a part below', `${api}/7`],
    ['another host', 'https://other.example/v1/things'],
    ['another port', 'https://api.example:8443/v1/things'],
  ])('must not be for %s (RFC 9728 section 3.3)', async (_name, resource) => {
    expect(await read({ resource }, { asked: api })).toMatchObject({
      ok: false,
      error: {
        code: 'resource_mismatch',
        message: expect.stringContaining(`The metadata is for ${resource}, not`),
      },
    })
  })

  it('is not asked whether it belongs where no API was asked', async () => {
    expect(await read({ resource: 'https://other.example' })).toMatchObject({
      ok: true,
      value: { notes: [] },
    })
  })

  it.each([
    ['a web page', '<html>', 200, 'There is no API metadata at'],
    ['a list', [metadata], 200, 'There is no API metadata at'],
    ['another status', metadata, 404, `There is no API metadata at ${root} (status 404).`],
    ['no identifier', {}, 200, 'names no usable resource identifier'],
    [
      'an identifier of plain http',
      { resource: 'http://api.example' },
      200,
      'names no usable resource identifier',
    ],
  ])('is not %s', async (_name, body, status, message) => {
    expect(await read(body, { status })).toMatchObject({
      ok: false,
      error: { code: 'resource_not_metadata', message: expect.stringContaining(message) },
    })
  })
})
