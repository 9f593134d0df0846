import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SharedSignIn } from '../../../src/core/contract/collection-scope.ts'
import type { Result } from '../../../src/core/contract/result.ts'
import { makeSigningKey, publicHalf } from '../../../src/core/oauth/client/signing-key.ts'
import { certificates, startStrictProvider } from '../../support/strict-provider.ts'
import { signInAtProvider } from '../../support/playground-browser.ts'
import { scanForSecrets } from '../../support/scan.ts'
import { openWorkbench, type Workbench } from '../../support/workbench.ts'

const alice = { username: 'alice', password: 'alice-password' }
let bench: Workbench
let folder: string
let collectionId: string

const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
/** Opens the folder as it is. */
async function open(in_: Workbench): Promise<string> {
  const opened = value(await in_.app.collections.open())
  value(await in_.app.collections.list())
  return opened?.id ?? ''
}
const openBench = (options: Parameters<typeof openWorkbench>[0] = {}): Promise<Workbench> =>
  openWorkbench({ ...options, overrides: { files: { chooseFolder: async () => folder } } })

beforeEach(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'sign-in-')), 'shop')
  mkdirSync(join(folder, 'orders'), { recursive: true })
  bench = await openBench()
  const { issuer, apiBase } = bench.playground
  writeFileSync(
    join(folder, 'opencollection.yml'),
    `opencollection: 1.0.0
info:
  name: Shop
request:
  auth:
    type: oauth2
    flow: authorization_code
    callbackUrl: app.gatehouse.desktop:/oauth/callback
    credentials:
      clientId: gatehouse-desktop
    scope: openid profile offline_access orders:read
  variables:
    - name: api
      value: ${apiBase}
extensions:
  gatehouse:
    signIn:
      name: Shop login
      issuer: "{{issuer}}"
      resource: "{{api}}"
`,
  )
  mkdirSync(join(folder, 'environments'))
  writeFileSync(
    join(folder, 'environments/here.yml'),
    `name: Here\nvariables:\n  - name: issuer\n    value: ${issuer}\n`,
  )
  writeFileSync(
    join(folder, 'environments/there.yml'),
    'name: There\nvariables:\n  - name: issuer\n    value: https://id.example\n',
  )
  writeFileSync(
    join(folder, 'orders/list.yml'),
    'info:\n  name: Orders\n  type: http\nhttp:\n  method: GET\n  url: "{{api}}/orders"\n  auth: inherit\n',
  )
  collectionId = await open(bench)
})
afterEach(async () => {
  await bench.close()
  rmSync(join(folder, '..'), { recursive: true })
})

const path = 'orders/list.yml'
const signInOf = async (from = bench, id = collectionId): Promise<SharedSignIn | undefined> =>
  value(await from.app.collectionScopes.view({ collectionId: id, path })).signIn
async function send(from = bench, id = collectionId) {
  const { draft } = value(await from.app.collections.read({ collectionId: id, path }))
  return from.app.inScope.send({ sendId: crypto.randomUUID(), draft, file: { collectionId: id, path } })
}
const use = (environment: string, from = bench, id = collectionId): unknown =>
  value(from.app.collectionDefaults.useEnvironment({ collectionId: id, path: environment }))
async function signIn(from = bench, id = collectionId): Promise<string> {
  const seen = (await signInOf(from, id))?.seen ?? ''
  const { connectionId } = value(await from.app.collectionSignIn.connect({ collectionId: id, path, seen }))
  value(await from.app.signIn.start({ connectionId }))
  const redirect = await signInAtProvider(from.opened.at(-1) ?? '', alice)
  const { accountId } = value(await from.app.signIn.receive(redirect))
  value(await from.app.collectionSignIn.chooseAccount({ collectionId: id, path, accountId }))
  return accountId
}

describe('a cloned folder that says how to sign in', () => {
  it('has a request that is moved out of it call as the same account, until that is undone', async () => {
    use('environments/here.yml')
    const accountId = await signIn()
    const [own] = value(await bench.app.collections.list())
    const id = own?.id ?? ''
    const moved = value(
      await bench.app.moveItems({ collectionId, paths: [path], folder: '', before: null, into: id }),
    )
    const there = { collectionId: id, path: 'list.yml' }
    expect(value(await bench.app.collections.read(there)).draft.accountId).toBe(accountId)
    expect(moved.unknown).toEqual(['api'])
    value(await bench.app.collectionItems.restore({ undo: moved.undo ?? '' }))
    const { draft } = value(await bench.app.collections.read({ collectionId, path }))
    expect(draft.accountId).toBeNull()
  })

  it('needs one press: what it describes is shown, connected, signed in to and called as', async () => {
    expect((await signInOf())?.fault).toContain('{{issuer}} is not known')
    expect(await send()).toMatchObject({ error: { code: 'sign_in_needed' } })
    use('environments/here.yml')
    expect(await signInOf()).toMatchObject({
      own: false,
      from: 'collection Shop',
      name: 'Shop login',
      issuer: bench.playground.issuer,
      clientId: 'gatehouse-desktop',
      redirectUri: 'app.gatehouse.desktop:/oauth/callback',
      resource: bench.playground.apiBase,
      asks: 'nothing',
      warnings: ['The provider is on this computer.'],
    })
    expect(await send()).toMatchObject({
      error: { code: 'sign_in_needed', message: expect.stringContaining('Shop login') },
    })
    const accountId = await signIn()
    expect(await signInOf()).toMatchObject({ accountId })
    const exchange = value(await send())
    expect(exchange.response?.status).toBe(200)
    expect(exchange.carried).toMatchObject({ accountId, connectionName: 'Shop login' })
    // The same is found again, not made twice.
    const seen = (await signInOf())?.seen ?? ''
    value(await bench.app.collectionSignIn.connect({ collectionId, path, seen }))
    expect(value(bench.app.first.connections())).toHaveLength(1)
    // Another provider is another sign-in, whose account is chosen anew.
    use('environments/there.yml')
    expect(await send()).toMatchObject({ error: { code: 'sign_in_needed' } })
    use('environments/here.yml')
    expect(value(await send()).response?.status).toBe(200)
    await bench.restart()
    value(await bench.app.collections.list())
    expect(value(await send()).response?.status).toBe(200)
    value(await bench.app.collectionSignIn.chooseAccount({ collectionId, path, accountId: null }))
    expect(await send()).toMatchObject({ error: { code: 'sign_in_needed' } })
  })

  it('does nothing else than what was shown', async () => {
    use('environments/here.yml')
    const seen = (await signInOf())?.seen ?? ''
    const file = join(folder, 'opencollection.yml')
    writeFileSync(file, readFileSync(file, 'utf8').replace('gatehouse-desktop', 'another-client'))
    expect(await bench.app.collectionSignIn.connect({ collectionId, path, seen })).toMatchObject({
      error: { code: 'shared_changed' },
    })
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(
        'flow: authorization_code',
        'flow: authorization_code\n    accessTokenUrl: http://127.0.0.1:9/token',
      ),
    )
    const other = (await signInOf())?.seen ?? ''
    expect(await bench.app.collectionSignIn.connect({ collectionId, path, seen: other })).toMatchObject({
      error: { code: 'shared_differs' },
    })
    expect(bench.opened).toEqual([])
  })

  it('finds the issuer where another program wrote the endpoints alone', async () => {
    const { issuer, apiBase } = bench.playground
    const metadata = (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as Record<
      string,
      string
    >
    writeFileSync(
      join(folder, 'orders/list.yml'),
      `info:
  name: Orders
  type: http
http:
  method: GET
  url: "{{api}}/orders"
  auth:
    type: oauth2
    flow: authorization_code
    authorizationUrl: ${metadata['authorization_endpoint']}
    accessTokenUrl: ${metadata['token_endpoint']}
    callbackUrl: http://127.0.0.1/oauth/callback
    credentials:
      clientId: gatehouse-desktop
    scope: openid
`,
    )
    const shared = await signInOf()
    expect(shared).toMatchObject({ own: true, from: 'this request' })
    const { connectionId } = value(
      await bench.app.collectionSignIn.connect({ collectionId, path, seen: shared?.seen ?? '' }),
    )
    const made = value(await bench.app.connections.discover({ issuer, allowInsecure: false }))
    expect(made.issuer).toBe(issuer)
    expect((await signInOf())?.connectionId).toBe(connectionId)
    expect(apiBase).toContain('127.0.0.1')
  })

  it('is what a connection was written as, for whoever clones it, and nothing of it is secret', async () => {
    use('environments/here.yml')
    await signIn()
    const connectionId = (await signInOf())?.connectionId ?? ''
    const before = readFileSync(join(folder, 'opencollection.yml'), 'utf8')
    value(await bench.app.collectionSignIn.write({ collectionId, path: 'orders', connectionId }))
    expect(readFileSync(join(folder, 'opencollection.yml'), 'utf8')).toBe(before)
    const { issuer } = bench.playground
    const text = readFileSync(join(folder, 'orders/folder.yml'), 'utf8')
    expect(text).toContain(`issuer: ${issuer}`)
    expect(text).toContain('clientId: gatehouse-desktop')
    expect(await signInOf()).toMatchObject({ from: 'folder orders', connectionId })
    // Nothing is written twice.
    value(await bench.app.collectionSignIn.write({ collectionId, path: 'orders', connectionId }))
    expect(readFileSync(join(folder, 'orders/folder.yml'), 'utf8')).toBe(text)

    const clone = join(folder, '..', 'clone')
    cpSync(folder, clone, { recursive: true })
    const colleague = await openWorkbench({
      playground: bench.playground,
      overrides: { files: { chooseFolder: async () => clone } },
    })
    try {
      const id = await open(colleague)
      expect(await signInOf(colleague, id)).toMatchObject({ from: 'folder orders', issuer })
      await signIn(colleague, id)
      expect(value(await send(colleague, id)).response?.status).toBe(200)
      expect(await scanForSecrets(clone, { password: alice.password })).toEqual([])
    } finally {
      await colleague.close()
    }
  })
})

describe('a folder whose client needs no browser', () => {
  it.each(['private_key_jwt', 'self_signed_tls_client_auth', 'client_secret_basic'] as const)(
    'asks each person for what the client proves itself with: %s',
    async (method) => {
      const jwk = value(await makeSigningKey({ generate: 'ES256' }))
      const secret = 'a-client-secret-of-more-than-thirty-two-characters'
      const byCertificate = method === 'self_signed_tls_client_auth'
      const strict = await startStrictProvider({
        clients: [
          {
            client_id: 'service',
            token_endpoint_auth_method: byCertificate ? 'client_secret_basic' : method,
            grant_types: ['client_credentials'],
            redirect_uris: [],
            response_types: [],
            scope: 'read',
            ...(method === 'private_key_jwt' && {
              jwks: { keys: [publicHalf(jwk)] },
              token_endpoint_auth_signing_alg: 'ES256',
            }),
            ...(method !== 'private_key_jwt' && { client_secret: secret }),
          },
        ],
      })
      try {
        const texts = `opencollection: 1.0.0
info:
  name: Shop
request:
  auth:
    type: oauth2
    flow: client_credentials
    accessTokenUrl: ${strict.issuer}/token
    credentials:
      clientId: service
    scope: read
    extensions:
      grant: client_credentials
extensions:
  gatehouse:
    signIn:
      name: Shop service
      issuer: ${strict.issuer}
      clientAuthentication: ${method}
      resource: ${strict.api}
`
        writeFileSync(join(folder, 'opencollection.yml'), texts)
        writeFileSync(
          join(folder, 'orders/list.yml'),
          `info:\n  name: Orders\n  type: http\nhttp:\n  method: GET\n  url: ${strict.api}\n  auth: inherit\n`,
        )
        const shared = await signInOf()
        const asks = { private_key_jwt: 'key', client_secret_basic: 'secret' }
        expect(shared).toMatchObject({
          grant: 'client_credentials',
          asks: byCertificate ? 'certificate' : asks[method],
          redirectUri: '',
        })
        const seen = shared?.seen ?? ''
        expect(await bench.app.collectionSignIn.connect({ collectionId, path, seen })).toMatchObject({
          error: { code: `connection_needs_${shared?.asks ?? ''}` },
        })
        const { connectionId } = value(
          await bench.app.collectionSignIn.connect({
            collectionId,
            path,
            seen,
            ...(method === 'private_key_jwt'
              ? { clientKey: { imported: JSON.stringify(jwk) } }
              : byCertificate
                ? { certificate: certificates.client }
                : { clientSecret: secret }),
          }),
        )
        const [connection] = value(bench.app.first.connections())
        expect(connection).toMatchObject({ id: connectionId, clientAuthentication: method })
        expect(connection?.certificate === undefined).toBe(!byCertificate)
        // The handshake itself is what strict.test.ts looks at.
        if (byCertificate) return
        const { accountId } = value(
          await bench.app.directGrants.run({ connectionId, input: { grant: 'client_credentials' } }),
        )
        value(await bench.app.collectionSignIn.chooseAccount({ collectionId, path, accountId }))
        expect(await signInOf()).toMatchObject({ accountId, connectionId })
        expect(value(await send()).carried).toMatchObject({ accountId, connectionName: 'Shop service' })
        // What it is written as is read as the same, and nothing secret stands there.
        value(await bench.app.collectionSignIn.write({ collectionId, path: 'orders', connectionId }))
        expect(await signInOf()).toMatchObject({ from: 'folder orders', connectionId })
        expect(await scanForSecrets(folder, { secret, d: String(jwk['d']) })).toEqual([])
        expect(await scanForSecrets(bench.folder, { secret, d: String(jwk['d']) })).toEqual([])
      } finally {
        await strict.stop()
      }
    },
  )
})
