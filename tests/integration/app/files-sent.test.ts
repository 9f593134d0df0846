import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ok, type Result } from '../../../src/core/contract/result.ts'
import { filesOfBody } from '../../../src/core/contract/tables/body-kinds.ts'
import { openWorkbench, type Workbench } from '../../support/workbench.ts'

let bench: Workbench
let server: Server
let base: string
let folder: string
let chosen: string[]
let collectionId: string
let seen: { url: string; body: string }[]
let told: (() => void)[]

beforeEach(async () => {
  seen = []
  told = []
  chosen = []
  server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      seen.push({ url: request.url ?? '', body: Buffer.concat(pieces).toString() })
      if (request.url === '/moved') response.writeHead(307, { Location: '/there' })
      response.end('{}')
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  base = mkdtempSync(join(tmpdir(), 'files-'))
  folder = join(base, 'shop')
  for (const name of ['diary.txt', 'letter.txt', 'picked.txt'])
    writeFileSync(join(base, name), `the words of ${name}`)
  mkdirSync(folder)
  put('opencollection.yml', 'opencollection: 1.0.0\ninfo:\n  name: Shop\n')
  put('one.yml', oneFile(`${origin}/moved`, join(base, 'diary.txt')))
  put(
    'form.yml',
    `info:
  name: Form
  type: http
http:
  method: POST
  url: ${origin}/form
  body:
    type: multipart-form
    data:
      - name: both
        type: file
        value: ['{{process.env.BASE}}/{{which}}.txt', '${base}/letter.txt']
      - name: off
        type: file
        value: ['/not/sent']
        disabled: true
runtime:
  variables:
    - name: which
      value: diary
`,
  )
  bench = await openWorkbench({
    overrides: {
      files: { chooseFolder: async () => folder, chooseFiles: async () => chosen },
      desk: {
        computer: {
          environmentValue: (name) => (name === 'BASE' ? base : undefined),
          run: async () => ok(''),
        },
      },
      time: {
        after: (milliseconds, then) => {
          const timer = setTimeout(then, milliseconds)
          return () => clearTimeout(timer)
        },
      },
      notices: { changed: (area) => area === 'runs' && told.splice(0).forEach((then) => then()) },
    },
  })
  collectionId = value(await bench.app.collections.open())?.id ?? ''
  value(await bench.app.collections.list())
})
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await bench.close()
  rmSync(base, { recursive: true })
})

const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const put = (path: string, text: string): void => writeFileSync(join(folder, path), text)
const oneFile = (url: string, path: string): string =>
  `info:\n  name: One\n  type: http\nhttp:\n  method: POST\n  url: ${url}\n  body:\n    type: file\n` +
  `    data:\n      - filePath: ${path}\n        contentType: text/plain\n        selected: true\n`
const draftOf = async (path: string) => value(await bench.app.collections.read({ collectionId, path })).draft
async function send(path: string) {
  const draft = await draftOf(path)
  const sendId = crypto.randomUUID()
  return bench.app.inScope.send({ sendId, draft, file: { collectionId, path } })
}
async function missing(path: string) {
  const { body, variables: own = [] } = await draftOf(path)
  const { missing } = bench.app.collectionScopes
  return value(await missing({ collectionId, path, names: [], files: filesOfBody(body), own })).files
}
async function allow(path: string, one: { file: string; shown: string }) {
  const { variables: own = [] } = await draftOf(path)
  return bench.app.collectionScopes.allowFile({ collectionId, path, own, ...one })
}
const refused = { ok: false, error: { code: 'file_not_allowed' } }

it('sends a file that a folder names only when that was allowed, and asks again for another', async () => {
  const diary = join(base, 'diary.txt')
  expect(await send('one.yml')).toMatchObject(refused)
  expect(seen).toEqual([])
  const asked = await missing('one.yml')
  expect(asked).toEqual([{ file: diary, shown: diary }])
  value(await allow('one.yml', { file: diary, shown: diary }))
  expect(await missing('one.yml')).toEqual([])
  await bench.restart()
  value(await bench.app.collections.list())
  value(await send('one.yml'))
  // A redirect takes the same file along.
  const body = 'the words of diary.txt'
  expect(seen).toEqual([
    { url: '/moved', body },
    { url: '/there', body },
  ])
  const draft = await draftOf('one.yml')
  put('one.yml', oneFile(draft.url, join(base, 'letter.txt')))
  expect(await send('one.yml')).toMatchObject(refused)
  expect(await missing('one.yml')).toHaveLength(1)
  // Another spelling is another path.
  put('one.yml', oneFile(draft.url, join(base, 'shop') + '/../diary.txt'))
  expect(await send('one.yml')).toMatchObject(refused)
  expect(seen).toHaveLength(2)
})

it('looks at what variables in a path stand for, and shows no secret of it', async () => {
  const letter = join(base, 'letter.txt')
  value(bench.app.collectionDefaults.allowName({ collectionId, name: 'BASE' }))
  const answer = await send('form.yml')
  expect(answer).toMatchObject({
    error: { message: expect.stringContaining('<process.env.BASE>/diary.txt') },
  })
  expect(JSON.stringify(answer)).not.toContain(base)
  const named = {
    file: '{{process.env.BASE}}/{{which}}.txt',
    shown: '<process.env.BASE>/diary.txt',
  }
  expect(await missing('form.yml')).toEqual([named, { file: letter, shown: letter }])
  expect(await allow('form.yml', { ...named, shown: '<process.env.BASE>/other.txt' })).toMatchObject({
    error: { code: 'collection_changed' },
  })
  value(await allow('form.yml', named))
  expect(await send('form.yml')).toMatchObject(refused)
  value(await allow('form.yml', { file: letter, shown: letter }))
  value(await send('form.yml'))
  expect(seen).toHaveLength(1)
  expect(seen[0]?.body).toContain('the words of diary.txt')
  expect(seen[0]?.body).toContain('the words of letter.txt')
  // What is allowed is the path, not the words for it.
  const text = readFileSync(join(folder, 'form.yml'), 'utf8')
  put('form.yml', text.replace('value: diary', 'value: picked'))
  expect(await send('form.yml')).toMatchObject(refused)
  expect(seen).toHaveLength(1)
})

it('sends files of the folder itself by paths from there, and others of such paths only when allowed', async () => {
  const { url } = await draftOf('one.yml')
  mkdirSync(join(folder, 'files'))
  put('files/own.txt', 'its own words')
  put('.env', 'KEY=secret')
  symlinkSync(join(base, 'diary.txt'), join(folder, 'files/link.txt'))
  put('one.yml', oneFile(url, 'files/own.txt'))
  expect(await missing('one.yml')).toEqual([])
  value(await send('one.yml'))
  expect(seen[0]?.body).toBe('its own words')
  for (const [path, whole] of [
    ['../diary.txt', join(base, 'diary.txt')],
    ['files/../../letter.txt', join(base, 'letter.txt')],
    ['files/link.txt', join(folder, 'files/link.txt')],
    ['.env', join(folder, '.env')],
    ['files/none.txt', join(folder, 'files/none.txt')],
  ] as const) {
    put('one.yml', oneFile(url, path))
    expect(await send('one.yml'), path).toMatchObject(refused)
    expect(await missing('one.yml'), path).toEqual([{ file: path, shown: whole }])
  }
  const before = seen.length
  put('one.yml', oneFile(url, '../diary.txt'))
  value(await allow('one.yml', { file: '../diary.txt', shown: join(base, 'diary.txt') }))
  value(await send('one.yml'))
  expect(seen[before]?.body).toBe('the words of diary.txt')
})

it('answers what is picked in the folder by its path from there', async () => {
  mkdirSync(join(folder, 'files'))
  put('files/own.txt', 'x')
  chosen = [join(folder, 'files/own.txt'), join(base, 'picked.txt')]
  const { paths } = value(await bench.app.chooseBodyFiles({ several: true, collectionId }))
  expect(paths).toEqual(['files/own.txt', join(base, 'picked.txt')])
})

it('offers nothing for a path that is another each time, or not known', async () => {
  const { url } = await draftOf('one.yml')
  for (const path of ['"/tmp/{{$uuid}}"', '"/tmp/{{process.env.BASE}}"', '"{{nowhere}}"']) {
    put('one.yml', oneFile(url, path))
    expect(await missing('one.yml')).toEqual([])
    expect(await send('one.yml')).toMatchObject({ ok: false })
  }
  expect(seen).toEqual([])
})

it('takes it as allowed when the user picks the file, for that collection', async () => {
  const picked = join(base, 'picked.txt')
  chosen = [picked]
  const file = { collectionId, path: 'one.yml' }
  const draft = {
    ...(await draftOf('one.yml')),
    body: { kind: 'file', path: picked, contentType: '' } as const,
  }
  const sending = () => bench.app.inScope.send({ sendId: crypto.randomUUID(), draft, file })
  expect(value(await bench.app.chooseBodyFiles({ several: false })).paths).toEqual([picked])
  expect(await sending()).toMatchObject(refused)
  expect(await bench.app.chooseBodyFiles({ several: false, collectionId: 'other' })).toMatchObject({
    ok: false,
  })
  value(await bench.app.chooseBodyFiles({ several: false, collectionId }))
  value(await sending())
  expect(seen[0]?.body).toBe('the words of picked.txt')
})

it('asks for those of requests outside of collections too, which may have come with an import', async () => {
  const draft = await draftOf('one.yml')
  const diary = join(base, 'diary.txt')
  const { draftFiles } = bench.app
  const sending = () => bench.app.inScope.send({ sendId: crypto.randomUUID(), draft })
  expect(await sending()).toMatchObject(refused)
  const one = { file: diary, shown: diary }
  const asked = () => value(draftFiles.toAllow({ files: filesOfBody(draft.body), own: [] }))
  expect(asked()).toEqual([one])
  expect(draftFiles.allow({ ...one, shown: '/another', own: [] })).toMatchObject({
    error: { code: 'collection_changed' },
  })
  expect(seen).toEqual([])
  value(draftFiles.allow({ ...one, own: [] }))
  expect(asked()).toEqual([])
  await bench.restart()
  value(await sending())
  // What is picked is allowed, and what the collection may send is its own affair.
  chosen = [join(base, 'picked.txt')]
  value(await bench.app.chooseBodyFiles({ several: false }))
  const body = { kind: 'file', path: chosen[0] ?? '', contentType: '' } as const
  const sendId = crypto.randomUUID()
  value(await bench.app.inScope.send({ sendId, draft: { ...draft, body } }))
  expect(seen.map(({ body: text }) => text)).toContain('the words of picked.txt')
  value(await bench.app.collections.list())
  expect(await send('one.yml')).toMatchObject(refused)
})

it('is asked for by a run of a folder as well', async () => {
  async function run() {
    const plan = {
      collectionId,
      folder: '',
      callAs: null,
      times: 1,
      stopAtFailure: false,
      delay: 0,
    }
    const { id } = value(await bench.app.runs.start(plan))
    const view = () => value(bench.app.runs.get({ id }))
    while (view().state === 'running') await new Promise<void>((done) => told.push(done))
    return JSON.stringify(value(bench.app.runs.rows({ id, from: 0, limit: 10, failed: false })))
  }
  rmSync(join(folder, 'form.yml'))
  value(await bench.app.collections.refresh({ id: collectionId }))
  expect(await run()).toContain('have not allowed')
  expect(seen).toEqual([])
  const diary = join(base, 'diary.txt')
  value(await allow('one.yml', { file: diary, shown: diary }))
  await run()
  expect(seen.map(({ url }) => url)).toEqual(['/moved', '/there'])
})
