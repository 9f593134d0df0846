import { describe, expect, it } from 'vitest'
import { createConnectionStore } from '../../../src/node/sqlite/stores/connection-store.ts'
import { createSettingsReader } from '../../../src/node/sqlite/stores/settings-reader.ts'
import { createPendingSignInStore } from '../../../src/node/sqlite/stores/pending-sign-in-store.ts'
import { createRequestStore } from '../../../src/node/sqlite/stores/request-store.ts'
import { createTokenStore } from '../../../src/node/sqlite/stores/token-store.ts'
import { createUserStore } from '../../../src/node/sqlite/stores/user-store.ts'
import type { Account, Connection, LineageStep, TokenSet } from '../../../src/core/records/model.ts'
import { databaseWithUsers } from './temporary-database.ts'

const settingsReader = createSettingsReader()
await settingsReader.load()

const bytes = (...values: number[]) => Uint8Array.from(values)
/** Buffers and Uint8Arrays hold the same. */
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_key, each: unknown) =>
      each instanceof Object && 'type' in each && each.type === 'Buffer' && 'data' in each ? each.data : each,
    ).replace(/\{"0":[^}]*\}/g, (object) => JSON.stringify(Object.values(JSON.parse(object) as object))),
  )

const connection = (over: Partial<Connection> = {}): Connection => ({
  id: 'c1',
  userId: 'u1',
  environmentId: 'e1',
  name: 'Playground',
  metadata: {
    issuer: 'http://127.0.0.1:1',
    token_endpoint: 'http://127.0.0.1:1/token',
    extra: { deep: [1] },
  },
  metadataSource: 'discovery',
  metadataFetchedAt: 5,
  clientId: 'gatehouse',
  clientAuthentication: 'client_secret_basic',
  sealedClientSecret: bytes(1, 2, 3),
  scope: 'openid',
  resource: 'urn:api',
  redirectKind: 'custom-scheme',
  allowInsecure: true,
  isPlayground: false,
  createdAt: 1,
  updatedAt: 2,
  ...over,
})
const account = (over: Partial<Account> = {}): Account => ({
  id: 'a1',
  userId: 'u1',
  connectionId: 'c1',
  issuer: 'http://127.0.0.1:1',
  subject: 'alice',
  profile: { name: 'Alice', groups: ['x'] },
  signedInAt: 10,
  ...over,
})
const tokenSet = (over: Partial<TokenSet> = {}): TokenSet => ({
  id: 't1',
  userId: 'u1',
  accountId: 'a1',
  grant: 'authorization_code',
  tokenType: 'Bearer',
  scope: 'openid',
  scopeAsked: 'openid email',
  obtainedAt: 10,
  expiresAt: 20,
  ownExpiresAt: 19,
  accessTokenFormat: 'jwt',
  refreshCount: 0,
  sealedAccessToken: bytes(9),
  sealedRefreshToken: bytes(8),
  ...over,
})
const step = (over: Partial<LineageStep> = {}): LineageStep => ({
  tokenSetId: 't1',
  at: 10,
  event: 'signed-in',
  reason: 'requested manually',
  changes: ['access token'],
  ...over,
})

describe('users', () => {
  it('are found whatever way the name is written, and only one can have it', () => {
    const users = createUserStore(databaseWithUsers())
    const user = { id: 'u9', username: 'Straße Σίσυφος', createdAt: 3, lastUnlockAt: 4 }
    users.add(user)
    for (const name of ['straße σίσυφος', 'STRASSE ΣΊΣΥΦΟΣ', 'Ｓtrasse σίσυφοσ'])
      expect(users.findByUsername(name)).toEqual(user)
    expect(users.findByUsername('strase')).toBeUndefined()
    expect(() => users.add({ ...user, id: 'u10', username: 'STRASSE ΣΊΣΥΦΟΣ' })).toThrow('UNIQUE')
    expect(users.list().map(({ id }) => id)).toEqual(['u1', 'u2', 'u9'])
  })

  it('have environments of their own', () => {
    const users = createUserStore(databaseWithUsers())
    users.addEnvironment({ id: 'e9', userId: 'u1', name: 'staging' })
    expect(users.environments('u1').map(({ name }) => name)).toEqual(['local', 'staging'])
    expect(users.environments('u2').map(({ name }) => name)).toEqual(['local'])
  })
})

describe('connections', () => {
  it('come back as they were saved, and change in place', () => {
    const connections = createConnectionStore(databaseWithUsers(), settingsReader)
    connections.save(connection())
    expect(plain(connections.get('u1', 'c1'))).toEqual(plain(connection()))
    const changed = connection({
      name: 'Other',
      sealedClientSecret: undefined,
      resource: undefined,
      updatedAt: 9,
    })
    connections.save(changed)
    expect(plain(connections.list('u1'))).toEqual([plain(changed)])
  })

  it('belong to one user', () => {
    const connections = createConnectionStore(databaseWithUsers(), settingsReader)
    connections.save(connection())
    expect(connections.get('u2', 'c1')).toBeUndefined()
    expect(connections.list('u2')).toEqual([])
    connections.remove('u2', 'c1')
    connections.save(connection({ userId: 'u2', environmentId: 'e2', name: 'stolen' }))
    expect(connections.get('u1', 'c1')?.name).toBe('Playground')
    expect(() => connections.save(connection({ id: 'c2', environmentId: 'e2' }))).toThrow('FOREIGN KEY')
  })

  it('say in the list what of them cannot be read, and are given to nobody who would use them', () => {
    const db = databaseWithUsers()
    const connections = createConnectionStore(db, settingsReader)
    connections.save(connection())
    db.exec(`UPDATE connections SET metadata = '[]'`)
    const reason = () => connections.list('u1').map(({ name, unreadable }) => [name, unreadable?.code])
    expect(reason()).toEqual([['Playground', 'document_unfit']])
    expect(() => connections.get('u1', 'c1')).toThrow('document_unfit')
    db.exec(`UPDATE connections SET metadata = '{"issuer":"x"}', settings = '{"grant":"barter"}'`)
    expect(reason()).toEqual([['Playground', 'document_unfit']])
    db.exec(`UPDATE connections SET settings = '{}', public_keys = '{"client":{"kid":1}}'`)
    expect(reason()).toEqual([['Playground', 'document_unfit']])
    db.exec(`UPDATE connections SET public_keys = '{"gatehouse":"public-keys","version":9,"content":{}}'`)
    expect(reason()).toEqual([['Playground', 'document_newer']])
    db.exec(`UPDATE connections SET public_keys = '{}'`)
    expect(reason()).toEqual([['Playground', undefined]])
  })

  it('need the schema of their settings only where one has any', async () => {
    const db = databaseWithUsers()
    const late = createSettingsReader()
    const connections = createConnectionStore(db, late)
    connections.save(connection())
    expect(late.isNeeded(db)).toBe(false)
    expect(connections.list('u1')).toHaveLength(1)
    createConnectionStore(db, settingsReader).save(
      connection({ id: 'c2', settings: { grant: 'client_credentials' } }),
    )
    expect(late.isNeeded(db)).toBe(true)
    expect(() => connections.list('u1')).toThrow('not loaded')
    await late.load()
    expect(connections.get('u1', 'c2')?.settings).toEqual({ grant: 'client_credentials' })
  })
})

describe('accounts and token sets', () => {
  const stores = () => {
    const db = databaseWithUsers()
    createConnectionStore(db, settingsReader).save(connection())
    return { db, tokens: createTokenStore(db) }
  }

  it('save a sign-in in one piece, and a second one in the place of the first', () => {
    const { tokens } = stores()
    tokens.saveSignIn(account(), tokenSet(), step())
    expect(tokens.findAccount('u1', 'c1', 'http://127.0.0.1:1', 'alice')).toEqual(account())
    expect(plain(tokens.getAccount('u1', 'a1'))).toEqual(plain({ account: account(), tokenSet: tokenSet() }))
    const again = account({ profile: {}, signedInAt: 30 })
    tokens.saveSignIn(again, tokenSet({ id: 't2' }), step({ tokenSetId: 't2', at: 30 }))
    expect(plain(tokens.listAccounts('u1'))).toEqual([
      plain({ account: again, tokenSet: tokenSet({ id: 't2' }) }),
    ])
    expect(tokens.lineage('t1')).toEqual([])
    // What became of the account before stays in its history.
    expect(plain(tokens.lineage('t2'))).toEqual(
      plain([step({ tokenSetId: 't2' }), step({ tokenSetId: 't2', at: 30 })]),
    )
  })

  it('leave the earlier tokens where a part of a sign-in cannot be saved', () => {
    const { tokens } = stores()
    tokens.saveSignIn(account(), tokenSet(), step())
    const wrongStep = step({ tokenSetId: 'nowhere' })
    expect(() => tokens.saveSignIn(account({ profile: {} }), tokenSet({ id: 't2' }), wrongStep)).toThrow(
      'FOREIGN',
    )
    expect(plain(tokens.listAccounts('u1'))).toEqual([plain({ account: account(), tokenSet: tokenSet() })])
  })

  it('save a refresh with its step, and keep the order of the steps', () => {
    const { tokens } = stores()
    tokens.saveSignIn(account(), tokenSet(), step())
    const fresh = tokenSet({
      refreshCount: 1,
      refreshedAt: 15,
      sealedRefreshToken: bytes(7),
      expiresAt: undefined,
    })
    tokens.saveRefresh(fresh, step({ at: 15, event: 'refreshed' }))
    tokens.addLineage(step({ at: 14, event: 'refresh-failed', changes: [] }))
    expect(plain(tokens.getAccount('u1', 'a1')?.tokenSet)).toEqual(plain(fresh))
    expect(tokens.lineage('t1').map(({ event }) => event)).toEqual([
      'signed-in',
      'refreshed',
      'refresh-failed',
    ])
  })

  it('belong to one user and one account', () => {
    const { tokens } = stores()
    tokens.saveSignIn(account(), tokenSet(), step())
    expect(tokens.getAccount('u2', 'a1')).toBeUndefined()
    expect(() => tokens.saveRefresh(tokenSet({ userId: 'u2' }), step())).toThrow()
    tokens.removeAccount('u2', 'a1')
    expect(tokens.listAccounts('u1')).toHaveLength(1)
    tokens.removeAccount('u1', 'a1')
    expect(tokens.listAccounts('u1')).toEqual([])
    expect(tokens.lineage('t1')).toEqual([])
  })

  it('go with their connection', () => {
    const { db, tokens } = stores()
    tokens.saveSignIn(account(), tokenSet(), step())
    createConnectionStore(db, settingsReader).remove('u1', 'c1')
    expect(tokens.listAccounts('u1')).toEqual([])
  })
})

describe('pending sign-ins', () => {
  const pending = (over = {}) => ({
    id: 'p1',
    userId: 'u1',
    connectionId: 'c1',
    stateDigest: 'd1',
    startedAt: 1,
    expiresAt: 100,
    sealedSecrets: bytes(4),
    ...over,
  })
  const store = () => {
    const db = databaseWithUsers()
    createConnectionStore(db, settingsReader).save(connection())
    return createPendingSignInStore(db)
  }

  it('are found by the digest of their state and taken once', () => {
    const signIns = store()
    signIns.add(pending())
    signIns.add(pending({ id: 'p2', stateDigest: 'd2' }))
    expect(plain(signIns.findByStateDigest('d1'))).toEqual(plain(pending()))
    expect(signIns.findByStateDigest('d3')).toBeUndefined()
    expect(plain(signIns.get('p2'))).toEqual(plain(pending({ id: 'p2', stateDigest: 'd2' })))
    expect([signIns.take('p1'), signIns.take('p1')]).toEqual([true, false])
    expect(signIns.list('u1').map(({ id }) => id)).toEqual(['p2'])
  })
})

describe('requests', () => {
  it('come back as they were saved, by name', () => {
    const requests = createRequestStore(databaseWithUsers())
    const record = { id: 'r1', userId: 'u1', name: 'Orders', draft: '{"method":"GET"}', updatedAt: 1 }
    requests.save({ ...record, name: 'Old name' })
    requests.save(record)
    requests.save({ ...record, id: 'r0', name: 'Zebra' })
    expect(requests.list('u1').map(({ id }) => id)).toEqual(['r1', 'r0'])
    expect(requests.get('u1', 'r1')).toEqual(record)
    expect(requests.get('u2', 'r1')).toBeUndefined()
    requests.remove('u1', 'r1')
    expect(requests.list('u1')).toHaveLength(1)
  })
})
