import { describe, expect, it } from 'vitest'
import { exportVault } from '../../../../../src/core/vault/transfer/export-vault.ts'
import { createProfile, fill, type Profile } from '../profile.ts'
import type { OpenVault } from '../../../../../src/core/vault/box/vault-parts.ts'

const password = 'export with these words'

const setUp = async () => {
  const profile = createProfile()
  const vault = await profile.open()
  fill(profile, vault)
  return { ...profile, profile, vault }
}
const exportOf = async ({ parts, rows }: Profile, vault: OpenVault) => {
  const user = rows.users.find(({ id }) => id === vault.userId)
  if (!user) throw new Error('no such user')
  const exported = await exportVault(user, vault.box, parts, password)
  if (!exported.ok) throw new Error(exported.error.code)
  const text = new TextDecoder().decode(exported.value.bytes)
  const content = JSON.parse(text.slice(text.indexOf('\n') + 1)) as Record<string, Record<string, unknown>[]>
  return { text, content, missing: exported.value.missing }
}

describe('an export', () => {
  it('holds everything of the user, with the secrets as they are', async () => {
    const { profile, vault } = await setUp()
    const { text, content, missing } = await exportOf(profile, vault)
    expect(text.startsWith(`${password}\n`)).toBe(true)
    expect(missing).toEqual([])
    expect(content).toMatchObject({
      format: 'gatehouse-vault',
      version: 1,
      exportedAt: 1_000_000,
      username: 'user u1',
      environments: [
        {
          id: 'e-u1',
          name: 'local',
          variables: [
            { name: 'base', value: 'https://api.example', secret: false },
            { name: 'key', value: 'the variable of u1', secret: true },
          ],
        },
      ],
      connections: [
        {
          id: 'c-u1',
          environmentId: 'e-u1',
          clientSecret: 'the client secret of u1',
          clientKey: 'the client key of u1',
          certificate: 'the certificate of u1',
          dpopKey: 'the DPoP key of u1',
          settings: { prompt: 'login' },
        },
      ],
      accounts: [
        { id: 'ann-u1', connectionId: 'c-u1', subject: 'ann', profile: { name: 'ann', deep: { er: [1] } } },
        { id: 'bob-u1', subject: 'bob' },
      ],
      tokenSets: [
        {
          id: 'ann-set-u1',
          accountId: 'ann-u1',
          accessToken: "ann's access_token of u1",
          refreshToken: "ann's refresh_token of u1",
          idToken: "ann's id_token of u1",
          lineage: [
            { at: 10, event: 'signed-in', reason: 'r', changes: ['c'] },
            { at: 15, event: 'refreshed', reason: 'r', changes: [] },
          ],
        },
        { accessToken: "bob's access_token of u1" },
      ],
      requests: [{ id: 'r-u1', name: 'Orders', secrets: "the request's secrets of u1", updatedAt: 3 }],
      missing: [],
    })
    expect(text).not.toMatch(/sealed|userId/)
  })

  it('holds nothing of another user', async () => {
    const { profile, vault, open } = await setUp()
    fill(profile, await open(undefined, 'u2'))
    const { text } = await exportOf(profile, vault)
    expect(text).not.toContain('u2')
  })

  it('leaves out what was never there', async () => {
    const { profile, vault, rows } = await setUp()
    for (const connection of rows.connections) {
      delete connection.sealedClientSecret
      delete connection.sealedClientKey
      delete connection.sealedCertificate
      delete connection.sealedDpopKey
    }
    for (const set of rows.token_sets) {
      delete set.sealedRefreshToken
      delete set.sealedIdToken
    }
    for (const request of rows.requests) delete request.sealedSecrets
    rows.token_sets = rows.token_sets.slice(0, 1)
    const { content, missing } = await exportOf(profile, vault)
    expect(missing).toEqual([])
    expect(content['accounts']).toHaveLength(2)
    expect(content['tokenSets']).toHaveLength(1)
    for (const member of ['clientSecret', 'clientKey', 'certificate', 'dpopKey'])
      expect(content['connections']?.[0]).not.toHaveProperty(member)
    for (const member of ['refreshToken', 'idToken'])
      expect(content['tokenSets']?.[0]).not.toHaveProperty(member)
    expect(content['requests']?.[0]).not.toHaveProperty('secrets')
  })

  it('names each secret that did not open, and brings the rest', async () => {
    const { profile, vault, rows } = await setUp()
    const damaged = () => Uint8Array.of(0)
    const [connection] = rows.connections
    if (!connection) throw new Error('no connection')
    connection.sealedClientSecret = damaged()
    connection.sealedClientKey = damaged()
    connection.sealedCertificate = damaged()
    connection.sealedDpopKey = damaged()
    for (const set of rows.token_sets) {
      if (set.id === 'bob-set-u1') set.sealedAccessToken = damaged()
      else set.sealedRefreshToken = set.sealedIdToken = damaged()
    }
    for (const variable of rows.variables) if (variable.sealedValue) variable.sealedValue = damaged()
    for (const request of rows.requests) request.sealedSecrets = damaged()
    const { content, missing } = await exportOf(profile, vault)
    expect(new Set(missing)).toEqual(
      new Set([
        'connections c-u1 client_secret: secret_unreadable',
        'connections c-u1 client_key: secret_unreadable',
        'connections c-u1 client_certificate: secret_unreadable',
        'connections c-u1 dpop_key: secret_unreadable',
        'token_sets ann-set-u1 refresh_token: secret_unreadable',
        'token_sets ann-set-u1 id_token: secret_unreadable',
        'token_sets bob-set-u1 access_token: secret_unreadable',
        'environment_variables v2-u1 value: secret_unreadable',
        'requests r-u1 secrets: secret_unreadable',
      ]),
    )
    expect(content['missing']).toEqual(missing)
    // Without its access token a set is nothing; a variable without its value neither.
    expect(content['tokenSets']?.map(({ id }) => id)).toEqual(['ann-set-u1'])
    expect(content['environments']?.[0]?.['variables']).toMatchObject([{ name: 'base' }])
    expect(content['connections']).toHaveLength(1)
  })

  it('does not bring tokens for another destination than they were sealed for', async () => {
    const { profile, vault, rows } = await setUp()
    for (const connection of rows.connections) connection.metadata = { issuer: 'https://evil.example' }
    const { text, missing } = await exportOf(profile, vault)
    expect(missing).toContain('token_sets ann-set-u1 access_token: secret_redirected')
    expect(missing).toContain('connections c-u1 client_secret: secret_redirected')
    expect(text).not.toContain("ann's access_token")
  })

  it('names what cannot be read, and leaves it out with all that belongs to it', async () => {
    const { profile, vault, rows } = await setUp()
    for (const connection of rows.connections)
      connection.unreadable = { code: 'document_newer', message: 'newer' }
    for (const request of rows.requests) request.draft = '{"method":"run me"}'
    const { content, missing } = await exportOf(profile, vault)
    expect(missing).toEqual(['connections c-u1: document_newer', 'requests r-u1: document_unfit'])
    expect(content).toMatchObject({ connections: [], accounts: [], tokenSets: [], requests: [] })
    expect(content['environments']).toHaveLength(1)
  })

  it('needs a password that is worth it, and an unlocked vault', async () => {
    const { vault, parts, rows } = await setUp()
    const user = rows.users[0]
    if (!user) throw new Error('no user')
    expect(await exportVault(user, vault.box, parts, 'short')).toMatchObject({
      error: { code: 'password_unfit' },
    })
    vault.box.lock()
    expect(await exportVault(user, vault.box, parts, password)).toMatchObject({
      error: { code: 'vault_locked' },
    })
  })
})
