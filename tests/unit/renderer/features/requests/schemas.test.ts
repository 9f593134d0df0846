import { expect, it, vi } from 'vitest'
import { fail, ok } from '@contract/result'
import {
  createSchemas,
  schemaKey,
} from '../../../../../src/renderer/src/features/requests/graphql/schemas.ts'
import type { GraphqlAssistant } from '../../../../../src/renderer/src/lib/graphql/messages.ts'
import { createFakeBridge } from '../../../../support/fake-bridge.ts'
import { draft, exchange } from '../../../../support/fake-data.ts'

const request = (url: string, accountId: string | null = null) => ({
  draft: draft({
    url,
    method: 'GET',
    query: [],
    body: { kind: 'graphql', query: '{ me }', variables: '{}' },
    checks: [{ expression: 'res.status', operator: 'eq', value: '200', enabled: true }],
    accountId,
  }),
  place: undefined,
  environmentId: 'e',
})

function assistants() {
  const made: (GraphqlAssistant & { closed: boolean })[] = []
  const create = (): GraphqlAssistant => {
    const one = {
      closed: false,
      open: async () => ({ types: 7 }),
      format: async () => null,
      introspection: async () => 'the introspection query',
      check: async () => [],
      complete: async () => null,
      close: () => {
        one.closed = true
      },
    }
    made.push(one)
    return one
  }
  return { made, create }
}

it('asks as the request is sent, with another query and without its checks, and keeps the answer', async () => {
  const sent = vi.fn(async () => ok(exchange(0)))
  const { bridge, calls } = createFakeBridge({
    'requests:send': sent,
    'exchanges:release': async () => ok(null),
  })
  const { made, create } = assistants()
  const store = createSchemas(bridge, create)
  const one = request('https://api.example/graphql')
  const asked = store.getState().fetch(one)
  expect(store.getState().known[schemaKey(one)]).toMatchObject({ kind: 'asked' })
  // Once is enough.
  await store.getState().fetch(one)
  await asked
  expect(sent).toHaveBeenCalledTimes(1)
  expect(sent).toHaveBeenCalledWith({
    sendId: expect.any(String),
    draft: expect.objectContaining({
      method: 'POST',
      url: 'https://api.example/graphql',
      body: { kind: 'graphql', query: 'the introspection query', variables: '' },
    }),
  })
  expect(JSON.stringify(sent.mock.calls)).not.toContain('res.status')
  expect(store.getState().known[schemaKey(one)]).toEqual({ kind: 'known', types: 7 })
  expect(store.getState().assistant(schemaKey(one))).toBe(made[0])
  expect(calls.at(-1)?.name).toBe('exchanges:release')
  expect(schemaKey(one)).not.toBe(schemaKey(request('https://api.example/graphql', 'a')))
})

it('says why there is none', async () => {
  const { create, made } = assistants()
  const one = request('https://api.example/graphql')
  for (const [answer, words] of [
    [fail('draft_url', 'The address is not a URL.', 'Enter it.'), 'The address is not a URL. Enter it.'],
    [
      ok({ ...exchange(0), response: undefined, error: { code: 'x', message: 'No connection.' } }),
      'No connection.',
    ],
    [
      ok(
        exchange(0, {
          response: {
            status: 200,
            statusText: '',
            headers: [],
            bodySize: 99_999_999,
            contentType: '',
            truncated: false,
          },
        }),
      ),
      'It is too large to be read.',
    ],
  ] as const) {
    const { bridge } = createFakeBridge({
      'requests:send': async () => answer,
      'exchanges:release': async () => ok(null),
    })
    const store = createSchemas(bridge, create)
    await store.getState().fetch(one)
    expect(store.getState().known[schemaKey(one)]).toEqual({ kind: 'failed', says: words })
  }
  expect(made.every(({ closed }) => closed)).toBe(true)
})

it('keeps the last four', async () => {
  const { bridge } = createFakeBridge({
    'requests:send': async () => ok(exchange(0)),
    'exchanges:release': async () => ok(null),
  })
  const { create, made } = assistants()
  const store = createSchemas(bridge, create)
  for (let at = 0; at < 6; at += 1) await store.getState().fetch(request(`https://api.example/${at}`))
  expect(made.map(({ closed }) => closed)).toEqual([true, true, false, false, false, false])
  expect(Object.keys(store.getState().known)).toHaveLength(4)
})

it('asks from the place in which the request is sent, though it is in no file', async () => {
  const sent = vi.fn(async () => ok(exchange(0)))
  const { bridge } = createFakeBridge({
    'requests:send': sent,
    'exchanges:release': async () => ok(null),
  })
  const store = createSchemas(bridge, assistants().create)
  const place = { collectionId: 'c', path: 'shop/orders.yml' }
  await store.getState().fetch({ ...request('https://api.example/graphql'), place })
  expect(sent).toHaveBeenCalledWith(expect.objectContaining({ file: place }))
})
