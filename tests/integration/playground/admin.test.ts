import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { decodeJwt } from 'jose'
import * as client from 'openid-client'
import type { Playground } from '../../../src/playground/index.ts'
import { alice, call, discover, signIn, start } from './support.ts'

const key = 'an-admin-key-of-some-length'
let playground: Playground
beforeAll(async () => {
  playground = await start({ configuration: { admin: { key } } })
})
afterAll(() => playground.stop())
afterEach(async () => {
  expect((await admin('POST', '/reset')).status).toBe(204)
})

const admin = (method: string, path: string, body?: unknown, bearer = key) =>
  fetch(`${playground.issuer}/admin${path}`, {
    method,
    headers: {
      authorization: `Bearer ${bearer}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
const got = async <T>(path: string) => (await (await admin('GET', path)).json()) as T

describe('the admin API', () => {
  it('is not there without a key, and is shut without the right one', async () => {
    const other = await start()
    try {
      expect(
        (await fetch(`${other.issuer}/admin/users`, { headers: { authorization: `Bearer ${key}` } })).status,
      ).toBe(404)
    } finally {
      await other.stop()
    }
    expect((await admin('GET', '/users', undefined, 'another-key-of-some-length')).status).toBe(401)
    expect((await fetch(`${playground.issuer}/admin/users`)).status).toBe(401)
  })

  it('describes itself', async () => {
    const answer = await fetch(`${playground.issuer}/admin/openapi.json`)
    const { paths } = (await answer.json()) as { paths: Record<string, object> }
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining([
        '/admin/users',
        '/admin/clients/{id}',
        '/admin/faults',
        '/admin/reset',
        '/admin/log',
      ]),
    )
  })

  it('makes, replaces and removes users', async () => {
    expect((await admin('PUT', '/users/ada', { password: 'lovelace', roles: ['customer'] })).status).toBe(200)
    const { tokens } = await signIn(playground, { username: 'ada', password: 'lovelace' })
    expect(tokens.claims()?.sub).toBeTruthy()
    expect((await admin('PUT', '/users/ada', { emial: 'x' })).status).toBe(400)
    expect((await admin('DELETE', '/users/ada')).status).toBe(204)
    expect((await admin('DELETE', '/users/ada')).status).toBe(404)
    expect(await (await admin('GET', '/users')).text()).not.toMatch(/scrypt|password/)
  })

  it('makes and removes clients, as oidc-provider would take them', async () => {
    const registration = { client_secret: 'a-secret-of-some-length', grant_types: ['client_credentials'] }
    expect((await admin('PUT', '/clients/robot', registration)).status).toBe(204)
    const config = await discover(playground, 'robot', 'a-secret-of-some-length')
    expect((await client.clientCredentialsGrant(config, { scope: 'orders:read' })).access_token).toBeTruthy()
    const wrong = await admin('PUT', '/clients/robot', { ...registration, redirect_uris: ['no uri'] })
    expect(wrong.status).toBe(400)
    expect(((await wrong.json()) as { detail: string }).detail).toMatch(/redirect_uris/)
    expect(await (await admin('GET', '/clients')).text()).not.toContain('a-secret-of-some-length')
    expect((await admin('DELETE', '/clients/robot')).status).toBe(204)
    await expect(client.clientCredentialsGrant(config, {})).rejects.toThrow()
  })

  it('lets the next two requests of one client go wrong, and no other', async () => {
    const rule = { fault: 'unavailable', client: 'gatehouse-confidential', next: 2 }
    expect((await admin('POST', '/faults', rule)).status).toBe(201)
    const machine = await discover(playground, 'gatehouse-confidential', 'gatehouse-playground-secret')
    const ask = () => client.clientCredentialsGrant(machine, { scope: 'orders:read' })
    await signIn(playground, alice)
    await expect(ask()).rejects.toThrow()
    await expect(ask()).rejects.toThrow()
    expect((await ask()).access_token).toBeTruthy()
    expect((await admin('POST', '/faults', { fault: 'clock-skew', client: 'x' })).status).toBe(400)
    expect((await admin('POST', '/faults', { fault: 'id-expired', at: 'api' })).status).toBe(400)
  })

  it('lists grants and tokens without their values, and revokes them', async () => {
    const { config, tokens } = await signIn(playground, alice)
    const text = await (await admin('GET', '/tokens')).text()
    expect(text).not.toContain(tokens.refresh_token)
    expect(text).not.toContain(tokens.access_token)
    const { grants } = await got<{ grants: { id: string; client: string }[] }>('/grants')
    expect(grants).toHaveLength(1)
    expect((await admin('DELETE', `/grants/${grants[0]?.id}`)).status).toBe(204)
    await expect(client.refreshTokenGrant(config, tokens.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    })
    expect((await got<{ tokens: unknown[] }>('/tokens')).tokens).toEqual([])
  })

  it('rotates keys: the old ones stay published, and what they signed stays good', async () => {
    const { tokens } = await signIn(playground, alice)
    const before = (await got<{ keys: string[] }>('/keys')).keys
    const after = ((await (await admin('POST', '/keys/rotate')).json()) as { keys: string[] }).keys
    expect(after).toEqual([...after.filter((kid) => !before.includes(kid)), ...before])
    expect(after).toHaveLength(4)
    expect((await call(playground, '/orders', tokens.access_token)).status).toBe(200)
    const { tokens: newer } = await signIn(playground, alice)
    expect((await call(playground, '/orders', newer.access_token)).status).toBe(200)
  })

  it('moves the clock: tokens expire, and are issued by it', async () => {
    const { tokens } = await signIn(playground, alice)
    expect((await admin('PUT', '/clock', { offsetSeconds: 3600 })).status).toBe(200)
    try {
      expect((await call(playground, '/orders', tokens.access_token)).status).toBe(401)
      const config = await discover(playground)
      const refreshed = await client
        .refreshTokenGrant(config, tokens.refresh_token ?? '')
        .catch(() => undefined)
      expect(Number(decodeJwt(refreshed?.access_token ?? tokens.access_token).iat)).toBeGreaterThan(0)
    } finally {
      await admin('PUT', '/clock', { offsetSeconds: 0 })
    }
    expect((await call(playground, '/orders', tokens.access_token)).status).toBe(200)
  })

  it('tells what each client asked and why it was answered so, without secrets', async () => {
    const machine = await discover(playground, 'gatehouse-confidential', 'a-wrong-secret-of-some-length')
    await expect(client.clientCredentialsGrant(machine, {})).rejects.toThrow()
    const { entries } = await got<{
      entries: { endpoint: string; client: string; error?: string; reason?: string }[]
    }>('/log?client=gatehouse-confidential')
    expect(entries).toContainEqual(
      expect.objectContaining({
        endpoint: 'token',
        client: 'gatehouse-confidential',
        error: 'invalid_client',
      }),
    )
    expect(entries.at(-1)?.reason).toBeTruthy()
    expect(JSON.stringify(entries)).not.toContain('a-wrong-secret')
  })

  it('begins everything anew', async () => {
    const { tokens } = await signIn(playground, alice)
    const order = { item: 'Lamp', quantity: 1 }
    const made = await call(playground, '/orders', tokens.access_token, {
      method: 'POST',
      body: JSON.stringify(order),
      headers: { 'content-type': 'application/json' },
    })
    expect(made.status).toBe(201)
    await admin('PUT', '/users/ada', { password: 'lovelace' })
    await admin('POST', '/faults', { fault: 'id-expired' })
    await admin('POST', '/reset')
    expect((await got<{ users: unknown[] }>('/users')).users).toHaveLength(2)
    expect((await got<{ on: unknown[] }>('/faults')).on).toEqual([])
    expect((await got<{ grants: unknown[] }>('/grants')).grants).toEqual([])
    const { orders } = (await (await call(playground, '/orders?limit=100', tokens.access_token)).json()) as {
      orders: unknown[]
    }
    expect(orders).toHaveLength(5)
  })
})

describe('health', () => {
  it('is told by any name, figures to who is beside', async () => {
    const { issuer } = playground
    expect((await fetch(`${issuer}/healthz`)).status).toBe(200)
    expect((await fetch(`${issuer}/readyz`)).status).toBe(200)
    await signIn(playground, alice)
    const text = await (await fetch(`${issuer}/metrics`)).text()
    expect(text).toMatch(/playground_tokens_total\{grant="authorization_code"\} \d+/)
    expect(text).toMatch(/playground_request_duration_seconds_bucket\{endpoint="token",le="\+Inf"\} \d+/)
  })
})

describe('limits', () => {
  it('are of each client and of each address, at both servers', async () => {
    const limited = await start({
      requestsPerMinute: 3,
      configuration: {
        limits: { clientRequestsPerMinute: 2, providerRequestsPerMinute: 12 },
        clients: [
          { client_id: 'one', client_secret: 'a-secret-of-some-length' },
          { client_id: 'two', client_secret: 'another-secret-of-length' },
        ],
      },
    })
    try {
      const ask = (id: string, secret: string) =>
        fetch(`${limited.issuer}/token`, {
          method: 'POST',
          headers: { authorization: `Basic ${btoa(`${id}:${secret}`)}` },
          body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'orders:read' }),
        })
      const statuses: number[] = []
      // Who only names a client takes nothing from it.
      for (const secret of ['wrong', 'wrong', 'wrong', 'a-secret-of-some-length', 'a-secret-of-some-length'])
        statuses.push((await ask('one', secret)).status)
      expect(statuses).toEqual([401, 401, 401, 200, 200])
      const refused = await ask('one', 'a-secret-of-some-length')
      expect([refused.status, await refused.json()]).toMatchObject([429, { error: 'too_many_requests' }])
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
      expect((await ask('two', 'another-secret-of-length')).status).toBe(200)
      // The API counts who is not let in by the address.
      const calls: number[] = []
      for (let number = 0; number < 4; number += 1)
        calls.push((await fetch(`${limited.apiBase}/orders`)).status)
      expect(calls).toEqual([401, 401, 401, 429])
      // The twelfth of this address is the last at the provider.
      const last: number[] = []
      for (let number = 0; number < 6; number += 1)
        last.push((await fetch(`${limited.issuer}/jwks.json`)).status)
      expect(last).toEqual([200, 200, 200, 200, 200, 429])
    } finally {
      await limited.stop()
    }
  })
})
