import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import type { RequestDraft } from '../../../src/core/contract/requests.ts'
import { scanForSecrets } from '../../support/scan.ts'
import { ownCollection, ownRequests, saveOwn } from '../../support/own-requests.ts'
import { openWorkbench, type Workbench } from '../../support/workbench.ts'

const secrets = {
  bearer: 'marked-bearer-93847561',
  cookie: 'marked-cookie-12983476',
  apiKey: 'marked-api-key-55512847',
  query: 'marked-query-88172634',
  form: 'marked-form-70192837',
}
const row = (name: string, value: string) => ({ name, value, enabled: true })
const draft = (url = 'https://api.example/orders'): RequestDraft => ({
  method: 'POST',
  url,
  query: [row('access_token', secrets.query), row('page', '2')],
  headers: [
    row('Authorization', `Bearer ${secrets.bearer}`),
    row('Cookie', `sid=${secrets.cookie}`),
    row('X-Api-Key', secrets.apiKey),
    row('Accept', 'application/json'),
  ],
  body: { kind: 'form', fields: [row('password', secrets.form), row('name', 'ann')] },
  accountId: null,
})

let bench: Workbench
const open = async (keyring: 'real' | 'none'): Promise<void> => {
  bench = await openWorkbench({ keyring })
}
afterEach(() => bench.close())

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const saved = () => ownRequests(bench.app)

it('seals the secret values of saved requests, and gives them back after a restart', async () => {
  await open('real')
  const made = await saveOwn(bench.app, 'Orders', draft())
  expect(made).toMatchObject({ secrets: 'vault', draft: draft() })
  expect(await scanForSecrets(bench.folder, secrets)).toEqual([])
  await bench.restart()
  expect(await saved()).toMatchObject([{ draft: draft(), secrets: 'vault' }])
  value(await bench.app.sessions.rotate({}))
  expect(await saved()).toMatchObject([{ draft: draft(), secrets: 'vault' }])
  value(await bench.app.backups.make())
  expect(await scanForSecrets(bench.folder, secrets)).toEqual([])
})

it('keeps them off the disk where the vault is memory only, and says so', async () => {
  await open('none')
  await saveOwn(bench.app, 'Orders', draft())
  expect(await saved()).toMatchObject([{ draft: draft(), secrets: 'memory' }])
  expect(await scanForSecrets(bench.folder, secrets)).toEqual([])
  await bench.restart()
  const [after] = await saved()
  expect(after?.secrets).toBe('unreadable')
  expect(after?.draft.headers.map((header) => header.value)).toEqual(['', '', '', 'application/json'])
  expect(after?.draft.query[1]).toEqual(row('page', '2'))
})

it('keeps values that cannot be read now, until the keyring is back or others are typed', async () => {
  await open('real')
  await saveOwn(bench.app, 'Orders', draft())
  const keyBack = bench.keyring.changeKey()
  await bench.restart()
  const [unread] = await saved()
  expect(unread?.secrets).toBe('unreadable')
  if (unread)
    value(await bench.app.collections.save({ ...unread, draft: { ...unread.draft, method: 'PUT' } }))
  keyBack()
  await bench.restart()
  expect(await saved()).toMatchObject([{ draft: { ...draft(), method: 'PUT' }, secrets: 'vault' }])
})

it('waits with a request of an earlier version for the key of its values', async () => {
  await open('real')
  const { user } = bench.app.sessions.current()
  const text = JSON.stringify(draft())
  await bench.app.own.settle()
  bench.requests().save({ id: randomUUID(), userId: user.id, name: 'Old', draft: text, updatedAt: 1 })
  bench.app.sealWaiting()
  expect(bench.requests().list(user.id)[0]?.draft).not.toContain('marked')
  const keyBack = bench.keyring.changeKey()
  await bench.restart()
  expect(await ownCollection(bench.app)).toMatchObject({ items: [], own: { left: [{ name: 'Old' }] } })
  keyBack()
  await bench.restart()
  expect(await saved()).toMatchObject([{ name: 'Old', draft: draft(), secrets: 'vault' }])
})

it('keeps a request that cannot be read as it is, and says why', async () => {
  await open('real')
  const { user } = bench.app.sessions.current()
  const id = randomUUID()
  const text = '{"gatehouse":"draft","version":9,"content":{"of":"tomorrow"}}'
  bench.requests().save({ id, userId: user.id, name: 'Newer', draft: text, updatedAt: 1 })
  await bench.restart()
  expect((await ownCollection(bench.app)).own?.left).toMatchObject([
    { id, name: 'Newer', reason: expect.stringContaining('newer') },
  ])
  expect(bench.requests().get(user.id, id)?.draft).toBe(text)
})

it('keeps them out of the history, also where the API echoes them', async () => {
  await open('real')
  const server = createServer((request, answer) => {
    answer.setHeader('X-Echo', request.headers['x-api-key'] ?? '')
    answer.setHeader('Content-Type', 'application/json')
    answer.end(JSON.stringify({ headers: request.headers, url: request.url }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    const { port } = server.address() as AddressInfo
    const sent = value(
      await bench.app.sendRequest.send({
        sendId: randomUUID(),
        draft: draft(`http://127.0.0.1:${port}/echo`),
      }),
    )
    expect(sent.status).toBe(200)
    expect(sent.sent.bodyText).toContain('name=ann')
    expect(JSON.stringify(value(bench.app.history.get({ id: sent.id })))).not.toContain('marked')
    expect(await scanForSecrets(bench.folder, secrets)).toEqual([])
  } finally {
    server.closeAllConnections()
    server.close()
  }
})
