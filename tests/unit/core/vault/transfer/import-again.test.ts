import { describe, expect, it } from 'vitest'
import { openAll } from '../profile.ts'
import { everything, setUp } from './importing.ts'
import { sample } from './sample-export.ts'

describe('an import into a vault that has some of it', () => {
  it('doubles nothing', async () => {
    const { rows, profile, vault, bringIn } = await setUp()
    await bringIn(sample())
    const shown = () =>
      JSON.stringify({ ...rows, variables: rows.variables.length }, (name, value: unknown) =>
        name.startsWith('sealed') ? 'sealed' : value,
      )
    const before = shown()
    const texts = openAll(profile, vault)
    expect(await bringIn(sample())).toEqual({ ok: true, value: everything })
    expect(shown()).toBe(before)
    expect(Object.values(openAll(profile, vault)).sort()).toEqual(Object.values(texts).sort())
  })

  it('replaces variables of the same name and keeps the others', async () => {
    const { rows, bringIn, parts } = await setUp()
    rows.environments.push({ id: 'mine', userId: 'u1', name: 'local' })
    parts.environments.saveVariables('u1', 'mine', [
      { id: 'v1', userId: 'u1', environmentId: 'mine', name: 'base', value: 'old' },
      { id: 'v2', userId: 'u1', environmentId: 'mine', name: 'own', value: 'kept' },
    ])
    expect(await bringIn(sample())).toMatchObject({ ok: true })
    expect(rows.environments.map(({ id }) => id)).toEqual(['mine', 'e2'])
    expect(rows.variables.map(({ name, value, environmentId }) => [environmentId, name, value])).toEqual([
      ['mine', 'own', 'kept'],
      ['mine', 'base', 'https://api.example'],
      ['mine', 'key', undefined],
    ])
    expect(rows.connections.map(({ environmentId }) => environmentId)).toEqual(['mine', 'e2'])
  })

  it('knows an environment by its identifier where it was renamed', async () => {
    const { rows, bringIn } = await setUp()
    rows.environments.push({ id: 'e1', userId: 'u1', name: 'renamed' })
    await bringIn(sample())
    expect(rows.environments.map(({ id, name }) => [id, name])).toEqual([
      ['e1', 'renamed'],
      ['e2', 'staging'],
    ])
  })

  it('never moves what is here to where the file leads', async () => {
    const { rows, profile, vault, bringIn } = await setUp()
    await bringIn(sample())
    const document = sample()
    for (const each of document.connections) each.metadata = { issuer: 'https://evil.example' }
    for (const each of document.tokenSets) each.accessToken = 'of the file'
    await bringIn(document)
    expect(rows.connections.map(({ metadata }) => metadata.issuer)).toEqual([
      'https://id.example',
      'https://id.example',
      'https://evil.example',
      'https://evil.example',
    ])
    const texts = openAll(profile, vault)
    expect(texts['token_sets t1 access_token']).toBe('t1 access')
    expect(rows.accounts.map(({ id }) => id).slice(0, 2)).toEqual(['a1', 'a2'])
    expect(rows.accounts).toHaveLength(4)
    expect(new Set(rows.token_sets.map(({ id }) => id)).size).toBe(4)
    expect(Object.values(texts).filter((text) => text === 'of the file')).toHaveLength(2)
  })

  it.each<[string, { obtainedAt: number; refreshedAt?: number }, string]>([
    ['newer because refreshed', { obtainedAt: 1, refreshedAt: 106 }, 'kept'],
    ['newer because obtained', { obtainedAt: 106 }, 'kept'],
    ['as old', { obtainedAt: 100, refreshedAt: 105 }, 'replaced'],
    ['older', { obtainedAt: 104 }, 'replaced'],
    ['older, though obtained later', { obtainedAt: 101, refreshedAt: 104 }, 'replaced'],
  ])('keeps the newer tokens of an account: here %s', async (_what, times, expected) => {
    const { rows, profile, vault, bringIn } = await setUp()
    await bringIn(sample())
    rows.token_sets = rows.token_sets.map(({ refreshedAt: _at, ...set }) => ({ ...set, ...times }))
    const document = sample()
    for (const each of document.tokenSets) each.accessToken = 'of the file'
    const brought = await bringIn(document)
    expect(brought).toMatchObject({ ok: true, value: { accounts: expected === 'kept' ? 0 : 2 } })
    expect(openAll(profile, vault)['token_sets t1 access_token']).toBe(
      expected === 'kept' ? 't1 access' : 'of the file',
    )
    expect(rows.lineage.filter(({ tokenSetId }) => tokenSetId === 't1')).toHaveLength(2)
  })

  it('replaces newer tokens that no longer open', async () => {
    const { rows, profile, vault, bringIn } = await setUp()
    await bringIn(sample())
    for (const set of rows.token_sets)
      Object.assign(set, { refreshedAt: 999, sealedAccessToken: Uint8Array.of(0) })
    expect(await bringIn(sample())).toMatchObject({ value: { accounts: 2 } })
    expect(openAll(profile, vault)['token_sets t1 access_token']).toBe('t1 access')
  })

  it('knows an account by who it is, not by its identifier', async () => {
    const { rows, bringIn } = await setUp()
    await bringIn(sample())
    const document = sample()
    for (const each of document.accounts) each.id = `other-${each.id}`
    for (const each of document.tokenSets) each.accountId = `other-${each.accountId}`
    expect(await bringIn(document)).toMatchObject({ value: { accounts: 2 } })
    expect(rows.accounts.map(({ id }) => id)).toEqual(['a1', 'a2'])
  })

  it('gives an account another identifier where somebody else has it here', async () => {
    const { rows, bringIn } = await setUp()
    await bringIn(sample())
    const document = sample()
    for (const each of document.accounts) each.subject = `another ${each.subject}`
    expect(await bringIn(document)).toMatchObject({ value: { accounts: 2 } })
    expect(rows.accounts.map(({ subject }) => subject)).toEqual([
      'subject of a1',
      'subject of a2',
      'another subject of a1',
      'another subject of a2',
    ])
    expect(new Set(rows.accounts.map(({ id }) => id)).size).toBe(4)
    expect(rows.token_sets).toHaveLength(4)
  })

  it('gives new identifiers where another user of this computer has them', async () => {
    const { profile, rows, vault, bringIn, open } = await setUp()
    await bringIn(sample())
    const before = openAll(profile, vault)
    const other = await open(undefined, 'u2')
    expect(await bringIn(sample(), { into: other })).toEqual({ ok: true, value: everything })
    expect(openAll(profile, vault)).toEqual(before)
    expect(Object.values(openAll(profile, other)).sort()).toEqual(Object.values(before).sort())
    for (const table of ['environments', 'connections', 'accounts', 'token_sets', 'requests'] as const) {
      expect(rows[table].map(({ userId }) => userId)).toEqual(['u1', 'u1', 'u2', 'u2'])
      expect(new Set(rows[table].map(({ id }) => id)).size).toBe(4)
    }
    const theirs = rows.connections.filter(({ userId }) => userId === 'u2')
    const environments = rows.environments.filter(({ userId }) => userId === 'u2')
    expect(theirs.map(({ environmentId }) => environmentId)).toEqual(environments.map(({ id }) => id))
  })
})
