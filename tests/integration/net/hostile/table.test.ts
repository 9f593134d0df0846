import { getEventListeners } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, describe, expect, it } from 'vitest'
import { createOauthFetch } from '../../../../src/node/net/fetch.ts'
import { createRequestEngine } from '../../../../src/node/net/send.ts'
import type { Act } from './acts.ts'
import { floodActs } from './floods.ts'
import { malformedActs } from './malformed.ts'
import { phaseActs } from './phases.ts'
import { redirectActs } from './redirects.ts'

const acts = [...phaseActs, ...floodActs, ...malformedActs, ...redirectActs]
const limits = { bodyBytes: 1_000_000, pause: 4_000, total: 12_000 }
/** Milliseconds beyond the total limit: for the machine, not for the server. */
const slack = 3_000
const lanes = 24

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const warnings: string[] = []
function onWarning({ name, message }: Error) {
  warnings.push(`${name}: ${message}`)
}
process.on('warning', onWarning)
afterAll(() => process.off('warning', onWarning))

/** What came of one exchange. */
interface Outcome {
  act: Act
  code: string
  took: number
  listeners: number
  bytes: number
}

/** A server that plays one act, and knows which of its connections are open. */
async function stage(act: Act) {
  const sockets = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket))
    socket.on('end', () => socket.end())
    if (act.at === 'connect') {
      socket.resume()
      act.play(socket, '')
    } else {
      socket.on('data', (head: Buffer) => {
        const path = /^[A-Z]+ (\S+) HTTP/.exec(head.toString('latin1'))?.[1]
        if (path !== undefined) act.play(socket, path)
      })
    }
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    /** Resolves when every connection has been closed by the other side. */
    left: () => Promise.all([...sockets].map((socket) => new Promise((done) => socket.once('close', done)))),
    close: () => new Promise((done) => server.close(done)),
  }
}

async function viaEngine(act: Act, url: string, signal: AbortSignal) {
  const engine = createRequestEngine()
  const body = act.method === 'POST' ? { body: new TextEncoder().encode('x') } : {}
  try {
    const result = await engine.send(
      { method: act.method ?? 'GET', url, headers: [], ...body },
      { signal, limits },
    )
    if (!result.ok) return { code: result.error.code, bytes: 0 }
    const { problem, truncated, body: got } = result.value
    return { code: problem?.code ?? (truncated ? 'cut off' : 'ok'), bytes: got.byteLength }
  } finally {
    await engine.close()
  }
}

async function viaOauth(act: Act, url: string, signal: AbortSignal) {
  const fetch = createOauthFetch({
    now: () => performance.now(),
    limits: { bytes: limits.bodyBytes, pause: limits.pause, total: limits.total },
  })
  try {
    const response = await fetch(url, { method: act.method ?? 'GET', signal })
    return { code: 'ok', bytes: (await response.arrayBuffer()).byteLength }
  } catch (thrown) {
    const { failure } = thrown as { failure?: { code: string } }
    return { code: failure?.code ?? `a defect: ${String(thrown)}`, bytes: 0 }
  } finally {
    await fetch.close()
  }
}

async function perform(act: Act, via: typeof viaEngine): Promise<Outcome> {
  const { url, left, close } = await stage(act)
  const { signal } = new AbortController()
  const began = performance.now()
  const { code, bytes } = await via(act, url, signal)
  const took = performance.now() - began
  await left()
  await close()
  return { act, code, bytes, took, listeners: getEventListeners(signal, 'abort').length }
}

async function performAll(via: typeof viaEngine): Promise<Outcome[]> {
  const waiting = [...acts]
  const outcomes: Outcome[] = []
  async function lane(): Promise<void> {
    for (let act = waiting.shift(); act !== undefined; act = waiting.shift())
      outcomes.push(await perform(act, via))
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return outcomes
}

/** Megabytes that are held when everything that was let go has been collected. */
async function held(): Promise<number> {
  for (let turn = 0; turn < 5; turn += 1) {
    await setImmediate()
    collect()
  }
  const { heapUsed, external } = process.memoryUsage()
  return (heapUsed + external) / 1_048_576
}

/** What the OAuth fetch calls what the request engine calls otherwise. */
const oauthNames: Record<string, string> = {
  http_timeout: 'network_timeout',
  http_encoding_broken: 'network_encoding_broken',
  'cut off': 'network_too_large',
  http_too_many_redirects: 'ok',
  http_too_many_headers: 'ok',
}

describe('hostile exchanges', () => {
  it('are at least 110, each of its own', () => {
    expect(new Set(acts.map(({ name }) => name)).size).toBe(acts.length)
    expect(acts.length).toBeGreaterThanOrEqual(110)
  })

  it.each([
    ['the request engine', viaEngine, ({ ends }: Act) => [ends].flat()],
    [
      'the OAuth fetch',
      viaOauth,
      ({ ends, oauth }: Act) =>
        oauth === undefined ? [ends].flat().map((code) => oauthNames[code] ?? code) : [oauth],
    ],
  ])(
    'each ends in time with a clear result, and leaves nothing: %s',
    async (_name, via, expected) => {
      const outcomes = await performAll(via)
      const wrong = outcomes.filter(({ act, code }) => !expected(act).includes(code))
      expect(wrong.map(({ act, code }) => `${act.name}: ${code}`)).toEqual([])
      expect(outcomes.filter(({ took }) => took > limits.total + slack).map(({ act }) => act.name)).toEqual(
        [],
      )
      expect(outcomes.filter(({ listeners }) => listeners > 0).map(({ act }) => act.name)).toEqual([])
      expect(outcomes.filter(({ bytes }) => bytes > limits.bodyBytes).map(({ act }) => act.name)).toEqual([])
      const before = await held()
      await performAll(via)
      expect((await held()) - before).toBeLessThan(8)
      expect(
        process.getActiveResourcesInfo().filter((kind) => /^(TCP(Socket|Server)Wrap|Zlib)/.test(kind)),
      ).toEqual([])
      expect(warnings).toEqual([])
    },
    240_000,
  )
})
