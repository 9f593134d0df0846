import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CollectionRequest } from '../../../src/core/contract/collections.ts'
import { ok, type Result } from '../../../src/core/contract/result.ts'
import { scanForSecrets } from '../../support/scan.ts'
import { openWorkbench, type Workbench } from '../../support/workbench.ts'

let bench: Workbench
let folder: string
let server: Server
let origin: string
let collectionId: string
let ran: string[][]
let seen: {
  method: string
  url: string
  headers: Record<string, string | string[] | undefined>
  body: string
}[]
const computerKey = 'c0mputer-key-9f2'

const files: Record<string, string> = {
  'opencollection.yml': `opencollection: 1.0.0
info:
  name: Shop
request:
  headers:
    - name: X-Team
      value: red
    - name: X-From
      value: "{{place}}"
  variables:
    - name: place
      value: collection
    - name: only
      value: collection {{envName}}
extensions:
  gatehouse:
    commands:
      - name: fromManager
        command: [manager, read, "shop/key"]
`,
  'orders/folder.yml': `info:
  name: Orders
request:
  headers:
    - name: x-team
      value: blue
  variables:
    - name: place
      value: folder
  settings:
    http:
      maxRedirects: 0
`,
  'orders/one.yml': `info:
  name: One
  type: http
http:
  method: POST
  url: /orders/:id?only={{only}}
  params:
    - name: id
      value: "{{orderId}}"
      type: path
  headers:
    - name: X-Own
      value: "{{own}}"
  body:
    type: json
    data: '{"place":"{{place}}","id":"{{$uuid}}"}'
runtime:
  variables:
    - name: own
      value: "{{place}}/request"
    - name: orderId
      value: a/b
`,
  'secret.yml': `info:
  name: Secret
  type: http
http:
  method: GET
  url: /secret
  headers:
    - name: X-Key
      value: "{{apiKey}}"
    - name: X-File
      value: "{{process.env.SHOP_FILE}}"
    - name: X-Computer
      value: "{{process.env.SHOP_KEY}}"
    - name: X-Manager
      value: "{{fromManager}}"
`,
  'environments/dev.yml': `name: Dev
variables:
  - name: envName
    value: dev
  - secret: true
    name: apiKey
`,
  'environments/prod.yml': `name: Prod
extends: Dev
variables:
  - name: envName
    value: prod
`,
  '.env': '# mine\nSHOP_FILE="from the file"\n',
}

beforeEach(async () => {
  seen = []
  ran = []
  server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      seen.push({ method, url, headers, body: Buffer.concat(pieces).toString() })
      if (url.startsWith('/orders/')) response.writeHead(302, { Location: '/elsewhere' })
      response.end(JSON.stringify(headers))
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  folder = join(mkdtempSync(join(tmpdir(), 'scope-')), 'shop')
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const base = readFileSync(join(folder, 'opencollection.yml'), 'utf8')
  writeFileSync(
    join(folder, 'opencollection.yml'),
    base.replace('  variables:\n', `  variables:\n    - name: baseUrl\n      value: ${origin}\n`),
  )
  bench = await openWorkbench({
    overrides: {
      files: { chooseFolder: async () => folder },
      desk: {
        computer: {
          environmentValue: (name) => (name === 'SHOP_KEY' ? computerKey : undefined),
          run: async (command): Promise<Result<string>> => {
            ran.push([...command])
            return ok('fr0m-the-manager')
          },
        },
      },
    },
  })
  const opened = value(await bench.app.collections.open())
  collectionId = opened?.id ?? ''
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
const read = async (path: string): Promise<CollectionRequest> =>
  value(await bench.app.collections.read({ collectionId, path }))
async function send(path: string) {
  const { draft } = await read(path)
  return bench.app.inScope.send({
    sendId: crypto.randomUUID(),
    draft,
    file: { collectionId, path },
  })
}
const use = (path: string | null): unknown =>
  value(bench.app.collectionDefaults.useEnvironment({ collectionId, path }))
const missing = async (path: string, names: string[]) =>
  value(await bench.app.collectionScopes.missing({ collectionId, path, names, files: [], own: [] }))

describe('a request in a folder', () => {
  it('is sent with what folder and collection add, the nearest of each', async () => {
    expect(await send('orders/one.yml')).toMatchObject({
      error: { code: 'variable_unknown', message: expect.stringContaining('{{envName}}') },
    })
    use('environments/prod.yml')
    const exchange = value(await send('orders/one.yml'))
    expect(exchange.response?.status).toBe(302)
    const [first] = seen
    expect(first).toMatchObject({
      method: 'POST',
      url: '/orders/a%2Fb?only=collection%20prod',
      headers: { 'x-team': 'blue', 'x-from': 'folder', 'x-own': 'folder/request' },
    })
    expect(seen).toHaveLength(1)
    expect(JSON.parse(first?.body ?? '')).toMatchObject({
      place: 'folder',
      id: expect.stringMatching(/^[\da-f-]{36}$/),
    })
    expect((await read('orders/one.yml')).kept).toEqual([])
  })

  it('calls as its folder or collection says where it inherits that', async () => {
    const root = join(folder, 'opencollection.yml')
    const auth = '  auth:\n    type: bearer\n    token: "{{place}}-t0ken"\n'
    writeFileSync(root, readFileSync(root, 'utf8').replace('request:\n', `request:\n${auth}`))
    const { draft } = await read('orders/one.yml')
    const place = { collectionId, path: 'orders/one.yml' }
    use('environments/prod.yml')
    const sendId = crypto.randomUUID()
    value(
      await bench.app.inScope.send({ sendId, draft: { ...draft, auth: { kind: 'inherit' } }, file: place }),
    )
    value(await bench.app.inScope.send({ sendId, draft, file: place }))
    expect(seen.map(({ headers }) => headers['authorization'])).toEqual(['Bearer folder-t0ken', undefined])
    const view = value(await bench.app.collectionScopes.view(place))
    expect(view.auth).toEqual({
      called: 'Bearer token',
      from: 'collection Shop',
      sent: true,
      names: ['place'],
    })
    const file = join(folder, 'orders/folder.yml')
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('request:\n', 'request:\n  auth:\n    type: none\n'),
    )
    expect(value(await bench.app.collectionScopes.view(place)).auth).toMatchObject({
      called: 'No auth',
      sent: false,
    })
  })

  it('shows where each of that is from', async () => {
    use('environments/dev.yml')
    const view = value(await bench.app.collectionScopes.view({ collectionId, path: 'orders/one.yml' }))
    expect(view.headers).toEqual([
      { name: 'X-From', value: '{{place}}', enabled: true, from: 'collection Shop' },
      { name: 'x-team', value: 'blue', enabled: true, from: 'folder Orders' },
    ])
    expect(view.variables).toContainEqual({
      name: 'place',
      secret: false,
      value: 'folder',
      from: 'folder Orders',
    })
    expect(view.variables).toContainEqual({ name: 'apiKey', secret: true, from: 'environment Dev' })
    expect(view.variables).toContainEqual({ name: 'process.env.SHOP_FILE', secret: true, from: '.env' })
    expect(view.variables).toContainEqual({ name: 'fromManager', secret: true, from: 'a command' })
    expect(view.settings).toEqual([{ name: 'maxRedirects', text: 'at most 0', from: 'folder Orders' }])
    expect(view.environments.map(({ name }) => name)).toEqual(['Dev', 'Prod'])
    expect(view.environment).toBe('environments/dev.yml')
    expect(view.faults).toEqual([])
  })

  it('copies a command with all of it, and placeholders for secrets', async () => {
    use('environments/prod.yml')
    value(
      bench.app.collectionDefaults.enterSecret({
        collectionId,
        file: 'environments/dev.yml',
        name: 'apiKey',
        value: 'enter3d-once',
      }),
    )
    value(bench.app.collectionDefaults.allowName({ collectionId, name: 'SHOP_KEY' }))
    value(
      await bench.app.collectionDefaults.allowCommand({
        collectionId,
        name: 'fromManager',
        command: ['manager', 'read', 'shop/key'],
      }),
    )
    const { draft } = await read('secret.yml')
    value(await bench.app.inScope.copyCurl({ draft, file: { collectionId, path: 'secret.yml' } }))
    expect(bench.copied.at(-1)).toContain(`${origin}/secret`)
    expect(bench.copied.at(-1)).toContain('<apiKey>')
    expect(bench.copied.at(-1)).not.toMatch(/enter3d-once|c0mputer|fr0m-the/)
  })
})

describe('the auth and the settings of a folder', () => {
  const place = (): { collectionId: string; path: string } => ({ collectionId, path: 'orders' })
  it('are changed in its file, and a secret of them stays in the vault', async () => {
    const { app } = bench
    use('environments/prod.yml')
    const before = value(await app.collectionDefaults.read(place()))
    expect(before).toMatchObject({ auth: { kind: 'inherit' }, entered: [], settings: { maxRedirects: 0 } })
    const { headers, variables, version } = before
    const saved = value(
      await app.collectionDefaults.save({
        ...place(),
        headers,
        variables,
        version,
        auth: { kind: 'basic', username: 'ann', password: 'f0lder-pass' },
        settings: { maxRedirects: 2 },
      }),
    )
    expect(saved).toMatchObject({
      auth: { kind: 'basic', username: 'ann', password: '' },
      entered: ['password'],
      settings: { maxRedirects: 2 },
    })
    const text = readFileSync(join(folder, 'orders/folder.yml'), 'utf8')
    expect(text).toContain('maxRedirects: 2')
    expect(text).toContain('username: ann')
    const { draft } = await read('orders/one.yml')
    const sendId = crypto.randomUUID()
    const file = { collectionId, path: 'orders/one.yml' }
    const exchange = value(
      await app.inScope.send({ sendId, draft: { ...draft, auth: { kind: 'inherit' } }, file }),
    )
    expect(seen[0]?.headers['authorization']).toBe(
      `Basic ${Buffer.from('ann:f0lder-pass').toString('base64')}`,
    )
    expect(JSON.stringify(exchange)).not.toContain('f0lder-pass')
    for (const where of [folder, bench.folder])
      expect(await scanForSecrets(where, { password: 'f0lder-pass' })).toEqual([])
    expect(
      await app.collectionDefaults.save({
        ...place(),
        headers,
        variables,
        version: saved.version,
        auth: { kind: 'bearer', token: 'abc' },
      }),
    ).toMatchObject({ error: { code: 'variable_secret_short' } })
  })
})

describe('values that are in no file', () => {
  it('are asked for once, and remembered through a restart, and lie nowhere in the open', async () => {
    use('environments/dev.yml')
    const names = [
      'apiKey',
      'process.env.SHOP_FILE',
      'process.env.SHOP_KEY',
      'process.env.NOT_SET',
      'fromManager',
      'only',
      'x',
      '$uuid',
    ]
    const before = await missing('secret.yml', names)
    expect(before).toEqual({
      unknown: ['x', 'process.env.NOT_SET'],
      stale: [],
      secrets: [{ name: 'apiKey', file: 'environments/dev.yml', from: 'environment Dev' }],
      environment: ['SHOP_KEY'],
      commands: [{ name: 'fromManager', command: ['manager', 'read', 'shop/key'] }],
      files: [],
    })
    expect(await send('secret.yml')).toMatchObject({ error: { code: 'variable_not_entered' } })
    const { enterSecret, allowName, allowCommand } = bench.app.collectionDefaults
    expect(
      enterSecret({ collectionId, file: 'environments/dev.yml', name: 'apiKey', value: 'abc' }),
    ).toMatchObject({
      error: { code: 'variable_secret_short' },
    })
    value(enterSecret({ collectionId, file: 'environments/dev.yml', name: 'apiKey', value: 'enter3d-once' }))
    expect(await send('secret.yml')).toMatchObject({ error: { code: 'variable_not_allowed' } })
    expect([ran, seen]).toEqual([[], []])
    value(allowName({ collectionId, name: 'SHOP_KEY' }))
    expect(
      await allowCommand({ collectionId, name: 'fromManager', command: ['manager', 'other'] }),
    ).toMatchObject({
      error: { code: 'collection_changed' },
    })
    value(await allowCommand({ collectionId, name: 'fromManager', command: ['manager', 'read', 'shop/key'] }))
    await bench.restart()
    value(await bench.app.collections.list())
    expect(await missing('secret.yml', names)).toMatchObject({ secrets: [], environment: [], commands: [] })
    const exchange = value(await send('secret.yml'))
    expect(seen[0]?.headers).toMatchObject({
      'x-key': 'enter3d-once',
      'x-file': 'from the file',
      'x-computer': computerKey,
      'x-manager': 'fr0m-the-manager',
    })
    value(await send('secret.yml'))
    // What it said is used again for a while.
    expect(ran).toEqual([['manager', 'read', 'shop/key']])
    const secrets = ['enter3d-once', 'fr0m-the-manager', computerKey]
    for (const secret of secrets) expect(JSON.stringify(exchange)).not.toContain(secret)
    expect(
      await scanForSecrets(bench.folder, Object.fromEntries(secrets.map((each) => [each, each]))),
    ).toEqual([])
    expect(await scanForSecrets(folder, Object.fromEntries(secrets.map((each) => [each, each])))).toEqual([])
  })

  it('are asked for again where the file names another command', async () => {
    value(
      await bench.app.collectionDefaults.allowCommand({
        collectionId,
        name: 'fromManager',
        command: ['manager', 'read', 'shop/key'],
      }),
    )
    const root = join(folder, 'opencollection.yml')
    writeFileSync(root, readFileSync(root, 'utf8').replace('[manager, read, "shop/key"]', '[rm, -rf, "/"]'))
    expect((await missing('secret.yml', ['fromManager'])).commands).toEqual([
      { name: 'fromManager', command: ['rm', '-rf', '/'] },
    ])
    expect(await send('secret.yml')).toMatchObject({ ok: false })
    expect(ran).toEqual([])
  })
})

describe('what a folder passes on', () => {
  it('is changed in its own lines; secrets go to the vault', async () => {
    const place = { collectionId, path: 'orders' }
    const before = value(await bench.app.collectionDefaults.read(place))
    expect(before).toMatchObject({ name: 'Orders', headers: [{ name: 'x-team', value: 'blue' }] })
    const text = readFileSync(join(folder, 'orders/folder.yml'), 'utf8')
    const { headers, variables, version } = before
    const draft = variables.map(({ entered: _entered, ...each }) => each)
    const saved = value(
      await bench.app.collectionDefaults.save({
        ...place,
        headers: headers.map((each) => ({ ...each, value: 'green' })),
        variables: [...draft, { name: 'pin', value: 'vault-0nly', enabled: true, secret: true }],
        version,
      }),
    )
    expect(saved.variables.at(-1)).toEqual({
      name: 'pin',
      value: '',
      enabled: true,
      secret: true,
      entered: true,
    })
    expect(readFileSync(join(folder, 'orders/folder.yml'), 'utf8')).toBe(
      text
        .replace('blue', 'green')
        .replace('      value: folder\n', '      value: folder\n    - name: pin\n      secret: true\n'),
    )
    expect(await scanForSecrets(folder, { pin: 'vault-0nly' })).toEqual([])
    expect(
      await bench.app.collectionDefaults.save({ ...place, headers, variables: draft, version }),
    ).toMatchObject({
      error: { code: 'collection_changed' },
    })
  })

  it('is made where a folder has no file yet, and so are environments', async () => {
    mkdirSync(join(folder, 'new'))
    writeFileSync(join(folder, 'new/a.yml'), files['secret.yml'] ?? '')
    value(await bench.app.collections.refresh({ id: collectionId }))
    const place = { collectionId, path: 'new' }
    const { version } = value(await bench.app.collectionDefaults.read(place))
    value(
      await bench.app.collectionDefaults.save({
        ...place,
        headers: [{ name: 'X-New', value: '1', enabled: true }],
        variables: [],
        version,
      }),
    )
    expect(readFileSync(join(folder, 'new/folder.yml'), 'utf8')).toContain('name: X-New')
    const { path } = value(
      await bench.app.collectionDefaults.createEnvironment({ collectionId, name: 'Dev' }),
    )
    expect(path).toBe('environments/Dev 2.yml')
    const view = value(await bench.app.collectionScopes.view({ collectionId, path: 'new/a.yml' }))
    expect(view.environment).toBe(path)
  })
})
