import { afterEach, beforeEach, expect, it } from 'vitest'
import { createAgeFile } from '../../../src/node/crypto/age-file.ts'
import type { ExportDocument } from '../../../src/core/vault/transfer/export-document.ts'
import type { ConnectionDraft } from '../../../src/core/contract/connections.ts'
import { metadataOf, startOddProvider } from '../../support/odd-provider.ts'
import { openOddBench, value, type OddBench } from '../../support/odd-workbench.ts'
import { scanForSecrets } from '../../support/scan.ts'

let odd: OddBench
beforeEach(async () => {
  odd = await openOddBench()
})
afterEach(() => odd.close())

const variables = (
  values: Record<string, string>,
  secrets: Record<string, string> = { sec: 's3cretvalue' },
) => {
  const id = value(odd.bench.app.first.environments())[0]?.id ?? ''
  const rows = (of: Record<string, string>, secret: boolean) =>
    Object.entries(of).map(([name, text]) => ({ name, secret, value: text }))
  value(
    odd.bench.app.environments.saveVariables({
      id,
      variables: [...rows(values, false), ...rows(secrets, true)],
    }),
  )
}
const named: Partial<ConnectionDraft> = {
  provider: {
    issuer: '{{host}}',
    authorizationEndpoint: '{{host}}/authorize',
    tokenEndpoint: '{{host}}/token',
  },
  clientId: '{{clientId}}',
  clientAuthentication: 'client_secret_post',
  clientSecret: '{{sec}}',
  scope: '{{sc}}',
  settings: { extra: [{ name: 'tenant', value: '{{clientId}}' }] },
}
const all = () => ({ clientId: 'web', host: odd.odd.issuer, sc: 'read' })

it('resolves the fields of a connection, and sends no braces', async () => {
  variables(all())
  const connectionId = await odd.connect(named)
  const { accountId } = value(await odd.signIn(connectionId))
  const [asked] = odd.odd.at('/authorize')
  expect([asked?.query.get('client_id'), asked?.query.get('scope'), asked?.query.get('tenant')]).toEqual([
    'web',
    'read',
    'web',
  ])
  const form = odd.odd.at('/token')[0]?.form
  expect([form?.get('client_id'), form?.get('client_secret')]).toEqual(['web', 's3cretvalue'])
  value(await odd.bench.app.accounts.refresh(accountId))
  expect(odd.odd.at('/token')[1]?.form.get('client_secret')).toBe('s3cretvalue')
  expect(JSON.stringify(odd.odd.requests)).not.toMatch(/\{\{|%7B%7B/)
  expect(await scanForSecrets(odd.bench.folder, { secret: 's3cretvalue' })).toEqual([])
})

it('resolves the secret at each use', async () => {
  variables(all())
  const { accountId } = value(await odd.signIn(await odd.connect(named)))
  variables(all(), { sec: 'another-value' })
  value(await odd.bench.app.accounts.refresh(accountId))
  expect(odd.odd.at('/token').at(-1)?.form.get('client_secret')).toBe('another-value')
})

it('refuses an unknown name before anything is sent', async () => {
  variables({ clientId: 'web', host: odd.odd.issuer })
  await expect(odd.connect(named)).rejects.toThrow('variable_unknown')
  variables(all())
  const connectionId = await odd.connect(named)
  variables({ clientId: 'web', host: odd.odd.issuer })
  expect(await odd.bench.app.signIn.start({ connectionId })).toMatchObject({
    error: { code: 'variable_unknown' },
  })
  expect(odd.odd.requests).toEqual([])
})

it('sends nothing to where a changed variable points until the connection is saved for it, and no token then', async () => {
  const other = await startOddProvider()
  try {
    variables(all())
    const connectionId = await odd.connect(named)
    const { accountId } = value(await odd.signIn(connectionId))
    const sent = odd.odd.requests.length
    variables({ ...all(), host: other.issuer })
    const changed = { error: { code: 'connection_variables_changed' } }
    expect(await odd.bench.app.signIn.start({ connectionId })).toMatchObject(changed)
    expect(await odd.bench.app.accounts.refresh(accountId)).toMatchObject(changed)
    // The secret is not given to another provider by itself either.
    const { clientSecret: _kept, ...again } = named
    await expect(odd.connect({ ...again, id: connectionId })).rejects.toThrow('connection_needs_secret')
    await odd.connect({ ...named, id: connectionId })
    expect(await odd.bench.app.accounts.refresh(accountId)).toMatchObject({ ok: false })
    expect([other.requests.length, odd.odd.requests.length]).toEqual([0, sent])
    value(await odd.bench.app.signIn.start({ connectionId }))
    value(await odd.bench.app.signIn.receive(await other.follow(odd.bench.opened.at(-1) ?? '')))
    expect(other.at('/token')).toHaveLength(1)
  } finally {
    await other.stop()
  }
})

it('goes on being typed as it was over a change of something else', async () => {
  variables(all())
  const connectionId = await odd.connect(named)
  const { settings: _settings, clientSecret: _secret, ...rest } = named
  const view = value(
    await odd.bench.app.connections.save({
      name: 'Renamed',
      redirectKind: 'custom-scheme',
      allowInsecure: false,
      provider: { issuer: '' },
      clientId: '',
      clientAuthentication: 'none',
      scope: '',
      ...rest,
      id: connectionId,
    }),
  )
  expect(view.settings?.typed?.map(({ template }) => template)).toEqual(
    expect.arrayContaining(['{{clientId}}', '{{host}}/token', '{{sc}}', '{{sec}}']),
  )
  value(await odd.signIn(connectionId))
  expect(odd.odd.at('/token')[0]?.form.get('client_secret')).toBe('s3cretvalue')
})

it('keeps no secret variable in plain text', async () => {
  variables(all())
  await expect(odd.connect({ ...named, scope: 'read {{sec}}' })).rejects.toThrow('variable_secret_here')
})

it('finds a provider by a name', async () => {
  variables(all())
  const connectionId = await odd.connect({ provider: { issuer: '{{host}}' } })
  value(await odd.signIn(connectionId))
})

it('looks up an address with a name in it, and goes on with what was typed', async () => {
  variables(all())
  const look = (text: string) => odd.bench.app.connectUrl.read({ text, allowInsecure: false })
  expect(value(await look('{{host}}'))).toMatchObject({
    typedIssuer: '{{host}}',
    provider: { issuer: odd.odd.issuer },
  })
  const pasted = value(await look('{{host}}/authorize?client_id={{clientId}}&response_type=code'))
  expect(pasted).toMatchObject({ kind: 'authorization-url', clientId: 'web' })
  expect(pasted.typedIssuer).toBeUndefined()
  const before = odd.odd.requests.length
  expect(await look('{{nowhere}}/realms/a')).toMatchObject({
    error: { code: 'variable_unknown', message: expect.stringContaining('{{nowhere}}') },
  })
  expect(await look('{{host}}?key={{sec}}')).toMatchObject({ error: { code: 'variable_secret_here' } })
  expect(
    await odd.bench.app.connections.discover({ issuer: '{{nowhere}}', allowInsecure: false }),
  ).toMatchObject({ error: { code: 'variable_unknown' } })
  expect(odd.odd.requests).toHaveLength(before)
})

it('registers with what the names stand for, and keeps the names', async () => {
  variables(all())
  odd.odd.answers['/.well-known/openid-configuration'] = () => ({
    body: { ...metadataOf(odd.odd.issuer), registration_endpoint: `${odd.odd.issuer}/register` },
  })
  odd.odd.answers['/register'] = ({ body }) => ({
    status: 201,
    body: { ...(JSON.parse(body) as object), client_id: 'made' },
  })
  const made = value(
    await odd.bench.app.registerClient.register({
      name: 'Registered',
      issuer: '{{host}}',
      allowInsecure: false,
      scope: '{{sc}}',
      redirectKind: 'custom-scheme',
      clientAuthentication: 'none',
    }),
  )
  expect(made.connection).toMatchObject({ clientId: 'made' })
  expect(odd.odd.requests.every(({ url, body }) => !`${url}${body}`.includes('{{'))).toBe(true)
  expect(JSON.parse(odd.odd.at('/register')[0]?.body ?? '{}')).toMatchObject({ scope: 'read' })
})

const filePassword = 'a password of the file'
const file = createAgeFile(4)
/** Brings in a file whose connections name variables that it does not bring. */
const importNaming = async (change: (connection: ExportDocument['connections'][number]) => void) => {
  const { app } = odd.bench
  value(await app.vaultFile.export({ password: filePassword }))
  const { name = '', bytes = new Uint8Array() } = odd.bench.exported ?? {}
  const content = new TextDecoder().decode(value(await file.decrypt(bytes, filePassword)))
  const document = JSON.parse(content) as ExportDocument
  for (const environment of document.environments) environment.variables = []
  document.connections.forEach((connection) => change(connection))
  document.accounts = []
  document.tokenSets = []
  const changed = await file.encrypt(new TextEncoder().encode(JSON.stringify(document)), filePassword)
  odd.bench.exported = { name, bytes: changed }
  value(await app.vaultFile.choose())
  value(await app.vaultFile.import({ password: filePassword }))
}

it.each<[string, Partial<ConnectionDraft>]>([
  ['its client secret', { clientAuthentication: 'client_secret_post', clientSecret: '{{sec}}' }],
  [
    'a further header',
    { settings: { further: [{ to: 'token', where: 'header', name: 'X-Key', value: '{{sec}}' }] } },
  ],
])('gives an imported connection no variable of this computer by %s, until it is saved', async (_, named) => {
  const other = await startOddProvider()
  try {
    variables({})
    const mine = await odd.connect({ ...named })
    await importNaming((connection) => {
      for (const [name, text] of Object.entries(connection.metadata))
        if (typeof text === 'string') connection.metadata[name] = text.replace(odd.odd.issuer, other.issuer)
    })
    const brought = value(odd.bench.app.first.connections()).find(({ id }) => id !== mine)
    const connectionId = brought?.id ?? ''
    const refused = await odd.bench.app.signIn.start({ connectionId })
    expect(refused).toMatchObject({ error: { code: 'connection_variables_changed' } })
    expect(JSON.stringify(refused)).not.toContain('s3cretvalue')
    expect(other.requests).toEqual([])
    // Where it was before it still goes.
    value(await odd.signIn(mine))
    const { requests } = odd.odd
    expect(JSON.stringify(requests.map(({ headers, body }) => ({ headers, body })))).toContain('s3cretvalue')
  } finally {
    await other.stop()
  }
})
