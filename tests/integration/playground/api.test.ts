import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Playground } from '../../../src/playground/index.ts'
import { alice, bob, call, everyScope, signIn, start } from './support.ts'

let playground: Playground
let token: string
let now = 0
beforeAll(async () => {
  playground = await start({ now: () => Date.now() + now })
  token = (await signIn(playground, alice)).tokens.access_token
})
afterAll(() => playground.stop())

type Problem = {
  status: number
  code: string
  title: string
  detail: string
  errors?: { pointer: string; detail: string }[]
}

const problemOf = async (answer: Response): Promise<Problem> => {
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  const problem = (await answer.json()) as Problem
  expect(problem.status).toBe(answer.status)
  return problem
}

const post = (body: string, type = 'application/json', bearer = token) =>
  call(playground, '/orders', bearer, { method: 'POST', body, headers: { 'content-type': type } })

describe('refusing', () => {
  it('names no error when no credentials came, and tells where the metadata is', async () => {
    const answer = await call(playground, '/orders')
    expect(answer.status).toBe(401)
    const challenge = answer.headers.get('www-authenticate') ?? ''
    expect(challenge).toMatch(/^Bearer /)
    expect(challenge).not.toContain('error=')
    const metadataUrl = /resource_metadata="([^"]+)"/.exec(challenge)?.[1] ?? ''
    const metadata = (await (await fetch(metadataUrl)).json()) as Record<string, unknown>
    expect(metadata).toMatchObject({
      resource: playground.apiBase,
      authorization_servers: [playground.issuer],
    })
    expect((await problemOf(answer)).code).toBe('authentication_required')
  })

  it('says that a token has expired', async () => {
    now = 121_000
    const answer = await call(playground, '/profile', token)
    now = 0
    expect(answer.headers.get('www-authenticate')).toMatch(
      /error="invalid_token", error_description="The access token expired at 20/,
    )
    expect((await problemOf(answer)).code).toBe('token_expired')
  })

  it('says that a signature is wrong, or that it is no JWT', async () => {
    const [header, body] = token.split('.')
    const forged = `${header}.${body}.${Buffer.alloc(64, 1).toString('base64url')}`
    expect((await problemOf(await call(playground, '/profile', forged))).code).toBe('token_signature')
    const none = `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${body}.`
    for (const bad of ['abc', none, 'a.b.c', 'x'.repeat(8000)]) {
      const answer = await call(playground, '/profile', bad)
      expect(answer.status).toBe(401)
      expect((await problemOf(answer)).code).toBe('token_malformed')
    }
  })

  it('refuses a token of another issuer', async () => {
    const other = await start()
    try {
      const { tokens } = await signIn(other, alice)
      const answer = await call(playground, '/profile', tokens.access_token)
      expect(answer.status).toBe(401)
      expect((await problemOf(answer)).code).toBe('token_issuer')
    } finally {
      await other.stop()
    }
  })

  it('calls a broken Authorization header a bad request', async () => {
    const answer = await fetch(`${playground.apiBase}/orders`, { headers: { authorization: 'Bearer' } })
    expect(answer.status).toBe(400)
    expect(answer.headers.get('www-authenticate')).toContain('error="invalid_request"')
  })

  it('names the scope that is missing', async () => {
    const { tokens } = await signIn(playground, alice, { scope: 'openid orders:read' })
    const answer = await post('{}', 'application/json', tokens.access_token)
    expect(answer.status).toBe(403)
    expect(answer.headers.get('www-authenticate')).toMatch(/error="insufficient_scope".*scope="orders:write"/)
    expect((await problemOf(answer)).code).toBe('insufficient_scope')
  })
})

describe('orders', () => {
  it('are paged, newest first, and end', async () => {
    const seen: string[] = []
    let path = '/orders?limit=2'
    for (let page = 0; page < 10; page += 1) {
      const body = (await (await call(playground, path, token)).json()) as {
        orders: { id: string }[]
        next: string | null
      }
      seen.push(...body.orders.map((order) => order.id))
      if (!body.next) break
      path = `/orders?limit=2&after=${body.next}`
    }
    expect(new Set(seen).size).toBe(seen.length)
    const all = (await (await call(playground, '/orders', token)).json()) as { orders: { id: string }[] }
    expect(seen).toEqual(all.orders.map((order) => order.id))
    expect(seen.length).toBeGreaterThanOrEqual(5)
  })

  it('are seen by their owner only', async () => {
    const created = await post(JSON.stringify({ item: 'Lamp', quantity: 1 }))
    expect(created.status).toBe(201)
    const path = created.headers.get('location') ?? ''
    expect((await call(playground, path, token)).status).toBe(200)
    const his = (await signIn(playground, bob)).tokens.access_token
    expect((await problemOf(await call(playground, path, his))).code).toBe('no_order')
  })

  it('are validated, each fault with its pointer', async () => {
    const answer = await post(JSON.stringify({ item: '', quantity: 'many', extra: 1 }))
    expect(answer.status).toBe(400)
    const { errors } = await problemOf(answer)
    expect(errors?.map((one) => one.pointer)).toEqual(
      expect.arrayContaining(['#/extra', '#/item', '#/quantity']),
    )
    const missing = await problemOf(await post('{}'))
    expect(missing.errors).toContainEqual({ pointer: '#/item', detail: 'is missing' })
    const query = await problemOf(await call(playground, '/orders?limit=1000', token))
    expect(query.errors?.[0]?.pointer).toBe('#/query/limit')
    expect((await problemOf(await call(playground, '/orders/7', token))).errors?.[0]?.pointer).toBe(
      '#/params/id',
    )
  })

  it('are not asked for beyond every number', async () => {
    for (const limit of ['1e999', '9'.repeat(400), '-1e999']) {
      const answer = await call(playground, `/orders?limit=${limit}`, token)
      expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'validation' }])
    }
  })

  it('come as JSON that is not too large', async () => {
    expect((await problemOf(await post('{"item":'))).status).toBe(400)
    expect((await problemOf(await post('item=1', 'application/x-www-form-urlencoded'))).status).toBe(415)
    expect(
      (await problemOf(await post(JSON.stringify({ item: 'x'.repeat(20_000), quantity: 1 })))).status,
    ).toBe(413)
  })
})

describe('the rest', () => {
  it('knows what is not there and which methods are', async () => {
    expect((await problemOf(await call(playground, '/nothing', token))).status).toBe(404)
    const answer = await call(playground, '/orders', token, { method: 'DELETE' })
    expect(answer.headers.get('allow')).toBe('GET, POST')
    expect((await problemOf(answer)).status).toBe(405)
  })

  it('counts the requests of each client', async () => {
    const own = await start({ requestsPerMinute: 3 })
    try {
      const { tokens } = await signIn(own, alice)
      const first = await call(own, '/profile', tokens.access_token)
      expect([first.headers.get('ratelimit-limit'), first.headers.get('ratelimit-remaining')]).toEqual([
        '3',
        '2',
      ])
      await call(own, '/profile', tokens.access_token)
      await call(own, '/profile', tokens.access_token)
      const answer = await call(own, '/profile', tokens.access_token)
      expect(answer.status).toBe(429)
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
      expect((await problemOf(answer)).code).toBe('too_many_requests')
      expect((await call(own, '/profile')).status).toBe(401)
    } finally {
      await own.stop()
    }
  })

  it('sends no CORS headers', async () => {
    const answer = await call(playground, '/profile', token, { headers: { origin: 'https://evil.example' } })
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  it('describes itself in OpenAPI 3.1, with the scopes of each operation', async () => {
    type Operation = {
      operationId: string
      security: Record<string, string[]>[]
      responses: Record<string, { description: string }>
      parameters?: { name: string; in: string }[]
    }
    type Document = {
      openapi: string
      servers: { url: string }[]
      paths: Record<string, Record<string, Operation>>
      components: {
        securitySchemes: Record<
          string,
          { type: string; flows?: { authorizationCode: { scopes: Record<string, string> } } }
        >
      }
    }
    const document = (await (await call(playground, '/openapi.json')).json()) as Document
    expect(document.openapi).toMatch(/^3\.1\./)
    expect(document.servers).toEqual([{ url: playground.apiBase }])
    const operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
    )
    expect(
      operations.map(({ path, method, operation }) => [method, path, operation.security[0]?.oauth2]),
    ).toEqual([
      ['get', '/profile', ['profile']],
      ['get', '/orders', ['orders:read']],
      ['post', '/orders', ['orders:write']],
      ['get', '/orders/{id}', ['orders:read']],
      ['get', '/admin/users', ['admin']],
    ])
    const { oauth2, openIdConnect } = document.components.securitySchemes
    expect(openIdConnect?.type).toBe('openIdConnect')
    expect(Object.keys(oauth2?.flows?.authorizationCode.scopes ?? {})).toEqual(
      everyScope.split(' ').concat('admin'),
    )
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length)
    for (const { path, operation } of operations) {
      expect(Object.values(operation.responses).every((one) => one.description.length > 0)).toBe(true)
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['401', '403', '429']))
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      expect((operation.parameters ?? []).filter((one) => one.in === 'path').map((one) => one.name)).toEqual(
        inPath,
      )
    }
  })
})
