import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { afterEach, expect, it } from 'vitest'
import { createFirstStores } from '../../../src/node/sqlite/stores/first-stores.ts'
import { createSealedFields } from '../../../src/node/sqlite/stores/rows/sealed-fields.ts'
import { createSettingsReader } from '../../../src/node/sqlite/stores/settings-reader.ts'
import { createVaultKeyStore } from '../../../src/node/sqlite/stores/vault-key-store.ts'
import { checkPassword, parseHash } from '../../../src/core/vault/guard/password.ts'
import { unwrapKey } from '../../../src/core/vault/box/wrap-key.ts'
import { nodeCrypto } from '../../../src/node/crypto/node-crypto.ts'
import {
  openField,
  parseSealed,
  sealField,
  type VaultKey,
} from '../../../src/core/vault/box/sealed-format.ts'
import { signInAtProvider } from '../../support/playground-browser.ts'
import { connectPlayground, openWorkbench, type Workbench } from '../../support/workbench.ts'

let bench: Workbench
let foreign: Server | undefined
afterEach(async () => {
  await bench.close()
  foreign?.close()
  foreign = undefined
})

type Outcome = { ok: true; value: unknown } | { ok: false; error: { code: string } }
const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

/** Someone else's server, which takes everything and notes it. */
const openForeign = async () => {
  const got: string[] = []
  foreign = createServer((request, response) => {
    let body = ''
    request.on('data', (piece: Buffer) => (body += piece.toString()))
    request.on('end', () => {
      got.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)} ${body}`)
      response.setHeader('content-type', 'application/json')
      response.end('{"access_token":"a","token_type":"Bearer","expires_in":60}')
    })
  }).listen(0, '127.0.0.1')
  await new Promise((done) => foreign?.once('listening', done))
  return { got, origin: `http://127.0.0.1:${(foreign.address() as AddressInfo).port}` }
}

const edit = <T>(work: (db: SqliteDatabase.Database) => T): T => {
  const db = new SqliteDatabase(join(bench.folder, 'gatehouse.db'))
  try {
    return work(db)
  } finally {
    db.close()
  }
}

const signIn = async (connectionId: string) => {
  value(await bench.app.signIn.start({ connectionId }))
  const redirect = await signInAtProvider(bench.opened.at(-1) ?? '', {
    username: 'alice',
    password: 'alice-password',
  })
  return value(await bench.app.signIn.receive(redirect)).accountId
}

/** Everything that sends something of an account or of its connection somewhere; answers what came of each. */
const tryAll = async (accountId: string, connectionId: string): Promise<Record<string, string>> => {
  const codeOf = (result: Outcome): string => (result.ok ? 'ok' : result.error.code)
  const draft = { method: 'GET', url: `${bench.playground.apiBase}/profile`, query: [], headers: [] }
  const { app } = bench
  const sent = await app.sendRequest.send({
    sendId: randomUUID(),
    draft: { ...draft, body: { kind: 'none' }, accountId },
  })
  const view = await app.accounts.get(accountId)
  return {
    refresh: codeOf(await app.accounts.refresh(accountId)),
    userinfo: codeOf(await app.accountActions.userinfo(accountId)),
    introspect: codeOf(await app.accountActions.introspect(accountId)),
    revoke: codeOf(await app.accountActions.revoke(accountId)),
    logOut: codeOf(await app.logOut.start({ id: accountId, wayBack: false })),
    reveal: codeOf(app.tokens.reveal({ accountId, kind: 'refresh' })),
    signIn: codeOf(await app.signIn.start({ connectionId })),
    sent: sent.ok ? (sent.value.errorCode ?? 'ok') : sent.error.code,
    view: view.ok ? view.value.storage : view.error.code,
  }
}

const member = (name: string, address: unknown) =>
  `UPDATE connections SET metadata = json_set(metadata, '$.${name}', json('${JSON.stringify(address)}'))`

/** Each place of a stored connection or account that decides where secrets go, or in which form. */
const edits = (origin: string): [string, string][] => [
  ...[
    'token_endpoint',
    'authorization_endpoint',
    'revocation_endpoint',
    'introspection_endpoint',
    'userinfo_endpoint',
    'end_session_endpoint',
    'pushed_authorization_request_endpoint',
    'device_authorization_endpoint',
    'registration_endpoint',
    'jwks_uri',
    'anything_new_endpoint',
  ].map((name): [string, string] => [name, member(name, `${origin}/${name}`)]),
  ['mtls_endpoint_aliases', member('mtls_endpoint_aliases', { token_endpoint: `${origin}/token` })],
  ['auth methods', member('token_endpoint_auth_methods_supported', ['client_secret_post'])],
  ['issuer', `${member('issuer', origin)}; UPDATE accounts SET issuer = '${origin}'`],
  ['client authentication', `UPDATE connections SET client_authentication = 'client_secret_post'`],
  ['client ID', `UPDATE connections SET client_id = 'another'`],
  ['settings', `UPDATE connections SET settings = json_set(settings, '$.dpop', json('true'))`],
  ['resource', `UPDATE connections SET resource = '${origin}'`],
  ['redirect', `UPDATE connections SET redirect_kind = 'loopback'`],
  ['allowInsecure', `UPDATE connections SET allow_insecure = 1`],
  ['playground', `UPDATE connections SET is_playground = 1 - is_playground`],
]
const ofAccount = (origin: string): [string, string][] => [
  ['issuer of the account', `UPDATE accounts SET issuer = '${origin}'`],
  ['resource of the token', `UPDATE token_sets SET resource = '${origin}'`],
]

it(
  'sends nothing to anyone through a connection that was edited in the database',
  { timeout: 120_000 },
  async () => {
    bench = await openWorkbench()
    const { got, origin } = await openForeign()
    const connectionId = await connectPlayground(bench)
    const accountId = await signIn(connectionId)
    const tables = ['connections', 'accounts', 'token_sets'] as const
    const before = edit((db) => tables.map((table) => db.prepare(`SELECT * FROM ${table}`).all()))
    const putBack = () =>
      edit((db) => {
        db.pragma('foreign_keys = OFF')
        for (const [at, table] of tables.entries())
          for (const row of (before[at] ?? []) as Record<string, unknown>[])
            db.prepare(
              `UPDATE ${table} SET ${Object.keys(row)
                .map((name) => `"${name}" = @${name}`)
                .join(', ')} WHERE id = @id`,
            ).run(row)
      })
    const opened = bench.opened.length
    for (const [name, sql] of [...edits(origin), ...ofAccount(origin)]) {
      edit((db) => db.exec(sql))
      const tried = await tryAll(accountId, connectionId)
      const { signIn: start, ...rest } = tried
      const isAccounts = ofAccount('').some(([each]) => each === name)
      expect(
        Object.values(rest).filter((code) => code === 'ok'),
        `${name}: ${JSON.stringify(tried)}`,
      ).toEqual([])
      expect(rest['view'], name).toBe('unreadable')
      expect(start, name).toBe(isAccounts ? 'ok' : 'connection_changed_outside')
      if (!isAccounts) {
        const [listed] = value(bench.app.first.accounts())
        expect(listed?.storage, name).toBe('unreadable')
      }
      putBack()
    }
    expect(got).toEqual([])
    // The account's own edits do not touch a new sign-in, which goes where its connection leads.
    expect(bench.opened.slice(opened).every((url) => url.startsWith(bench.playground.issuer))).toBe(true)
    // Nothing was lost by all that.
    value(await bench.app.accounts.refresh(accountId))
  },
)

it('holds a proof that was taken away, or brought from another connection, for none', async () => {
  bench = await openWorkbench()
  const { got, origin } = await openForeign()
  const connectionId = await connectPlayground(bench)
  await signIn(connectionId)
  const address = `json_set(metadata, '$.token_endpoint', '${origin}/token')`
  for (const proof of ['NULL', `x''`, `x'0102${'00'.repeat(16)}'`, `x'${'00'.repeat(60)}'`]) {
    edit((db) => db.exec(`UPDATE connections SET metadata = ${address}, sealed_proof = ${proof}`))
    expect(await bench.app.signIn.start({ connectionId })).toMatchObject({
      error: { code: 'connection_changed_outside' },
    })
  }
  await bench.restart()
  expect(await bench.app.signIn.start({ connectionId })).toMatchObject({
    error: { code: 'connection_changed_outside' },
  })
  expect(got).toEqual([])
  // Its user looks at it and saves it: the provider is asked anew where its endpoints are.
  const { issuer } = bench.playground
  value(
    await bench.app.connections.save({
      id: connectionId,
      name: 'Playground',
      provider: { issuer },
      clientId: 'gatehouse-desktop',
      clientAuthentication: 'none',
      scope: 'openid offline_access',
      redirectKind: 'custom-scheme',
      allowInsecure: false,
    }),
  )
  await signIn(connectionId)
})

it('holds what lives in memory only as well, as long as it runs', async () => {
  bench = await openWorkbench({ keyring: 'none' })
  const { got, origin } = await openForeign()
  const connectionId = await connectPlayground(bench)
  const accountId = await signIn(connectionId)
  edit((db) => db.exec(member('token_endpoint', `${origin}/token`)))
  const tried = await tryAll(accountId, connectionId)
  expect(Object.values(tried).filter((code) => code === 'ok')).toEqual([])
  expect(got).toEqual([])
})

/** Makes the profile one of before: version 1 everywhere, no proof, a check value without the mark. */
const makeOld = async (password?: string) => {
  const key = await keyOfProfile(password)
  edit((db) => {
    const { connections } = createFirstStores(db, settings)
    db.transaction(() =>
      createSealedFields(db, connections).replace(userIdIn(db), (place, sealed) => {
        const field = parseSealed(sealed)
        const plain = field.kind === 'vault' ? openField(nodeCrypto, key, place, field) : undefined
        if (plain === undefined) throw new Error(`${place.table} ${place.column} does not open`)
        const { destination: _destination, ...bare } = place
        return sealField(nodeCrypto, key, bare, plain)
      }),
    )()
    const place = { userId: userIdIn(db), table: 'vault_keys', rowId: key.id, column: 'check_value' }
    db.prepare('UPDATE vault_keys SET check_value = ?').run(sealField(nodeCrypto, key, place, 'gatehouse'))
    db.exec('UPDATE connections SET sealed_proof = NULL')
  })
}
const settings = createSettingsReader()
const userIdIn = (db: SqliteDatabase.Database) => String(db.prepare('SELECT id FROM users').pluck().get())
const keyOfProfile = async (password?: string): Promise<VaultKey> => {
  const [record] = edit((db) => createVaultKeyStore(db).list(userIdIn(db)))
  const hash = parseHash(record?.passwordHash ?? '')
  const wrappingKey = hash && (await checkPassword(nodeCrypto, password ?? '', hash))
  const { protector } = bench.keyring
  if (!record) throw new Error('there is no key')
  const opened = await unwrapKey({ crypto: nodeCrypto, protector }, record, {
    keyring: await protector.keyring(),
    ...(wrappingKey ? { wrappingKey } : {}),
  })
  if ('trouble' in opened) throw new Error(opened.trouble.code)
  return opened.key
}
const firstBytes = () =>
  edit((db) =>
    db
      .prepare(
        `SELECT hex(substr(sealed_access_token, 1, 1)) FROM token_sets UNION ALL
         SELECT hex(substr(sealed_refresh_token, 1, 1)) FROM token_sets UNION ALL
         SELECT hex(substr(sealed_proof, 1, 1)) FROM connections`,
      )
      .pluck()
      .all(),
  )

it('binds what an earlier version sealed at the next unlock, and takes nothing of it back', async () => {
  await settings.load()
  bench = await openWorkbench()
  const { got, origin } = await openForeign()
  const connectionId = await connectPlayground(bench)
  const accountId = await signIn(connectionId)
  await makeOld()
  const old = edit((db) => ({
    key: db.prepare('SELECT * FROM vault_keys').get() as Record<string, unknown>,
    tokens: db
      .prepare('SELECT sealed_access_token AS a, sealed_refresh_token AS r FROM token_sets')
      .get() as object,
  }))
  expect(firstBytes()).toEqual(['01', '01', ''])

  await bench.restart()
  expect(firstBytes()).toEqual(['02', '02', '02'])
  expect(edit((db) => db.prepare('SELECT id FROM vault_keys').pluck().all())).not.toContain(old.key['id'])
  value(await bench.app.accounts.refresh(accountId))
  value(await bench.app.signIn.start({ connectionId }))

  // An older copy's key and tokens, put beside the new key: they do not open for anything.
  edit((db) => {
    db.prepare(
      `INSERT INTO vault_keys (id, user_id, state, guard, backend, password_hash, wrapped, check_value, created_at)
       VALUES (@id, @user_id, 'set-aside', @guard, @backend, @password_hash, @wrapped, @check_value, @created_at)`,
    ).run(old.key)
    db.prepare('UPDATE token_sets SET sealed_access_token = @a, sealed_refresh_token = @r').run(old.tokens)
  })
  await bench.restart()
  expect(await bench.app.accounts.refresh(accountId)).toMatchObject({ error: { code: 'secret_redirected' } })
  edit((db) => db.exec(member('token_endpoint', `${origin}/token`)))
  await bench.restart()
  expect(await bench.app.accounts.refresh(accountId)).toMatchObject({ error: { code: 'secret_redirected' } })
  expect(await bench.app.sessions.recover({})).toMatchObject({ ok: true })
  expect(await bench.app.accounts.refresh(accountId)).toMatchObject({ error: { code: 'secret_redirected' } })
  expect(got).toEqual([])
})

it('binds an earlier version’s profile that a password guards', async () => {
  await settings.load()
  bench = await openWorkbench()
  const connectionId = await connectPlayground(bench)
  const accountId = await signIn(connectionId)
  const password = 'correct horse battery'
  value(await bench.app.sessions.guard({ guard: 'both', newPassword: password }))
  await makeOld(password)
  expect(firstBytes()).toEqual(['01', '01', ''])
  await bench.restart()
  const { user } = value(bench.app.sessions.state())
  value(await bench.app.sessions.unlock({ userId: user.id, password }))
  expect(firstBytes()).toEqual(['02', '02', '02'])
  value(await bench.app.accounts.refresh(accountId))
})

it('keeps tokens for where they were meant to go when endpoints are typed anew elsewhere', async () => {
  bench = await openWorkbench()
  const { got, origin } = await openForeign()
  const connectionId = await connectPlayground(bench)
  const accountId = await signIn(connectionId)
  const { issuer } = bench.playground
  const byHand = (endpoints: string) => ({
    id: connectionId,
    name: 'By hand',
    provider: {
      issuer,
      authorizationEndpoint: `${endpoints}/authorize`,
      tokenEndpoint: `${endpoints}/token`,
    },
    clientId: 'gatehouse-desktop',
    clientAuthentication: 'none' as const,
    scope: 'openid offline_access',
    redirectKind: 'custom-scheme' as const,
    allowInsecure: false,
  })
  value(await bench.app.connections.save(byHand(issuer)))
  value(await bench.app.accounts.refresh(accountId))
  value(await bench.app.connections.save(byHand(origin)))
  expect(await bench.app.accounts.refresh(accountId)).toMatchObject({ error: { code: 'secret_redirected' } })
  expect(got).toEqual([])
  value(await bench.app.connections.save(byHand(issuer)))
  value(await bench.app.accounts.refresh(accountId))
})
