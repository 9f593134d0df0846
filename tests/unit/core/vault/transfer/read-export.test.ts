import { describe, expect, it } from 'vitest'
import { importLimit, readExport } from '../../../../../src/core/vault/transfer/read-export.ts'
import { draft, plainFile, steps } from '../profile.ts'
import { changed, code, encoded, password, read } from './reading.ts'
import { sample } from './sample-export.ts'

describe('an export file', () => {
  it('is read as it was written', async () => {
    expect(await read(sample())).toEqual({ ok: true, value: sample() })
  })

  it.each([
    'connections.0.metadataFetchedAt',
    'connections.0.clientSecret',
    'connections.0.clientKey',
    'connections.0.certificate',
    'connections.0.dpopKey',
    'connections.0.settings',
    'connections.0.publicKeys',
    'connections.0.publicKeys.client',
    'connections.0.publicKeys.dpop',
    'connections.0.publicKeys.certificate',
    'connections.0.resource',
    'tokenSets.0.resource',
    'tokenSets.0.expiresAt',
    'tokenSets.0.ownExpiresAt',
    'tokenSets.0.revokedAt',
    'tokenSets.0.refreshedAt',
    'tokenSets.0.refreshToken',
    'tokenSets.0.idToken',
    'requests.0.secrets',
  ])('may be without %s', async (path) => expect(await code(changed(path, undefined))).toBe('taken'))

  it('of an earlier release has environments without variables', async () => {
    const result = await read(changed('environments.0.variables', undefined))
    expect(result).toMatchObject({
      ok: true,
      value: { environments: [{ variables: [] }, { variables: [] }] },
    })
  })

  const short = [
    'username',
    'environments.0.name',
    'connections.0.name',
    'connections.0.publicKeys.client.algorithm',
    'connections.0.publicKeys.client.kid',
    'connections.0.publicKeys.certificate.thumbprint',
    'tokenSets.0.tokenType',
    'requests.0.name',
    'missing.0',
  ]
  const long = [
    'environments.0.variables.0.value',
    'connections.0.metadata.issuer',
    'connections.0.clientId',
    'connections.0.clientSecret',
    'connections.0.clientKey',
    'connections.0.certificate',
    'connections.0.dpopKey',
    'connections.0.publicKeys.client.jwk',
    'connections.0.publicKeys.certificate.subject',
    'connections.0.publicKeys.certificate.issuer',
    'connections.0.scope',
    'connections.0.resource',
    'accounts.0.issuer',
    'accounts.0.subject',
    'tokenSets.0.scope',
    'tokenSets.0.scopeAsked',
    'tokenSets.0.resource',
    'tokenSets.0.accessToken',
    'tokenSets.0.refreshToken',
    'tokenSets.0.idToken',
    'tokenSets.0.lineage.0.reason',
    'tokenSets.0.lineage.0.changes.0',
    'requests.0.secrets',
  ]
  it.each([
    ...short.map((path) => [path, 1_024] as const),
    ...long.map((path) => [path, 1_048_576] as const),
  ])('holds text of so many characters at %s: %d', async (path, most) => {
    expect(await code(changed(path, 'x'.repeat(most)))).toBe('taken')
    expect(await code(changed(path, ''))).toBe('taken')
    expect(await code(changed(path, 'x'.repeat(most + 1)))).toBe('export_unreadable')
    expect(await code(changed(path, 7))).toBe('export_unreadable')
  })

  it.each([
    'exportedAt',
    'connections.0.metadataFetchedAt',
    'connections.0.createdAt',
    'connections.0.updatedAt',
    'connections.0.publicKeys.certificate.validTo',
    'accounts.0.signedInAt',
    'tokenSets.0.obtainedAt',
    'tokenSets.0.refreshCount',
    'tokenSets.0.lineage.0.at',
    'requests.0.updatedAt',
  ])('has a whole number at %s', async (path) => {
    expect(await code(changed(path, 0.5))).toBe('export_unreadable')
    expect(await code(changed(path, '1'))).toBe('export_unreadable')
  })

  it.each([
    ['connections.0.metadataSource', ['discovery', 'by-hand']],
    ['connections.0.redirectKind', ['loopback', 'custom-scheme']],
    ['connections.0.allowInsecure', [true, false]],
    ['tokenSets.0.accessTokenFormat', ['jwt', 'jwe', 'opaque', 'malformed']],
    ['tokenSets.0.grant', ['authorization_code', 'client_credentials']],
    ['tokenSets.0.lineage.0.event', ['signed-in', 'refreshed', 'refresh-failed', 'revoked', 'revoke-failed']],
  ])('has one of its words at %s', async (path, values) => {
    for (const value of values) expect(await code(changed(path, value)), String(value)).toBe('taken')
    for (const value of ['', 'other', null])
      expect(await code(changed(path, value)), String(value)).toBe('export_unreadable')
  })

  it.each([
    'surplus',
    'environments.0.surplus',
    'environments.0.variables.0.surplus',
    'connections.0.surplus',
    'connections.0.publicKeys.surplus',
    'connections.0.publicKeys.client.surplus',
    'connections.0.publicKeys.certificate.surplus',
    'accounts.0.surplus',
    'tokenSets.0.surplus',
    'tokenSets.0.lineage.0.surplus',
    'requests.0.surplus',
    '__proto__',
    'toString',
  ])('has no %s', async (path) => {
    const content = JSON.stringify(changed(path.replace('__proto__', 'proto'), 1)).replace(
      '"proto"',
      '"__proto__"',
    )
    const file = await plainFile.encrypt(Buffer.from(content), password)
    expect(await readExport(file, password, plainFile, steps())).toMatchObject({
      error: { code: 'export_unreadable' },
    })
  })

  it.each([
    ['format', 'another-vault'],
    ['version', 2],
    ['environments.0.variables.0.name', '1st'],
    ['environments.0.variables.0.secret', 'yes'],
    ['accounts.0.profile', 'Ann'],
    ['connections.0.metadata', {}],
    ['connections.0.settings', { surplus: 1 }],
    ['connections.0.clientAuthentication', 'by_pigeon'],
    ['requests.0.draft', '{"method":"run me"}'],
    ['requests.0.draft', `${draft.slice(0, -1)},"x":"${'x'.repeat(16_777_216)}"}`],
    ['requests', { list: 'no' }],
    ['missing', 'none'],
  ])('is refused with another %s', async (path, value) => {
    expect(await code(changed(path, value))).toBe('export_unreadable')
  })

  it.each(['environments', 'connections', 'accounts', 'tokenSets', 'requests', 'missing', 'username'])(
    'is refused without %s, and says so',
    async (name) => {
      const result = await read(changed(name, undefined))
      expect(result.ok ? '' : result.error.message).toContain(name)
    },
  )

  it.each([
    ['environments.0.variables.1.secret', 'environments.0.variables.1.secret: '],
    ['connections.0.clientId', 'connections.0.clientId: '],
    ['tokenSets.1.lineage.0.event', 'tokenSets.1.lineage.0.event: '],
    ['username', 'username: '],
  ])('names the place of what is wrong: %s', async (path, named) => {
    const result = await read(changed(path, { no: 1 }))
    expect(result.ok ? '' : result.error.message).toContain(`(${named}`)
  })

  it.each([
    '[]',
    '7',
    '',
    '{',
    '{"format":"gatehouse-vault"}',
    '{"surplus":[1]}',
    `{"${'x'.repeat(99)}":[1]}`,
  ])('is no export: %s', async (text) => {
    const file = await plainFile.encrypt(Buffer.from(text), password)
    const result = await readExport(file, password, plainFile, steps())
    expect(result).toMatchObject({ error: { code: 'export_unreadable' } })
    expect(result.ok ? '' : result.error.message).not.toContain('x'.repeat(41))
  })

  it('has at most ten thousand rows in a list', async () => {
    const missing = (count: number) => ({ ...sample(), missing: Array<string>(count).fill('m') })
    expect(await code(missing(10_000))).toBe('taken')
    expect(await code(missing(10_001))).toBe('export_unreadable')
    const step = sample().tokenSets[0]?.lineage[0]
    const steps = (count: number) => changed('tokenSets.0.lineage', Array(count).fill(step))
    expect(await code(steps(10_000))).toBe('taken')
    expect(await code(steps(10_001))).toBe('export_unreadable')
    const changes = (count: number) => changed('tokenSets.0.lineage.0.changes', Array(count).fill('c'))
    expect(await code(changes(100))).toBe('taken')
    expect(await code(changes(101))).toBe('export_unreadable')
  })

  it('is not even opened where it is too large', async () => {
    const file = { ...plainFile, decrypt: () => Promise.reject(new Error('not to be asked')) }
    expect(await readExport(new Uint8Array(importLimit + 1), password, file, steps())).toMatchObject({
      error: { code: 'export_too_large' },
    })
    await expect(readExport(new Uint8Array(importLimit), password, file, steps())).rejects.toThrow('not to')
  })

  it('is nothing without its password', async () => {
    expect(await readExport(await encoded(sample()), 'another', plainFile, steps())).toMatchObject({
      error: { code: 'export_password_wrong' },
    })
  })
})
