import { ok, fail } from '@contract/result'
import { connectionDestination, tokenDestination } from '../../../../src/core/records/destination.ts'
import type { Account, Connection, TokenSet } from '../../../../src/core/records/model.ts'
import { openVault } from '../../../../src/core/vault/box/open-vault.ts'
import type { OpenVault } from '../../../../src/core/vault/box/vault-parts.ts'
import type { ImportSteps } from '../../../../src/core/vault/transfer/import-steps.ts'
import type { SecretFile } from '../../../../src/core/vault/transfer/secret-file.ts'
import { nodeCrypto } from '../../../../src/node/crypto/node-crypto.ts'
import { createFakeKeyring, createMemoryKeyStore } from './fakes.ts'
import { createMemoryStores } from './stores.ts'

/** A file that shows its password: encryption has tests of its own. */
export const plainFile: SecretFile = {
  encrypt: (plain, password) =>
    Promise.resolve(new TextEncoder().encode(`${password}\n${new TextDecoder().decode(plain)}`)),
  decrypt: (file, password) => {
    const text = new TextDecoder().decode(file)
    const at = text.indexOf('\n')
    return Promise.resolve(
      text.slice(0, at) === password
        ? ok(new TextEncoder().encode(text.slice(at + 1)))
        : fail('export_password_wrong', 'Wrong password.'),
    )
  },
}

/** Steps that nobody stops; each row is a piece of its own. */
export const steps = (changes: Partial<ImportSteps> = {}): ImportSteps => ({
  pacer: { isDue: () => true, turn: () => Promise.resolve() },
  stopped: () => false,
  progress: () => undefined,
  ...changes,
})

export const draft = JSON.stringify({
  method: 'GET',
  url: 'https://api.example/orders',
  query: [],
  headers: [],
  body: { kind: 'none' },
  accountId: null,
})

/** A profile in memory with a keyring and as many users as are opened. */
export const createProfile = () => {
  const keyring = createFakeKeyring()
  const store = createMemoryKeyStore()
  const stores = createMemoryStores()
  const state = { now: 1_000_000, number: 0 }
  store.atomically = (work) => {
    const before = { rows: structuredClone(stores.rows), records: [...store.records] }
    try {
      return work()
    } catch (error) {
      Object.assign(stores.rows, before.rows)
      store.records.splice(0, store.records.length, ...before.records)
      throw error
    }
  }
  const parts = {
    ownFiles: () => [],
    ownMemory: () => undefined,
    fileCame: () => undefined,
    ownSecretCame: () => undefined,
    ...stores,
    store,
    protector: keyring.protector,
    crypto: nodeCrypto,
    clock: { now: () => state.now },
    scrypt: { cost: 4, blockSize: 8, parallelization: 1 },
    file: plainFile,
    newId: () => `new-${(state.number += 1)}`,
    writes: {
      atomically: store.atomically,
      onDisk: () => Promise.resolve(),
      settle: () => undefined,
    },
  }
  const tryOpen = (password?: string, userId = 'u1') =>
    openVault(userId, parts, password === undefined ? {} : { password })
  const open = async (password?: string, userId = 'u1'): Promise<OpenVault> => {
    const opened = await tryOpen(password, userId)
    if (!opened.ok) throw new Error(opened.error.code)
    return opened.value
  }
  return { keyring, store, rows: stores.rows, state, parts, tryOpen, open }
}
export type Profile = ReturnType<typeof createProfile>

/** Puts one of everything into a user's vault. */
export const fill = ({ parts, rows }: Profile, { userId, box }: OpenVault) => {
  rows.users.push({ id: userId, username: `user ${userId}`, createdAt: 1 })
  rows.environments.push({ id: `e-${userId}`, userId, name: 'local' })
  const connection: Connection = {
    id: `c-${userId}`,
    userId,
    environmentId: `e-${userId}`,
    name: 'Example',
    metadata: { issuer: 'https://id.example', token_endpoint: 'https://id.example/token', further: [1] },
    metadataSource: 'discovery',
    metadataFetchedAt: 5,
    clientId: 'client',
    clientAuthentication: 'client_secret_basic',
    settings: { prompt: 'login' },
    publicKeys: {
      client: { algorithm: 'ES256', kid: 'k1', jwk: '{}' },
      dpop: { algorithm: 'ES256', kid: 'k2', jwk: '{}' },
      certificate: { subject: 'CN=a', issuer: 'CN=b', thumbprint: 't', validTo: 9 },
    },
    scope: 'openid',
    resource: 'https://api.example',
    redirectKind: 'loopback',
    allowInsecure: false,
    isPlayground: false,
    createdAt: 6,
    updatedAt: 7,
  }
  const destination = connectionDestination(connection)
  const own = (column: string, text: string) =>
    box.seal({ userId, table: 'connections', rowId: connection.id, column, destination }, text)
  rows.connections.push({
    ...connection,
    sealedClientSecret: own('client_secret', `the client secret of ${userId}`),
    sealedClientKey: own('client_key', `the client key of ${userId}`),
    sealedCertificate: own('client_certificate', `the certificate of ${userId}`),
    sealedDpopKey: own('dpop_key', `the DPoP key of ${userId}`),
    sealedProof: own('proof', ''),
  })
  for (const name of ['ann', 'bob']) {
    const account: Account = {
      id: `${name}-${userId}`,
      userId,
      connectionId: connection.id,
      issuer: 'https://id.example',
      subject: name,
      profile: { name, deep: { er: [1] } },
      signedInAt: 10,
    }
    const plain = {
      id: `${name}-set-${userId}`,
      userId,
      accountId: account.id,
      grant: 'authorization_code',
      tokenType: 'Bearer',
      scope: 'openid',
      scopeAsked: 'openid profile',
      resource: 'https://api.example',
      obtainedAt: 10,
      expiresAt: 20,
      ownExpiresAt: 21,
      revokedAt: 22,
      accessTokenFormat: 'jwt',
      refreshCount: 1,
      refreshedAt: 15,
    } as const satisfies Partial<TokenSet>
    const place = {
      userId,
      table: 'token_sets',
      rowId: plain.id,
      destination: tokenDestination(connection, { account, tokenSet: plain }),
    }
    const seal = (column: string) => box.seal({ ...place, column }, `${name}'s ${column} of ${userId}`)
    const first = { tokenSetId: plain.id, at: 10, event: 'signed-in', reason: 'r', changes: ['c'] } as const
    parts.tokens.saveSignIn(
      account,
      {
        ...plain,
        sealedAccessToken: seal('access_token'),
        sealedRefreshToken: seal('refresh_token'),
        sealedIdToken: seal('id_token'),
      },
      { ...first, changes: ['c'] },
    )
    parts.tokens.addLineage({ ...first, at: 15, event: 'refreshed', changes: [] })
  }
  const variable = { userId, environmentId: `e-${userId}` }
  const at = { userId, table: 'environment_variables', rowId: `v2-${userId}`, column: 'value' }
  rows.variables.push(
    { ...variable, id: `v1-${userId}`, name: 'base', value: 'https://api.example' },
    { ...variable, id: at.rowId, name: 'key', sealedValue: box.seal(at, `the variable of ${userId}`) },
  )
  const request = { userId, table: 'requests', rowId: `r-${userId}`, column: 'secrets' }
  rows.requests.push({
    id: request.rowId,
    userId,
    name: 'Orders',
    draft,
    sealedSecrets: box.seal(request, `the request's secrets of ${userId}`),
    updatedAt: 3,
  })
}

/** What each sealed field of a user opens to: its text, or why it doesn't. */
export const openAll = ({ parts }: Profile, { userId, box }: OpenVault): Record<string, string> => {
  const texts: Record<string, string> = {}
  parts.fields.replace(userId, (place, sealed) => {
    const opened = box.open(place, sealed)
    texts[`${place.table} ${place.rowId} ${place.column}`] = opened.ok ? opened.value : opened.error.code
    return undefined
  })
  return texts
}
