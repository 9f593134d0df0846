import { describe, expect, it } from 'vitest'
import { decodeToken } from '../../../../src/core/jwt/text/decode.ts'
import { fail, ok, type Result } from '../../../../src/core/contract/result.ts'
import type { BenchView } from '../../../../src/core/contract/tokens/tokens.ts'
import { isSample, sampleToken } from '../../../../src/renderer/src/features/token-bench/sample.ts'
import { createBenchStore } from '../../../../src/renderer/src/features/token-bench/store.ts'
import { assumptions, nothingAssumed } from '../../../../src/renderer/src/features/token-bench/bench-input.ts'
import { createFakeBridge } from '../../../support/fake-bridge.ts'
import { jwt } from '../../../support/fake-data.ts'

const alone = {
  found: [{ label: '', notes: [] }],
  picked: 0,
  named: [],
  disclosures: [],
  parts: [],
  marks: [],
}

describe('bench store', () => {
  it('drops a late answer to an earlier text', async () => {
    const waiting: ((answer: Result<BenchView>) => void)[] = []
    const { bridge } = createFakeBridge({
      'tokens:inspect': () => new Promise((resolve) => waiting.push(resolve)),
    })
    const store = createBenchStore(bridge)
    const first = store.getState().inspect('one')
    const second = store.getState().inspect('two')
    waiting[1]?.(ok({ token: jwt(0, { algorithm: 'second' }), connections: [], ...alone }))
    waiting[0]?.(ok({ token: jwt(0, { algorithm: 'first' }), connections: [], ...alone }))
    await Promise.all([first, second])
    expect(store.getState().token).toMatchObject({ algorithm: 'second' })
  })
  it('asks nothing of an empty text and clears', async () => {
    const { bridge, calls } = createFakeBridge()
    const store = createBenchStore(bridge)
    await store.getState().inspect('   ')
    expect(calls).toEqual([])
    await store.getState().inspect('x')
    expect(store.getState().failure?.code).toBe('not_answered')
    store.getState().clear()
    expect(store.getState()).toMatchObject({ text: '', token: null, failure: null })
  })
  it('compares only when asked to, and forgets it with the next text', async () => {
    const connections = [{ id: 'c', name: 'Playground', hasKeys: true }]
    const { bridge, calls } = createFakeBridge({
      'tokens:inspect': async () => ok({ token: jwt(0), connections, ...alone }),
    })
    const store = createBenchStore(bridge)
    await store.getState().inspect('Bearer one')
    expect(store.getState()).toMatchObject({ connections, compared: null })
    await store.getState().compare({ connectionId: 'c', withKeys: true })
    expect(store.getState().compared).toEqual({ connectionId: 'c', withKeys: true })
    expect(calls.map(({ input }) => input)).toEqual([
      { text: 'Bearer one' },
      { text: 'Bearer one', connectionId: 'c', withKeys: true },
    ])
    // What is typed or copied afterwards asks the provider nothing.
    await store.getState().assume({ leeway: '5' })
    await store.getState().judgeAs('id')
    await store.getState().verifyWith({ ring: '', text: 'a secret', encoding: 'text', algorithm: '' })
    await store.getState().share()
    expect(calls.slice(2).map(({ input }) => (input as { withKeys?: unknown }).withKeys)).toEqual(
      Array(4).fill('kept'),
    )
    await store.getState().compare({ connectionId: 'c', withKeys: true })
    expect(calls.at(-1)?.input).toMatchObject({ withKeys: true })
    calls.splice(2)
    await store.getState().inspect('two')
    expect(store.getState().compared).toBeNull()
  })
  it('shows another of several tokens, judged anew', async () => {
    const found = [
      { label: 'access_token', notes: [] },
      { label: 'id_token', notes: [] },
    ]
    const { bridge, calls } = createFakeBridge({
      'tokens:inspect': async ({ pick = 0 }) =>
        ok({
          token: jwt(0),
          connections: [],
          found,
          picked: pick,
          named: [],
          disclosures: [],
          parts: [],
          marks: [],
        }),
    })
    const store = createBenchStore(bridge)
    await store.getState().inspect('{…}')
    await store.getState().judgeAs('logout')
    await store.getState().choose(1)
    expect(store.getState()).toMatchObject({ found, pick: 1, kind: null })
    expect(calls.at(-1)?.input).toEqual({ text: '{…}', pick: 1 })
    await store.getState().inspect('next')
    expect(store.getState().pick).toBe(0)
  })
  it('takes the clipboard, or says why not', async () => {
    const texts = ['a.b.c']
    const { bridge } = createFakeBridge({
      'tokens:inspect': async () => ok({ token: jwt(0), connections: [], ...alone }),
      'tokens:paste': async () => {
        const text = texts.pop()
        return text === undefined ? fail('clipboard_empty', 'The clipboard contains no text.') : ok({ text })
      },
    })
    const store = createBenchStore(bridge)
    await store.getState().paste()
    expect(store.getState()).toMatchObject({ text: 'a.b.c', busy: null, token: { format: 'jwt' } })
    store.getState().clear()
    await store.getState().paste()
    expect(store.getState()).toMatchObject({ text: '', busy: null, failure: { code: 'clipboard_empty' } })
  })
})

describe('sample', () => {
  it('is known again, is a sound JWT and holds now', () => {
    const now = Date.UTC(2026, 5, 1)
    const text = sampleToken(now)
    expect([isSample(text), isSample('eyJhbGciOiJSUzI1NiJ9.e30.c2ln')]).toEqual([true, false])
    const token = decodeToken(text)
    expect(token).toMatchObject({ format: 'jwt', claims: { iss: 'https://sample.example' } })
    expect(token.format === 'jwt' && token.claims['exp']).toBe(now / 1000 + 1_800)
  })
})

describe('what is assumed', () => {
  it('crosses the bridge as far as it can be read', () => {
    expect(assumptions(nothingAssumed)).toBeUndefined()
    expect(assumptions({ ...nothingAssumed, at: 'soon', leeway: '-1' })).toBeUndefined()
    expect(
      assumptions({ ...nothingAssumed, at: '2099-01-01T00:00:00Z', leeway: '99999', audience: 'api' }),
    ).toEqual({ at: Date.UTC(2099, 0, 1), skewSeconds: 86_400, audience: 'api' })
  })

  it('checks with keys that were fetched, and forgets those that a token names with the next one', async () => {
    const { bridge, calls } = createFakeBridge({
      'tokens:inspect': async () => ok({ token: jwt(0), connections: [], ...alone }),
      'tokens:fetch-keys': async (from) =>
        ok({ address: 'https://id.example', says: Object.keys(from).join(), notes: [] }),
    })
    const store = createBenchStore(bridge)
    await store.getState().inspect('one')
    await store.getState().fetchKeys({ named: 'jku' })
    await store.getState().inspect('two')
    await store.getState().fetchKeys({ address: 'https://id.example' })
    await store.getState().inspect('three')
    expect(calls.map(({ input }) => input)).toEqual([
      { text: 'one' },
      { text: 'one', pick: 0, named: 'jku' },
      { text: 'one', key: { named: 'jku' } },
      { text: 'two' },
      { address: 'https://id.example' },
      { text: 'two', key: { address: 'https://id.example' } },
      { text: 'three', key: { address: 'https://id.example' } },
    ])
  })

  it('tries secrets part by part, until it is stopped', async () => {
    let stop: () => void = () => undefined
    const { bridge, calls } = createFakeBridge({
      'tokens:inspect': async () => ok({ token: jwt(0), connections: [], ...alone }),
      'tokens:guess': async ({ from = 0 }) => {
        if (from === 100) stop()
        return ok({ secret: from === 200 ? 'changeme' : null, tried: from + 100, known: 1_000 })
      },
    })
    const store = createBenchStore(bridge)
    await store.getState().inspect('one')
    await store.getState().tryCommonSecrets()
    expect(store.getState()).toMatchObject({ busy: null, key: { text: 'changeme' }, guess: { tried: 300 } })
    stop = () => store.getState().stopTrying()
    await store.getState().tryCommonSecrets()
    expect(store.getState()).toMatchObject({ busy: null, guess: null })
    const asked = calls.flatMap(({ input }) =>
      'from' in (input as object) ? [(input as { from: number }).from] : [],
    )
    expect(asked).toEqual([0, 100, 200, 0, 100])
  })
})
