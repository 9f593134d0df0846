import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { metadataOf, type OddAnswer } from '../../support/odd-provider.ts'
import { openOddBench, value, type OddBench } from '../../support/odd-workbench.ts'

const openid = '/.well-known/openid-configuration'
const oauth = '/.well-known/oauth-authorization-server'
let odd: OddBench
beforeEach(async () => {
  odd = await openOddBench()
})
afterEach(() => odd.close())

const read = (text: string, byPost?: boolean) =>
  odd.bench.app.connectUrl.read({ text, allowInsecure: false, byPost })

describe('discovery goes on', () => {
  it.each<[string, OddAnswer]>([
    ['an empty object', { body: {} }],
    ['an error with 200', { body: { error: 'not_found' } }],
    ['an issuer that is null', { body: '{"issuer":null}' }],
    ['another issuer', { body: { ...metadataOf('https://other.example') } }],
    ['a web page', { body: '<!doctype html>' }],
  ])('past %s', async (_what, answer) => {
    odd.odd.answers[openid] = () => answer
    odd.odd.answers[oauth] = () => ({ body: metadataOf(odd.odd.issuer) })
    const found = value(await read(odd.odd.issuer))
    expect(found.provider).toMatchObject({ tokenEndpoint: `${odd.odd.issuer}/token` })
    expect(found.notes.join('\n')).toContain(`${odd.odd.issuer}${openid} was skipped: `)
    expect(odd.odd.requests.length).toBeLessThanOrEqual(4)
  })

  it('and says the best of what it found where nothing is sound', async () => {
    odd.odd.answers[openid] = () => ({ body: {} })
    expect(
      await odd.bench.app.connections.discover({ issuer: odd.odd.issuer, allowInsecure: false }),
    ).toMatchObject({
      error: { code: 'discovery_not_metadata' },
    })
    expect(odd.odd.requests).toHaveLength(2)
  })
})

it('follows a redirect to the same address with a slash, and no other', async () => {
  const issuer = `${odd.odd.issuer}/o`
  odd.odd.answers[`/o${openid}`] = () => ({ status: 301, headers: { location: `/o${openid}/` } })
  odd.odd.answers[`/o${openid}/`] = () => ({ body: metadataOf(issuer) })
  expect(value(await read(issuer)).notes.join()).toMatch(/redirect to the same address/)
  expect(value(await read(`${issuer}${openid}/`)).provider).toMatchObject({ issuer })
  odd.odd.answers[`/o${openid}`] = () => ({ status: 301, headers: { location: `/p${openid}/` } })
  expect(await odd.bench.app.connections.discover({ issuer, allowInsecure: false })).toMatchObject({
    error: { code: 'discovery_redirect' },
  })
})

describe('connect by the address of an API', () => {
  const api = () => `${odd.odd.issuer}/mcp`
  const refuse = (challenge: string) => {
    odd.odd.answers['/mcp'] = () => ({ status: 401, headers: { 'www-authenticate': challenge } })
  }

  it('goes on where the host answers every guess with its root document', async () => {
    for (const path of [`/mcp${openid}`, `${oauth}/mcp`, `${openid}/mcp`, `/mcp${oauth}`])
      odd.odd.answers[path] = () => ({ body: metadataOf(odd.odd.issuer) })
    refuse(`Bearer resource_metadata="${odd.odd.issuer}/meta"`)
    odd.odd.answers['/meta'] = () => ({
      body: { resource: api(), authorization_servers: [odd.odd.issuer] },
    })
    expect(value(await read(api()))).toMatchObject({
      kind: 'api',
      provider: { issuer: odd.odd.issuer },
    })
  })

  const takeNoGet = (answer: OddAnswer) => {
    odd.odd.answers['/mcp'] = ({ method, body }) =>
      method === 'POST' && body === '{}' ? answer : { status: 405, headers: { allow: 'POST' } }
  }

  it('that takes no GET: says so, and asks by a POST after the user’s word', async () => {
    takeNoGet({
      status: 401,
      headers: { 'www-authenticate': `Bearer resource_metadata="${odd.odd.issuer}/meta", scope="read"` },
    })
    odd.odd.answers['/as/.well-known/openid-configuration'] = () => ({
      body: { ...metadataOf(odd.odd.issuer), issuer: `${odd.odd.issuer}/as` },
    })
    odd.odd.answers[openid] = () => ({ status: 404 })
    odd.odd.answers['/meta'] = () => ({
      body: { resource: api(), authorization_servers: [`${odd.odd.issuer}/as`] },
    })
    expect(await read(api())).toMatchObject({
      error: { code: 'resource_no_get', next: expect.stringMatching(/POST.*empty JSON object/) },
    })
    expect(odd.odd.requests.every(({ method }) => method === 'GET')).toBe(true)
    expect(value(await read(api(), true))).toMatchObject({
      kind: 'api',
      provider: { issuer: `${odd.odd.issuer}/as` },
      scope: expect.stringContaining('read'),
    })
    expect(odd.odd.requests.filter(({ method }) => method === 'POST')).toMatchObject([
      { url: '/mcp', body: '{}', headers: { 'content-type': 'application/json' } },
    ])
    expect(odd.odd.requests.at(-1)?.headers.authorization).toBeUndefined()
  })

  it('that takes no GET: offers the provider at the root, and the POST beside it', async () => {
    takeNoGet({ status: 401 })
    expect(value(await read(api()))).toMatchObject({
      takesNoGet: true,
      provider: { issuer: odd.odd.issuer },
      notes: expect.arrayContaining([expect.stringMatching(/does not accept GET.*may not issue/)]),
    })
    const asked = value(await read(api(), true))
    expect(asked.takesNoGet).toBeUndefined()
    expect(asked.notes.join()).toMatch(/refuses with 401.*may not issue/)
  })

  it('that takes no GET: says where the POST is answered without a token', async () => {
    odd.odd.answers[openid] = () => ({ status: 404 })
    takeNoGet({ status: 200, body: {} })
    expect(await read(api(), true)).toMatchObject({ error: { code: 'resource_open' } })
  })

  it('sends a POST to nothing that takes a GET', async () => {
    refuse('Bearer')
    value(await read(api(), true))
    expect(odd.odd.requests.every(({ method }) => method === 'GET')).toBe(true)
  })

  it.each<[string, OddAnswer, RegExp]>([
    ['is missing', { status: 404 }, /no API metadata at .*\/meta \(status 404\)/],
    [
      'names another resource',
      { body: { resource: 'https://other.example', authorization_servers: ['https://as.example'] } },
      /other\.example/,
    ],
  ])('offers the provider at the root where the metadata %s, as unproven', async (_what, answer, says) => {
    refuse(`Bearer resource_metadata="${odd.odd.issuer}/meta"`)
    odd.odd.answers['/meta'] = () => answer
    const found = value(await read(api()))
    expect(found.provider).toMatchObject({ issuer: odd.odd.issuer })
    expect(found.notes.join()).toMatch(says)
    expect(found.notes.join()).toMatch(/may not issue/)
  })
})
