import { afterEach, expect, it } from 'vitest'
import { createAgeFile } from '../../../src/node/crypto/age-file.ts'
import { createOauthFetch } from '../../../src/node/net/fetch.ts'
import type { ExportDocument } from '../../../src/core/vault/transfer/export-document.ts'
import { signInAtProvider } from '../../support/playground-browser.ts'
import { connectPlayground, openWorkbench, type Workbench } from '../../support/workbench.ts'

let bench: Workbench
afterEach(() => bench.close())

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const password = 'a password of the file'
const file = createAgeFile(4)

const signIn = async (): Promise<string> => {
  const connectionId = await connectPlayground(bench)
  value(await bench.app.signIn.start({ connectionId }))
  const alice = { username: 'alice', password: 'alice-password' }
  const redirect = await signInAtProvider(bench.opened.at(-1) ?? '', alice)
  return value(await bench.app.signIn.receive(redirect)).accountId
}
const exported = async (): Promise<void> => void value(await bench.app.vaultFile.export({ password }))
const imported = async () => {
  value(await bench.app.vaultFile.choose())
  return value(await bench.app.vaultFile.import({ password }))
}
/** Changes what was exported, as whoever wrote the file and its password could. */
const rewrite = async (change: (document: ExportDocument) => void): Promise<void> => {
  const { name = '', bytes = new Uint8Array() } = bench.exported ?? {}
  const document = JSON.parse(
    new TextDecoder().decode(value(await file.decrypt(bytes, password))),
  ) as ExportDocument
  change(document)
  const changed = await file.encrypt(new TextEncoder().encode(JSON.stringify(document)), password)
  bench.exported = { name, bytes: changed }
}
const refreshToken = (accountId: string) =>
  value(bench.app.tokens.reveal({ accountId, kind: 'refresh' })).text

it('does not put a refresh token that was rotated away in the place of the newer one', async () => {
  bench = await openWorkbench()
  const accountId = await signIn()
  const first = refreshToken(accountId)
  await exported()
  bench.clock.forward(1_000)
  value(await bench.app.accounts.refresh(accountId))
  const second = refreshToken(accountId)
  expect(second).not.toBe(first)
  expect(await imported()).toMatchObject({ accounts: 0 })
  expect(refreshToken(accountId)).toBe(second)
  value(await bench.app.accounts.refresh(accountId))
})

it('brings lost tokens back', async () => {
  bench = await openWorkbench()
  const accountId = await signIn()
  const token = refreshToken(accountId)
  await exported()
  value(bench.app.accounts.remove(accountId))
  expect(await imported()).toMatchObject({ accounts: 1 })
  expect(refreshToken(accountId)).toBe(token)
})

const elsewhere = 'https://elsewhere.example/token'
type FileConnection = ExportDocument['connections'][number]
it.each<[string, (connection: FileConnection) => void]>([
  ['token endpoint', ({ metadata }) => void (metadata['token_endpoint'] = elsewhere)],
  ['issuer', ({ metadata }) => void (metadata.issuer = 'http://127.0.0.1:9')],
  ['authorization endpoint', ({ metadata }) => void (metadata['authorization_endpoint'] = elsewhere)],
  ['PAR endpoint', ({ metadata }) => void (metadata['pushed_authorization_request_endpoint'] = elsewhere)],
  ['device endpoint', ({ metadata }) => void (metadata['device_authorization_endpoint'] = elsewhere)],
  ['key set', ({ metadata }) => void (metadata['jwks_uri'] = elsewhere)],
  ['revocation endpoint', ({ metadata }) => void (metadata['revocation_endpoint'] = elsewhere)],
  ['endpoint of a later standard', ({ metadata }) => void (metadata['later_endpoint'] = elsewhere)],
  [
    'aliases for certificates',
    ({ metadata }) => void (metadata['mtls_endpoint_aliases'] = { token_endpoint: elsewhere }),
  ],
  ['client id', (connection) => void (connection.clientId = 'another')],
  ['client authentication', (connection) => void (connection.clientAuthentication = 'tls_client_auth')],
  ['settings', (connection) => void (connection.settings = { assertionAudience: 'token_endpoint' })],
  ['plain http', (connection) => void (connection.allowInsecure = !connection.allowInsecure)],
  ['redirect', (connection) => void (connection.redirectKind = 'loopback')],
])('puts a connection beside the one that is here where it leads elsewhere by its %s', async (_, change) => {
  const sent: string[] = []
  const real = createOauthFetch({ now: () => bench.clock.now() })
  bench = await openWorkbench({
    overrides: {
      net: {
        fetch: async (url, options) => {
          sent.push(url)
          return url.includes('.example') ? new Response('{}', { status: 400 }) : real(url, options)
        },
      },
    },
  })
  const accountId = await signIn()
  const before = value(bench.app.first.connections())
  await exported()
  await rewrite((document) => {
    for (const connection of document.connections) change(connection)
    document.accounts = []
    document.tokenSets = []
  })
  await imported()
  const after = value(bench.app.first.connections())
  expect(after).toHaveLength(2)
  expect(after).toEqual(expect.arrayContaining(before))
  sent.length = 0
  value(await bench.app.accounts.refresh(accountId))
  expect(sent.length).toBeGreaterThan(0)
  expect(sent.filter((url) => !url.startsWith(bench.playground.issuer))).toEqual([])
})

it('takes the place of a connection that leads to the same, whatever it is called', async () => {
  bench = await openWorkbench()
  await signIn()
  await exported()
  await rewrite((document) => {
    for (const connection of document.connections) {
      connection.name = 'Renamed'
      connection.metadata['scopes_supported'] = ['openid', 'more']
      connection.metadata = { ...Object.fromEntries(Object.entries(connection.metadata).reverse()) } as never
    }
  })
  await imported()
  expect(value(bench.app.first.connections()).map(({ name }) => name)).toEqual(['Renamed'])
})

it.each(['token_endpoint', 'jwks_uri', 'alias'])(
  'imports nothing of a file whose remote provider points to this computer (%s)',
  async (member) => {
    bench = await openWorkbench()
    await signIn()
    await exported()
    await rewrite((document) => {
      for (const { metadata } of document.connections) {
        for (const name of Object.keys(metadata))
          if (/_(endpoint|uri)$/.test(name)) metadata[name] = 'https://remote.example/x'
        metadata.issuer = 'https://remote.example'
        if (member === 'alias') metadata['mtls_endpoint_aliases'] = { token_endpoint: 'https://localhost/x' }
        else metadata[member] = 'https://127.0.0.1/x'
      }
    })
    value(await bench.app.vaultFile.choose())
    expect(await bench.app.vaultFile.import({ password })).toMatchObject({
      ok: false,
      error: { code: 'export_points_inside' },
    })
    expect(value(bench.app.first.connections())).toHaveLength(1)
  },
)

it('puts nobody else’s tokens under an account that is here', async () => {
  bench = await openWorkbench()
  const accountId = await signIn()
  const token = refreshToken(accountId)
  await exported()
  await rewrite((document) => {
    for (const account of document.accounts) account.subject = 'mallory'
    for (const tokenSet of document.tokenSets) tokenSet.refreshToken = 'a-token-of-mallory'
  })
  await imported()
  expect(value(bench.app.first.accounts()).map(({ subject }) => subject)).toHaveLength(2)
  expect(refreshToken(accountId)).toBe(token)
})
