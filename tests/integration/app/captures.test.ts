import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Result } from '../../../src/core/contract/result.ts'
import type { RunPlan } from '../../../src/core/contract/sending/runs.ts'
import { scanForSecrets } from '../../support/scan.ts'
import { openWorkbench, type Workbench } from '../../support/workbench.ts'

const handedOut = 'opaque-s3ssion-9f2b7c'
let bench: Workbench
let folder: string
let server: Server
let origin: string
let collectionId: string
let seen: { url: string; key: string | undefined }[]

/** The responses have nothing to be captured. */
let empty: boolean
/** In the place of the usual response. */
let answered: object | undefined

beforeEach(async () => {
  seen = []
  empty = false
  answered = undefined
  server = createServer((request, response) => {
    const { url = '' } = request
    seen.push({ url, key: request.headers['x-key']?.toString() })
    response.setHeader('Content-Type', 'application/json')
    if (url === '/empty' || empty) return response.end('{}')
    if (answered && url === '/make') return response.end(JSON.stringify(answered))
    if (url === '/long')
      return response.end(JSON.stringify({ filler: 'x'.repeat(3_000_000), last: 9, access_token: handedOut }))
    response.setHeader('Location', '/orders/7')
    return response.end(JSON.stringify({ id: 9007199254740993n.toString(), access_token: handedOut }))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  folder = join(mkdtempSync(join(tmpdir(), 'captures-')), 'shop')
  const action = (name: string, expression: string, scope: string): string =>
    `    - type: set-variable\n      phase: after-response\n      selector: {expression: '${expression}', method: jsonq}\n      variable: {name: ${name}, scope: ${scope}}\n`
  const request = (name: string, seq: number, url: string, rest = ''): string =>
    `info:\n  name: ${name}\n  type: http\n  seq: ${seq}\nhttp:\n  method: GET\n  url: ${origin}${url}\n${rest}`
  const files: Record<string, string> = {
    'opencollection.yml': 'opencollection: 1.0.0\ninfo:\n  name: Shop\n',
    'environments/dev.yml': 'name: Dev\nvariables:\n  - name: a\n    value: b\n',
    'environments/prod.yml': 'name: Prod\nvariables:\n  - name: a\n    value: c\n',
    'orders/1.yml': request(
      'Make',
      1,
      '/make',
      `runtime:\n  actions:\n${action('orderId', 'res.body.id', 'folder')}${action('where', 'res.headers.location', 'runtime')}${action('pass', 'res.body.access_token', 'environment')}`,
    ),
    'orders/2.yml': request('Look', 2, '{{where}}/{{orderId}}', ''),
    'orders/3.yml': `info:\n  name: Key\n  type: http\n  seq: 3\nhttp:\n  method: GET\n  url: ${origin}/key\n  headers:\n    - name: X-Key\n      value: "{{pass}}"\n`,
    'elsewhere.yml': request('Elsewhere', 1, '/{{orderId}}'),
    'alone/empty.yml': request(
      'Empty',
      2,
      '/empty',
      `runtime:\n  actions:\n${action('orderId', 'res.body.id', 'runtime')}`,
    ),
    'long.yml': request(
      'Long',
      3,
      '/long',
      `runtime:\n  actions:\n${action('last', 'res.body.last', 'collection')}${action('key', 'res.body.access_token', 'collection')}`,
    ),
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  bench = await openWorkbench({
    playground: { issuer: '', apiBase: '', users: [] },
    overrides: { files: { chooseFolder: async () => folder } },
  })
  collectionId = value(await bench.app.collections.open())?.id ?? ''
  value(await bench.app.collections.list())
})
afterEach(async () => {
  await bench.close()
  rmSync(dirname(folder), { recursive: true })
  server.closeAllConnections()
  server.close()
})

const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
async function send(path: string) {
  const { draft } = value(await bench.app.collections.read({ collectionId, path }))
  return bench.app.inScope.send({ sendId: crypto.randomUUID(), draft, file: { collectionId, path } })
}
/** Runs a folder to its end. */
async function run(plan: Pick<RunPlan, 'folder' | 'stopAtFailure'>) {
  const { id } = value(
    await bench.app.runs.start({ collectionId, callAs: 'own', times: 1, delay: 0, ...plan }),
  )
  for (;;) {
    const view = value(bench.app.runs.get({ id }))
    if (view.state !== 'running')
      return { view, all: value(bench.app.runs.rows({ id, from: 0, limit: 50, failed: false })) }
    await new Promise((done) => setImmediate(done))
  }
}
const use = (path: string): unknown =>
  value(bench.app.collectionDefaults.useEnvironment({ collectionId, path }))
const variables = async (path: string) =>
  value(await bench.app.collectionScopes.view({ collectionId, path })).variables

describe('values captured from a response', () => {
  it('are there for the next request, each where it holds, and through a restart', async () => {
    use('environments/dev.yml')
    const made = value(await send('orders/1.yml'))
    expect(made.captures).toEqual([
      {
        name: 'orderId',
        expression: 'res.body.id',
        scope: 'folder',
        outcome: 'captured',
        value: '9007199254740993',
      },
      expect.objectContaining({ name: 'where', value: '/orders/7' }),
      {
        name: 'pass',
        expression: 'res.body.access_token',
        scope: 'environment',
        outcome: 'captured',
        secret: true,
      },
    ])
    const kept = bench.app.history.get({ id: made.id })
    expect(kept.ok && kept.value.captures).toEqual(made.captures)
    await bench.restart()
    value(await bench.app.collections.list())
    value(await send('orders/2.yml'))
    const keyed = value(await send('orders/3.yml'))
    expect(seen.slice(1)).toEqual([
      { url: '/orders/7/9007199254740993', key: undefined },
      { url: '/key', key: handedOut },
    ])
    expect(JSON.stringify(keyed)).not.toContain(handedOut)
    // Out of the folder, and in another environment, they are not.
    expect(await send('elsewhere.yml')).toMatchObject({ error: { code: 'variable_unknown' } })
    use('environments/prod.yml')
    expect(await send('orders/3.yml')).toMatchObject({ error: { code: 'variable_unknown' } })
    expect(await variables('orders/2.yml')).toMatchObject([
      { name: 'where', from: 'an earlier response', value: '/orders/7' },
      { name: 'orderId', from: 'an earlier response, for folder orders' },
      { name: 'a', from: 'environment Prod' },
    ])
    value(bench.app.captured.forget({ collectionId }))
    expect(await variables('orders/2.yml')).toMatchObject([{ name: 'a' }])
  })

  it('go into the bin when they are forgotten, sealed, and come back but for newer ones', async () => {
    use('environments/dev.yml')
    value(await send('orders/1.yml'))
    const before = await variables('orders/3.yml')
    value(bench.app.captured.forget({ collectionId }))
    expect(value(bench.app.bin.list())).toMatchObject([
      { kind: 'captured', name: '3 captured values', detail: 'Shop' },
    ])
    expect(await send('orders/3.yml')).toMatchObject({ error: { code: 'variable_unknown' } })
    expect(await scanForSecrets(bench.folder, { handedOut })).toEqual([])
    const restoreNewest = () => value(bench.app.bin.restore({ id: bench.deleted.at(-1)?.id ?? '' }))
    restoreNewest()
    expect(await variables('orders/3.yml')).toEqual(before)
    value(await send('orders/3.yml'))
    expect(seen.at(-1)).toEqual({ url: '/key', key: handedOut })
    value(bench.app.captured.forget({ collectionId }))
    answered = { id: '8' }
    value(await send('orders/1.yml'))
    restoreNewest()
    expect(await variables('orders/2.yml')).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: 'orderId', value: '8' })]),
    )
    value(await send('orders/3.yml'))
    expect(seen.at(-1)?.key).toBe(handedOut)
    // A second time there is something; with nothing captured, nothing is told.
    value(bench.app.captured.forget({ collectionId }))
    const told = bench.deleted.length
    value(bench.app.captured.forget({ collectionId }))
    expect(bench.deleted).toHaveLength(told)
    value(bench.app.bin.empty())
    expect(await variables('orders/2.yml')).toMatchObject([{ name: 'a' }])
  })

  it('are found in a long body, its secrets included', async () => {
    const { captures, response } = value(await send('long.yml'))
    expect(response?.bodySize).toBeGreaterThan(3_000_000)
    expect(captures).toMatchObject([
      { name: 'last', outcome: 'captured', value: '9' },
      { name: 'key', outcome: 'captured', secret: true },
    ])
    expect(await variables('alone/empty.yml')).toMatchObject([
      { name: 'last', value: '9', from: 'an earlier response, for the collection' },
      { name: 'key', secret: true },
    ])
    const { draft } = value(await bench.app.collections.read({ collectionId, path: 'orders/3.yml' }))
    const headers = [{ name: 'X-Key', value: '{{key}}', enabled: true }]
    value(
      await bench.app.inScope.send({
        sendId: crypto.randomUUID(),
        draft: { ...draft, headers },
        file: { collectionId, path: 'orders/3.yml' },
      }),
    )
    expect(seen.at(-1)?.key).toBe(handedOut)
  })

  it('lie nowhere in the open where they are secret', async () => {
    use('environments/dev.yml')
    value(await send('orders/1.yml'))
    value(await send('orders/3.yml'))
    value(await send('long.yml'))
    expect(await scanForSecrets(bench.folder, { handedOut })).toEqual([])
    expect(await scanForSecrets(folder, { handedOut })).toEqual([])
  })

  it('that are not found are said, and an earlier value stays', async () => {
    value(await send('orders/1.yml'))
    const { captures } = value(await send('alone/empty.yml'))
    expect(captures).toEqual([
      {
        name: 'orderId',
        expression: 'res.body.id',
        scope: 'runtime',
        outcome: 'missing',
        reason: 'The response has nothing at res.body.id.',
      },
    ])
    // The one of the folder is another.
    expect(await variables('orders/2.yml')).toContainEqual(
      expect.objectContaining({ name: 'orderId', value: '9007199254740993' }),
    )
  })

  it('that stay of before are marked wherever they are used, and a run counts them', async () => {
    use('environments/dev.yml')
    value(await send('orders/1.yml'))
    empty = true
    const { captures } = value(await send('orders/1.yml'))
    expect(captures?.map(({ outcome, stale }) => [outcome, stale])).toEqual([
      ['missing', true],
      ['missing', true],
      ['missing', true],
    ])
    expect(await variables('orders/2.yml')).toMatchObject([
      { name: 'where', from: 'an earlier response, not the last', value: '/orders/7' },
      { name: 'orderId', from: 'an earlier response, not the last, for folder orders' },
      { name: 'pass', from: 'an earlier response, not the last, for the environment' },
      { name: 'a' },
    ])
    const missing = value(
      await bench.app.collectionScopes.missing({
        collectionId,
        path: 'orders/2.yml',
        names: ['where'],
        files: [],
        own: [],
      }),
    )
    expect(missing).toMatchObject({ unknown: [], stale: ['where'] })
    const rows = await run({ folder: 'orders', stopAtFailure: false })
    expect(rows.view).toMatchObject({ passed: 2, failed: 1, notCaptured: 3 })
    expect(rows.all.map(({ name, stale }) => [name, stale])).toEqual([
      ['Make', undefined],
      ['Look', ['orderId', 'where']],
      ['Key', ['pass']],
    ])
    empty = false
    expect((await run({ folder: 'orders', stopAtFailure: false })).all.some(({ stale }) => stale)).toBe(false)
  })

  it('are captured in the order of a run, which fails where one is missing', async () => {
    use('environments/dev.yml')
    expect((await run({ folder: 'orders', stopAtFailure: true })).view.state).toBe('ended')
    expect(seen.map(({ url }) => url)).toEqual(['/make', '/orders/7/9007199254740993', '/key'])
    expect(seen.at(-1)?.key).toBe(handedOut)
    const alone = await run({ folder: 'alone', stopAtFailure: true })
    expect(alone.all).toMatchObject([
      {
        name: 'Empty',
        status: 200,
        failure: {
          code: 'capture_missing',
          message: '“orderId” was not captured. The response has nothing at res.body.id.',
        },
      },
    ])
  })
})
