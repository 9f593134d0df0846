import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openWorkbench, type Workbench } from '../../support/workbench.ts'

let bench: Workbench
let server: Server
let folder: string
let asked: string[]
let told: (() => void)[]

beforeEach(async () => {
  asked = []
  told = []
  server = createServer((request, response) => {
    asked.push([request.url, request.headers['x-key'], request.headers['x-from']].join(' ').trimEnd())
    response.setHeader('Content-Type', 'application/json')
    response.end(JSON.stringify({ path: request.url, key: request.headers['x-key'] }))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  folder = mkdtempSync(join(tmpdir(), 'run-'))
  mkdirSync(join(folder, 'orders'))
  const request = (name: string, seq: number, url: string, value: string) =>
    `info:\n  name: ${name}\n  type: http\n  seq: ${seq}\nhttp:\n  method: GET\n  url: ${origin}${url}\n` +
    `runtime:\n  assertions:\n    - expression: res.body.path\n      operator: eq\n      value: ${value}\n`
  writeFileSync(join(folder, 'opencollection.yml'), 'opencollection: 1.0.0\ninfo:\n  name: Shop\n')
  writeFileSync(
    join(folder, 'orders', 'folder.yml'),
    'info:\n  name: Orders\n  type: folder\nrequest:\n  headers:\n    - name: X-Key\n      value: "{{password}}"\n',
  )
  writeFileSync(join(folder, 'orders', 'a.yml'), request('Last', 2, '/last', '/other'))
  writeFileSync(join(folder, 'orders', 'b.yml'), request('First', 1, '/first/{{n}}', '/first/{{n}}'))
  bench = await openWorkbench({
    keyring: 'none',
    playground: { issuer: '', apiBase: '', users: [] },
    overrides: {
      files: { chooseFolder: async () => folder },
      time: {
        after: (milliseconds, then) => {
          const timer = setTimeout(then, milliseconds)
          return () => clearTimeout(timer)
        },
      },
      notices: { changed: (area) => area === 'runs' && told.splice(0).forEach((then) => then()) },
    },
  })
})
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await bench.close()
  rmSync(folder, { recursive: true })
})

it('says before and after that an auth is not sent, the one of a folder too', async () => {
  const { app } = bench
  const plain = (auth: string) =>
    `info:\n  name: R\n  type: http\nhttp:\n  method: GET\n  url: http://127.0.0.1:1\n${auth}`
  mkdirSync(join(folder, 'old', 'own'), { recursive: true })
  const ntlm = (kind: string) => `info:\n  name: F\nrequest:\n  auth:\n    type: ${kind}\n`
  writeFileSync(join(folder, 'old', 'folder.yml'), ntlm('ntlm'))
  writeFileSync(join(folder, 'old', 'own', 'folder.yml'), ntlm('none'))
  const files = {
    'old/inherits.yml': '  auth: inherit\n',
    'old/own.yml': '  auth:\n    type: oauth1\n',
    'old/basic.yml': '  auth:\n    type: basic\n    username: a\n    password: ""\n',
    'old/none.yml': '',
    'old/own/inherits.yml': '  auth: inherit\n',
  }
  for (const [path, auth] of Object.entries(files)) writeFileSync(join(folder, path), plain(auth))
  const opened = await app.collections.open()
  if (!opened.ok || !opened.value) throw new Error('not open')
  const listed = await app.collections.list()
  const items = (listed.ok && listed.value.find(({ id }) => id === opened.value?.id)?.items) || []
  expect(
    items.flatMap(({ path, unsentAuth }) => (unsentAuth === undefined ? [] : [[path, unsentAuth]])),
  ).toEqual([
    ['old/inherits.yml', 'NTLM'],
    ['old/own.yml', 'OAuth 1'],
  ])
  const run = async (callAs: 'own' | null) => {
    const started = await app.runs.start({
      collectionId: opened.value?.id ?? '',
      folder: 'old',
      callAs,
      times: 1,
      stopAtFailure: false,
      delay: 0,
    })
    if (!started.ok) throw new Error('not started')
    const { id } = started.value
    const isOver = () => {
      const view = app.runs.get({ id })
      return !view.ok || view.value.state === 'ended'
    }
    while (!isOver()) await new Promise<void>((done) => told.push(done))
    const rows = app.runs.rows({ id, from: 0, limit: 100, failed: false })
    return rows.ok ? rows.value.map(({ path, unsentAuth }) => [path, unsentAuth]) : []
  }
  expect(await run('own')).toEqual([
    ['old/own/inherits.yml', undefined],
    ['old/basic.yml', undefined],
    ['old/inherits.yml', 'NTLM'],
    ['old/none.yml', undefined],
    ['old/own.yml', 'OAuth 1'],
  ])
  expect((await run(null)).some(([, unsent]) => unsent !== undefined)).toBe(false)
})

it('runs a folder with data, judges its checks, and leaves each exchange in the history without secrets', async () => {
  const { app } = bench
  const opened = await app.collections.open()
  if (!opened.ok || !opened.value) throw new Error('not open')
  const started = await app.runs.start({
    collectionId: opened.value.id,
    folder: 'orders',
    callAs: null,
    times: 1,
    data: { name: 'd.csv', kind: 'csv', text: 'n,password\n1,first-secret-value\n2,second-secret-value\n' },
    stopAtFailure: false,
    delay: 0,
  })
  if (!started.ok) throw new Error(started.error.code)
  const { id } = started.value
  const view = () => {
    const got = app.runs.get({ id })
    if (!got.ok) throw new Error(got.error.code)
    return got.value
  }
  while (view().state === 'running') await new Promise<void>((done) => told.push(done))
  // What is told of is on the disk.
  const file = new SqliteDatabase(join(bench.folder, 'history.db'), { readonly: true })
  expect(file.prepare('SELECT count(*) FROM exchanges').pluck().get()).toBe(4)
  file.close()
  expect(view()).toMatchObject({
    state: 'ended',
    sent: 4,
    passed: 2,
    failed: 2,
    checks: { passed: 2, failed: 2, notJudged: 0 },
  })
  expect(asked).toEqual([
    '/first/1 first-secret-value',
    '/last first-secret-value',
    '/first/2 second-secret-value',
    '/last second-secret-value',
  ])
  const rows = app.runs.rows({ id, from: 0, limit: 10, failed: false })
  if (!rows.ok) throw new Error(rows.error.code)
  expect(rows.value.map(({ name, time, passed, status }) => ({ name, time, passed, status }))).toEqual([
    { name: 'First', time: 1, passed: true, status: 200 },
    { name: 'Last', time: 1, passed: false, status: 200 },
    { name: 'First', time: 2, passed: true, status: 200 },
    { name: 'Last', time: 2, passed: false, status: 200 },
  ])
  for (const { exchangeId } of rows.value) {
    const kept = app.history.get({ id: exchangeId ?? '' })
    if (!kept.ok) throw new Error(kept.error.code)
    expect(kept.value.checks).toHaveLength(1)
    expect(JSON.stringify(kept.value)).not.toMatch(/secret-value/)
  }
})

it('ends with the session', async () => {
  const { app } = bench
  const opened = await app.collections.open()
  if (!opened.ok || !opened.value) throw new Error('not open')
  const plan = { collectionId: opened.value.id, folder: '', callAs: 'own', stopAtFailure: true } as const
  const started = await app.runs.start({ ...plan, times: 10, delay: 600_000 })
  if (!started.ok) throw new Error(started.error.code)
  await app.settle()
  expect(app.runs.get({ id: started.value.id })).toMatchObject({ ok: false })
})

it('sends each request with what its folder passes on, and the row of data before that', async () => {
  const { app } = bench
  writeFileSync(
    join(folder, 'orders', 'folder.yml'),
    'info:\n  name: Orders\n  type: folder\nrequest:\n  headers:\n    - name: X-Key\n      value: "{{password}}"\n    - name: X-From\n      value: "{{shop}}"\n' +
      '  variables:\n    - name: shop\n      value: folder\n    - name: n\n      value: folder\n    - name: password\n      value: own\n',
  )
  const opened = await app.collections.open()
  if (!opened.ok || !opened.value) throw new Error('not open')
  const started = await app.runs.start({
    ...{
      collectionId: opened.value.id,
      folder: 'orders',
      callAs: null,
      times: 1,
      stopAtFailure: false,
      delay: 0,
    },
    data: { name: 'd.csv', kind: 'csv', text: 'n\n1\n' },
  })
  if (!started.ok) throw new Error(started.error.code)
  const { id } = started.value
  const state = () => {
    const got = app.runs.get({ id })
    return got.ok ? got.value.state : got.error.code
  }
  while (state() === 'running') await new Promise<void>((done) => told.push(done))
  expect(asked).toEqual(['/first/1 own folder', '/last own folder'])
})
