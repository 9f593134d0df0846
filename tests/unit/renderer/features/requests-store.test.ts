import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { ScopeView } from '../../../../src/core/contract/collection-scope.ts'
import type { SignInEnded } from '../../../../src/core/contract/accounts.ts'
import type { ExchangeView, RequestDraft } from '../../../../src/core/contract/requests.ts'
import { fail, ok, type Result } from '../../../../src/core/contract/result.ts'
import { draftOfExchange } from '../../../../src/renderer/src/features/requests/drafts.ts'
import { createRequestsStore } from '../../../../src/renderer/src/features/requests/store.ts'
import type { KeptRequest, TabFace } from '../../../../src/renderer/src/lib/tabs/tab.ts'
import { createFakeBridge } from '../../../support/fake-bridge.ts'
import { draft, exchange, ids } from '../../../support/fake-data.ts'

const now = 1_800_000_000_000
const signInId = '00000000-0000-4000-8000-000000000201'
const own = { collectionId: 'own', path: '' }
const tab = 'new:1'

const world = (
  send: () => Promise<Result<ExchangeView>> = async () => ok(exchange(now)),
  ended: Promise<SignInEnded> = Promise.resolve({ signInId, accountId: ids.alice }),
) => {
  const fake = createFakeBridge({
    'collections:create-request': async ({ collectionId, name, draft: made }) =>
      ok({ collectionId, path: 'Orders.yml', name, draft: made as RequestDraft, version: '1', kept: [] }),
    'collections:save': async ({ collectionId, path, draft: made }) =>
      ok({ saved: { collectionId, path, name: 'Orders', draft: made, version: '2', kept: [] } }),
    'collections:read': async ({ collectionId, path }) =>
      ok({ collectionId, path, name: 'Orders', draft: draft(), version: '1', kept: [] }),
    'requests:send': send,
    'requests:cancel': async () => ok(null),
    'collections:scope': async () => ok({ environment: inCollection } as ScopeView),
    'exchanges:list': async () => ok({ rows: [exchange(now)] }),
    'exchanges:get': async () => ok(exchange(now)),
  })
  const faces: Partial<TabFace>[] = []
  const ends: (() => void)[] = []
  let environment = 'staging'
  let inCollection = 'local.yml'
  let dropped = 0
  const kept: KeptRequest[] = []
  const store = createRequestsStore(fake.bridge, {
    face: (_tab, face) => faces.push(face),
    accountIds: () => [ids.alice],
    keep: (_tab, seed) => kept.push(seed),
    pin: () => undefined,
    environmentId: () => environment,
    dropped: () => void (dropped += 1),
    atEnd: (stop) => void ends.push(stop),
    signInFor: async () => ({ signInId, ended }),
    cancelSignIn: async () => undefined,
  })
  const sent = () => fake.calls.filter(({ name }) => name === 'requests:send')
  const waiting = {
    end: () => ends.forEach((end) => end()),
    become: (id: string) => void (environment = id),
    becomeInCollection: (path: string) => void (inCollection = path),
    dropped: () => dropped,
  }
  return { fake, store, faces, kept, sent, waiting }
}
const seed = (send = false) => ({ from: 'draft', name: 'List orders', draft: draft(), send }) as const

describe('sending', () => {
  it('sends a prepared request at once and shows what came back', async () => {
    const { store, sent } = world()
    await store.getState().begin(tab, seed(true))
    expect(sent()).toHaveLength(1)
    expect(store.getState().open[tab]).toMatchObject({ sendId: null, exchange: { status: 200 } })
  })
  it('sends once however often it is asked while under way', async () => {
    const { store, sent } = world(() => new Promise(() => undefined))
    await store.getState().begin(tab, seed())
    void store.getState().send(tab)
    void store.getState().send(tab)
    expect(sent()).toHaveLength(1)
  })
  it('cancels by the name of the sending, also when the tab is closed', async () => {
    const { store, fake, sent } = world(() => new Promise(() => undefined))
    await store.getState().begin(tab, seed())
    void store.getState().send(tab)
    store.getState().keepOnly([])
    const sendId = (sent()[0]?.input as { sendId: string } | undefined)?.sendId
    await vi.waitFor(() => expect(fake.calls.at(-1)).toEqual({ name: 'requests:cancel', input: { sendId } }))
    expect(store.getState().open).toEqual({})
  })
  it('leaves empty rows out', async () => {
    const { store, sent } = world()
    await store.getState().begin(tab, seed())
    store
      .getState()
      .change(tab, { url: ' http://a.example ', headers: [{ name: '', value: '', enabled: true }] })
    await store.getState().send(tab)
    expect(sent()[0]?.input).toMatchObject({ draft: { url: 'http://a.example', headers: [] } })
  })
  it('shows why it could not be sent', async () => {
    const { store } = world(async () => fail('http_insecure', 'Plain HTTP is refused.'))
    await store.getState().begin(tab, seed(true))
    expect(store.getState().open[tab]).toMatchObject({ exchange: null, failure: { code: 'http_insecure' } })
  })
})

describe('a redirect that was held', () => {
  it('sends again with the origins that the user allowed, and only then', async () => {
    const { store, sent } = world()
    await store.getState().begin(tab, seed())
    const origins = ['https://b.example', 'https://c.example']
    await store.getState().follow(tab, { kind: 'follow', label: 'Send the body on', origins })
    await store.getState().send(tab)
    expect(sent().map(({ input }) => (input as { carryBodyTo?: string[] }).carryBodyTo)).toEqual([
      origins,
      undefined,
    ])
  })
})

describe('a token that was not meant for an address', () => {
  it('goes there with the next sending only, for the account that was asked about', async () => {
    const { store, sent } = world()
    await store.getState().begin(tab, seed())
    const target = { accountId: ids.alice, origin: 'https://b.example' }
    await store.getState().follow(tab, { kind: 'allow-token', label: 'Send the token', ...target })
    await store.getState().send(tab)
    expect(sent().map(({ input }) => (input as { allowToken?: unknown }).allowToken)).toEqual([
      target,
      undefined,
    ])
  })
})

describe('tabs of requests', () => {
  it('begins a new request without a token, though someone is signed in', async () => {
    const { store, sent } = world()
    await store.getState().begin(tab, { from: 'blank' })
    store.getState().change(tab, { url: 'https://elsewhere.example/orders' })
    await store.getState().send(tab)
    expect(sent().map(({ input }) => (input as { draft: RequestDraft }).draft.accountId)).toEqual([null])
  })
  it('keeps title and method of the tab true', async () => {
    const { store, faces } = world()
    await store.getState().begin(tab, { from: 'blank' })
    store.getState().change(tab, { method: 'POST', url: 'https://a.example/orders', accountId: null })
    expect(faces.at(-1)).toEqual({ title: '/orders', method: 'POST', unsaved: false })
  })
  it('marks a saved request as changed until it is saved', async () => {
    const { store, faces } = world()
    await store.getState().begin(tab, seed())
    await store.getState().makeFile(tab, 'Orders', own)
    store.getState().change(tab, { method: 'PUT' })
    expect(faces.at(-1)).toMatchObject({ title: 'Orders', unsaved: true })
    await store.getState().saveFile(tab)
    expect(faces.at(-1)?.unsaved).toBe(false)
    expect(store.getState().open[tab]?.file).toMatchObject({ path: 'Orders.yml', version: '2' })
  })
})

describe('draftOfExchange', () => {
  it('brings a request back without what is made anew at each sending', () => {
    expect(draftOfExchange(exchange(now), [ids.alice])).toEqual(
      draft({ headers: [{ name: 'x-request', value: '1', enabled: true }] }),
    )
  })
  it('calls as the account whose token was kept back, so that its button sends that', () => {
    const remedy = { kind: 'allow-token', label: 'Send', accountId: ids.alice, origin: 'https://a' } as const
    const asked = exchange(now, { carried: undefined, remedies: [remedy] })
    expect(draftOfExchange(asked, [ids.alice]).accountId).toBe(ids.alice)
  })
  it('calls as no one when the account is gone', () => {
    expect(draftOfExchange(exchange(now), []).accountId).toBeNull()
  })
  it('brings form fields back as rows', () => {
    const sent = {
      headers: [['Content-Type', 'application/x-www-form-urlencoded']],
      bodySize: 7,
      bodyText: 'a=1&b=%20',
    }
    expect(draftOfExchange(exchange(now, { sent: sent as never }), [])).toMatchObject({
      headers: [],
      body: {
        kind: 'form',
        fields: [
          { name: 'a', value: '1' },
          { name: 'b', value: ' ' },
        ],
      },
    })
  })
})

describe('a request that is kept over a lock', () => {
  it('is as it was, with its unsaved changes and its last response', async () => {
    const { store, kept } = world()
    await store.getState().begin(tab, seed(true))
    await store.getState().makeFile(tab, 'Orders', own)
    store.getState().change(tab, { url: 'https://api.example/changed' })
    const before = store.getState().open[tab]
    const last = kept.at(-1)
    if (!last) throw new Error('nothing was kept')
    const after = world()
    await after.store.getState().begin(tab, JSON.parse(JSON.stringify(last)) as KeptRequest)
    expect(after.store.getState().open[tab]).toEqual({ ...before, sent: undefined })
    expect(after.faces.at(-1)).toMatchObject({ unsaved: true })
    expect(after.sent()).toEqual([])
  })
})

describe('mending a refused call', () => {
  const again = {
    kind: 'sign-in',
    label: 'Sign in again as asked and resend',
    accountId: ids.alice,
    connectionId: ids.connection,
    maxAgeSeconds: 5,
  } as const
  it('sends again as the same account after the sign-in', async () => {
    const { store, sent } = world()
    await store.getState().begin(tab, seed())
    expect(await store.getState().follow(tab, again)).toBeNull()
    expect(sent()).toHaveLength(1)
    expect(store.getState().open[tab]?.mending).toBeUndefined()
  })
  it('sends nothing where someone else signed in', async () => {
    const other = Promise.resolve({ signInId, accountId: ids.bob })
    const { store, sent } = world(undefined, other)
    await store.getState().begin(tab, seed())
    expect(await store.getState().follow(tab, again)).toBeNull()
    expect(sent()).toHaveLength(0)
    expect(store.getState().open[tab]?.somebodyElse).toBe(ids.bob)
    await store.getState().follow(tab, { kind: 'send-as', label: 'Send as bob', accountId: ids.bob })
    expect(sent()).toHaveLength(1)
    expect(store.getState().open[tab]?.draft.accountId).toBe(ids.bob)
    expect(store.getState().open[tab]?.somebodyElse).toBeUndefined()
  })
  it('is silent about a sign-in that was cancelled', async () => {
    const cancelled = Promise.resolve({
      signInId,
      error: { code: 'sign_in_cancelled', message: '' },
    })
    const { store, sent } = world(undefined, cancelled)
    await store.getState().begin(tab, seed())
    expect(await store.getState().follow(tab, again)).toBeNull()
    expect(sent()).toHaveLength(0)
  })
  it('sends as the other account', async () => {
    const { store, sent } = world()
    await store.getState().begin(tab, seed())
    await store.getState().follow(tab, { kind: 'send-as', label: 'Send as bob', accountId: ids.bob })
    expect(sent()[0]?.input).toMatchObject({ draft: { accountId: ids.bob } })
  })
})

describe('what the headers of a response cover', () => {
  const released = (fake: ReturnType<typeof world>['fake']) =>
    fake.calls.filter(({ name }) => name === 'exchanges:release').map(({ input }) => input)

  it('is let go when the response gives way to the next', async () => {
    const second = { ...exchange(now), id: signInId }
    let sendings = 0
    const { store, fake } = world(async () => ok((sendings += 1) === 1 ? exchange(now) : second))
    await store.getState().begin(tab, seed(true))
    expect(released(fake)).toEqual([])
    await store.getState().send(tab)
    expect(released(fake)).toEqual([{ id: exchange(now).id }])
  })

  it('is held while another tab shows it, and let go with the last', async () => {
    const { store, fake } = world()
    await store.getState().begin(tab, seed(true))
    await store.getState().begin('other', { from: 'exchange', exchangeId: exchange(now).id })
    store.getState().keepOnly(['other'])
    expect(released(fake)).toEqual([])
    store.getState().keepOnly([])
    expect(released(fake)).toEqual([{ id: exchange(now).id }])
  })
})

describe('a request that waits', () => {
  async function waits(inFile = false) {
    vi.useFakeTimers({ now })
    onTestFinished(() => void vi.useRealTimers())
    const made = world()
    const request = { collectionId: 'c', path: 'a.yml', name: 'A', draft: draft(), version: '1', kept: [] }
    await made.store.getState().begin(tab, inFile ? { from: 'file', request } : seed())
    made.store.getState().sendAt(tab, now + 30_000)
    expect(made.store.getState().open[tab]?.waitsUntil).toBe(now + 30_000)
    expect(made.faces.at(-1)?.waitsUntil).toBe(now + 30_000)
    vi.advanceTimersByTime(29_999)
    expect(made.sent()).toHaveLength(0)
    return made
  }
  it('is sent at its moment, once', async () => {
    const { store, sent } = await waits()
    await vi.advanceTimersByTimeAsync(1)
    expect(sent()).toHaveLength(1)
    expect(store.getState().open[tab]?.waitsUntil).toBeUndefined()
    await vi.advanceTimersByTimeAsync(600_000)
    expect(sent()).toHaveLength(1)
  })
  it.each<[string, (made: Awaited<ReturnType<typeof waits>>) => unknown]>([
    ['it is cancelled', ({ store }) => store.getState().stopWaiting(tab)],
    ['it is changed', ({ store }) => store.getState().change(tab, { method: 'POST' })],
    ['its tab is closed', ({ store }) => store.getState().keepOnly([])],
    ['someone locks', ({ waiting }) => waiting.end()],
    ['the environment is another', ({ waiting }) => waiting.become('production')],
  ])('is not sent where %s', async (_why, happens) => {
    const made = await waits()
    happens(made)
    await vi.advanceTimersByTimeAsync(600_000)
    expect(made.sent()).toHaveLength(0)
    expect(made.waiting.dropped()).toBe(_why.includes('environment') ? 1 : 0)
  })
  it('is not sent where another environment of its collection is chosen', async () => {
    const made = await waits(true)
    made.waiting.becomeInCollection('production.yml')
    await vi.advanceTimersByTimeAsync(600_000)
    expect(made.sent()).toHaveLength(0)
    expect(made.waiting.dropped()).toBe(1)
  })
  it('waits no longer once it is sent by hand', async () => {
    const { store, sent } = await waits()
    await store.getState().send(tab)
    await vi.advanceTimersByTimeAsync(600_000)
    expect(sent()).toHaveLength(1)
  })
})
