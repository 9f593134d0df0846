import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { RequestDraft } from '../../../src/core/contract/requests.ts'
import { connectionPlace } from '../../../src/core/app/tokens/token-vault.ts'
import { createConnectionStore } from '../../../src/node/sqlite/stores/connection-store.ts'
import { createSettingsReader } from '../../../src/node/sqlite/stores/settings-reader.ts'
import { signInAtProvider } from '../../support/playground-browser.ts'
import { scanForSecrets } from '../../support/scan.ts'
import { connectPlayground, openWorkbench, type Workbench } from '../../support/workbench.ts'

let bench: Workbench
beforeEach(async () => {
  bench = await openWorkbench()
})
afterEach(() => bench.close())

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const code = (result: { ok: true } | { ok: false; error: { code: string } }) =>
  result.ok ? 'ok' : result.error.code
const signIn = async () => {
  const connectionId = await connectPlayground(bench)
  value(await bench.app.signIn.start({ connectionId }))
  const alice = { username: 'alice', password: 'alice-password' }
  return value(await bench.app.signIn.receive(await signInAtProvider(bench.opened.at(-1) ?? '', alice)))
    .accountId
}
const draft = (url: string, accountId: string | null, part: Partial<RequestDraft> = {}): RequestDraft => ({
  method: 'GET',
  url,
  query: [],
  headers: [],
  body: { kind: 'none' },
  accountId,
  ...part,
})
const send = (request: RequestDraft) => bench.app.sendRequest.send({ sendId: randomUUID(), draft: request })
const local = () => value(bench.app.first.environments()).find(({ name }) => name === 'local')?.id ?? ''

it('never sends the token of another environment, nor refreshes it', async () => {
  const accountId = await signIn()
  const staging = value(bench.app.environments.create({ name: 'staging' }))
  value(bench.app.environments.use({ id: staging.id }))
  expect(value(bench.app.first.accounts())).toEqual([])
  expect(value(bench.app.first.connections())).toEqual([])
  bench.clock.forward(115_000)
  const refused = value(await send(draft(`${bench.playground.apiBase}/profile`, accountId)))
  expect(refused).toMatchObject({
    errorCode: 'account_other_environment',
    remedies: [{ kind: 'environment', label: 'Switch to local and send', environmentId: local() }],
  })
  expect(refused.response).toBeUndefined()
  value(bench.app.environments.use({ id: local() }))
  expect(value(await bench.app.accounts.get(accountId)).refreshCount).toBe(0)
  expect(value(await send(draft(`${bench.playground.apiBase}/profile`, accountId))).status).toBe(200)
})

it('puts the variables of the current environment in, and covers the secret ones in what is kept', async () => {
  const secret = 'very-secret-marker-77'
  value(
    bench.app.environments.saveVariables({
      id: local(),
      variables: [
        { name: 'api', secret: false, value: bench.playground.apiBase },
        { name: 'key', secret: true, value: secret },
      ],
    }),
  )
  const accountId = await signIn()
  const exchange = value(
    await send(
      draft('{{api}}/profile?key={{key}}', accountId, {
        headers: [{ name: 'X-Key', value: '{{key}}', enabled: true }],
      }),
    ),
  )
  expect(exchange).toMatchObject({ status: 200, url: `${bench.playground.apiBase}/profile?key={{key}}` })
  expect(JSON.stringify(exchange)).not.toContain(secret)
  expect(await scanForSecrets(bench.folder, { secret })).toEqual([])
  const staging = value(bench.app.environments.create({ name: 'staging' }))
  value(bench.app.environments.use({ id: staging.id }))
  expect(await send(draft('{{api}}/profile', null))).toMatchObject({
    ok: false,
    error: { code: 'variable_unknown' },
  })
})

it('leaves a secret variable behind where a redirect leads to another origin, whatever its header is called', async () => {
  const secret = 'very-secret-marker-88'
  const seen: (string | string[] | undefined)[] = []
  const serve = async (answer: (response: ServerResponse) => void) => {
    const server = createServer((request, response) => {
      seen.push(request.headers['x-tenant'])
      answer(response)
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    return { server, at: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
  }
  const other = await serve((response) => response.end('there'))
  const first = await serve((response) => response.writeHead(307, { location: other.at }).end())
  const variables = [{ name: 'tenant', secret: true, value: secret }]
  value(bench.app.environments.saveVariables({ id: local(), variables }))
  const headers = [{ name: 'X-Tenant', value: 'id={{tenant}}', enabled: true }]
  const exchange = value(await send(draft(first.at, null, { headers })))
  first.server.close()
  other.server.close()
  expect(exchange).toMatchObject({ status: 200, hops: [{ leftBehind: ['X-Tenant'] }] })
  expect(seen).toEqual([`id=${secret}`, undefined])
})

it('keeps a secret value that the page does not know, over saving, copying and a restart', async () => {
  const save = (variables: Parameters<typeof bench.app.environments.saveVariables>[0]['variables']) =>
    bench.app.environments.saveVariables({ id: local(), variables })
  value(save([{ name: 'key', secret: true, value: 'first-secret' }]))
  expect(value(bench.app.first.environments())[0]?.variables).toEqual([{ name: 'key', secret: true }])
  value(
    save([
      { name: 'key', secret: true },
      { name: 'plain', secret: false, value: '1' },
    ]),
  )
  value(bench.app.environments.create({ name: 'copy', copyFrom: local() }))
  await bench.restart()
  const copy = value(bench.app.first.environments()).find(({ name }) => name === 'copy')
  value(bench.app.environments.use({ id: copy?.id ?? '' }))
  expect(value(bench.app.environments.values()).get('key')).toEqual({ value: 'first-secret', secret: true })
  expect(code(save([{ name: 'key', secret: false }]))).toBe('variable_no_value')
  expect(code(save([{ name: 'key', secret: true, value: 'abc' }]))).toBe('variable_secret_short')
  expect(code(save([{ name: 'new', secret: true }]))).toBe('variable_no_value')
  const twice = { name: 'a', secret: false, value: '' }
  expect(code(save([twice, twice]))).toBe('variable_twice')
})

it('remembers which environment was used last', async () => {
  const staging = value(bench.app.environments.create({ name: 'staging' }))
  value(bench.app.environments.use({ id: staging.id }))
  await bench.restart()
  expect(value(bench.app.first.environments()).find(({ current }) => current)?.name).toBe('staging')
})

it('renames, refuses doubles, and removes nothing that holds something', async () => {
  await connectPlayground(bench)
  const staging = value(bench.app.environments.create({ name: 'staging' }))
  expect(code(bench.app.environments.create({ name: 'Staging' }))).toBe('environment_name_taken')
  expect(value(bench.app.environments.rename({ id: staging.id, name: 'test' })).name).toBe('test')
  expect(code(bench.app.environments.remove({ id: local() }))).toBe('environment_in_use')
  value(bench.app.environments.use({ id: staging.id }))
  expect(code(bench.app.environments.remove({ id: staging.id }))).toBe('ok')
  expect(value(bench.app.first.environments()).find(({ current }) => current)?.name).toBe('local')
})

it('keeps the last environment', () => {
  expect(code(bench.app.environments.remove({ id: local() }))).toBe('environment_last')
})

it('copies a connection with its secret and keys, which open in the copy alone; accounts stay', async () => {
  const source = await connectPlayground(bench)
  await signIn()
  const staging = value(bench.app.environments.create({ name: 'staging' }))
  const { provider } = value(bench.app.first.connections())[0] ?? {}
  const made = value(
    await bench.app.connections.save({
      name: 'With secret',
      provider: { issuer: provider?.issuer ?? '' },
      clientId: 'marked-client',
      clientAuthentication: 'client_secret_basic',
      clientSecret: 'marked-client-secret',
      scope: 'openid',
      redirectKind: 'loopback',
      allowInsecure: false,
    }),
  )
  value(bench.app.copyConnection({ id: made.id, environmentId: staging.id }))
  value(bench.app.copyConnection({ id: source, environmentId: staging.id }))
  value(bench.app.environments.use({ id: staging.id }))
  const copies = value(bench.app.first.connections())
  const copy = copies.find(({ clientId }) => clientId === 'marked-client')
  expect(copies).toHaveLength(2)
  expect(copy).toEqual({ ...made, id: copy?.id })
  expect(copies.every(({ isPlayground }) => !isPlayground)).toBe(true)
  expect(value(bench.app.first.accounts())).toEqual([])
  const settings = createSettingsReader()
  await settings.load()
  const db = new SqliteDatabase(join(bench.folder, 'gatehouse.db'), { readonly: true })
  const { user, box } = bench.app.sessions.current()
  const stored = createConnectionStore(db, settings).get(user.id, copy?.id ?? '')
  if (!stored?.sealedClientSecret) throw new Error('the copy has no secret')
  expect(value(box.open(connectionPlace(stored, 'client_secret'), stored.sealedClientSecret))).toBe(
    'marked-client-secret',
  )
  db.close()
  value(await bench.app.signIn.start({ connectionId: stored.id }))
  expect(await scanForSecrets(bench.folder, { secret: 'marked-client-secret' })).toEqual([])

  const unknown = '00000000-0000-4000-8000-00000000dead'
  expect(code(bench.app.copyConnection({ id: unknown, environmentId: staging.id }))).toBe(
    'connection_unknown',
  )
  expect(code(bench.app.copyConnection({ id: made.id, environmentId: unknown }))).toBe('environment_unknown')
})
