import fc from 'fast-check'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { channelNames, type ChannelName } from '@calls/channels'
import { ok, type Result } from '@contract/result'
import { createOauthFetch } from '../../../src/node/net/fetch.ts'
import { createHandlers } from '../../../src/main/ipc/handlers.ts'
import { route } from '../../../src/main/ipc/router.ts'
import { oddArgument, type Known } from '../../support/odd-values.ts'
import { connectPlayground, openWorkbench, type Workbench } from '../../support/workbench.ts'

type Listener = (event: unknown, input: unknown) => Promise<Result<unknown>>
const { listeners } = vi.hoisted(() => ({ listeners: new Map<string, unknown>() }))
vi.mock('electron', () => ({
  ipcMain: { handle: (channel: string, listener: unknown) => listeners.set(channel, listener) },
}))

const password = 'a password of ten words'
const rounds = 2_000
/** What a server says that nobody wrote with care. */
const oddBodies = [
  '{}',
  '',
  '{"access_token":"\\ud800","token_type":"\\u0000"}',
  '{"sub":"\\ud800"}',
  '[]',
  '{"error":"\\ud800"}',
  '<p>',
]
const oddBody = (url: string): string => oddBodies[url.length % oddBodies.length] ?? ''
const defects: string[] = []
let bench: Workbench

beforeAll(async () => {
  const real = createOauthFetch({ now: () => bench.clock.now() })
  bench = await openWorkbench({
    overrides: {
      // Nobody brings the ping back that a test of the redirect waits for.
      desk: {
        scheme: {
          handler: async () => ({ kind: 'none' }),
          register: async () => undefined,
          open: async () => false,
        },
      },
      net: {
        // The playground answers; everybody else says something odd.
        fetch: async (url, options) =>
          url.startsWith(bench.playground.issuer)
            ? real(url, options)
            : new Response(oddBody(url), {
                status: [200, 400, 302, 401][url.length % 4] ?? 200,
                headers: { 'content-type': 'application/json' },
              }),
        send: async ({ url, method }) =>
          ok({
            status: 200,
            statusText: 'O\0K',
            headers: [
              ['x-any', '\ud800'],
              ['location', url],
              ['set-cookie', 'a=\0'],
            ],
            contentType: 'application/json',
            body: new TextEncoder().encode(oddBody(url)),
            wireSize: 1,
            truncated: false,
            url,
            method,
            hops: [],
            tokenSent: false,
            sentHeaders: [['x-any', '\ud800']],
            timing: { waiting: 0, receiving: 0, total: 0 },
          }),
      },
    },
  })
  route({
    handlers: async () => createHandlers(bench.app),
    isTrusted: () => true,
    onDefect: (channel, error) => void defects.push(`${channel}: ${String(error)}`),
  })
})
afterAll(() => bench.close())

const call = (channel: ChannelName, input: unknown) =>
  (listeners.get(channel) as Listener)({ senderFrame: null }, input)
const idsIn = async (channel: ChannelName): Promise<string[]> =>
  [...JSON.stringify(await call(channel, {})).matchAll(/"id":"([0-9a-f-]{36})"/g)].map(([, id = '']) => id)

it('tells half a character from a defect', async () => {
  for (const name of ['\ud800', '\ud801', 'a\udfff'])
    expect(await call('environments:create', { name })).toMatchObject({
      ok: false,
      error: { code: 'text_half_character' },
    })
  expect(defects).toEqual([])
})

it(
  'has a reason for every odd value in every call, and a defect for none',
  { timeout: 120_000 },
  async () => {
    await connectPlayground(bench)
    const ids = new Map<string, string[]>()
    const look = async (): Promise<void> => {
      for (const kind of [
        'connections',
        'accounts',
        'requests',
        'exchanges',
        'environments',
        'flows',
      ] as const)
        ids.set(kind, await idsIn(`${kind}:list`))
      ids.set('users', await idsIn('vault:state'))
    }
    const known: Known = {
      ids: (kind) => (kind === '' ? [...ids.values()].flat() : (ids.get(kind) ?? [])),
      passwords: [password],
    }
    const codes = new Set<string>()
    const order = fc.sample(fc.constantFrom(...channelNames), { numRuns: rounds, seed: 1 })
    for (const [index, channel] of order.entries()) {
      if (index % 25 === 0) await look()
      if (bench.app.sessions.isLocked())
        await call('vault:unlock', { userId: ids.get('users')?.[0], password })
      const [input] = fc.sample(oddArgument(channel, known), { numRuns: 1, seed: index })
      const answer = await call(channel, input)
      codes.add(answer.ok ? 'ok' : answer.error.code)
      expect(defects, `${channel} ${JSON.stringify(input).slice(0, 300)}`).toEqual([])
    }
    // The handlers did run, and had something to say.
    expect(codes.size).toBeGreaterThan(40)
  },
)
