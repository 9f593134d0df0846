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

const read = (text: string) => odd.bench.app.connectUrl.read({ text, allowInsecure: false })

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
    expect(found.notes.join('\n')).toContain(`${odd.odd.issuer}${openid} was passed over: `)
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
