import { describe, expect, it } from 'vitest'
import { expectedFailure } from '../../../../../src/core/text/expected-failure.ts'
import type { ExportDocument } from '../../../../../src/core/vault/transfer/export-document.ts'
import type { ImportParts } from '../../../../../src/core/vault/transfer/import-vault.ts'
import { openAll, steps } from '../profile.ts'
import { everything, setUp } from './importing.ts'
import { sample } from './sample-export.ts'

describe('an import into an empty vault', () => {
  it('brings everything, secrets sealed for where they belong', async () => {
    const { profile, rows, vault, bringIn } = await setUp()
    expect(await bringIn(sample())).toEqual({ ok: true, value: everything })
    expect(openAll(profile, vault)).toEqual({
      'connections c1 client_secret': 'the client secret',
      'connections c1 client_key': 'the client key',
      'connections c1 client_certificate': 'the certificate',
      'connections c1 dpop_key': 'the DPoP key',
      'connections c1 proof': '',
      'connections c2 client_secret': 'the client secret',
      'connections c2 client_key': 'the client key',
      'connections c2 client_certificate': 'the certificate',
      'connections c2 dpop_key': 'the DPoP key',
      'connections c2 proof': '',
      'token_sets t1 access_token': 't1 access',
      'token_sets t1 refresh_token': 't1 refresh',
      'token_sets t1 id_token': 't1 id',
      'token_sets t2 access_token': 't2 access',
      'token_sets t2 refresh_token': 't2 refresh',
      'token_sets t2 id_token': 't2 id',
      'environment_variables new-2 value': 'the variable',
      'requests r1 secrets': '{"headers.0":"s"}',
    })
    expect(rows.variables).toMatchObject([
      { id: 'new-1', userId: 'u1', environmentId: 'e1', name: 'base', value: 'https://api.example' },
      { id: 'new-2', userId: 'u1', environmentId: 'e1', name: 'key', sealedValue: expect.any(Uint8Array) },
    ])
    expect(rows.variables[1]).not.toHaveProperty('value')
    expect(rows.environments).toEqual([
      { id: 'e1', userId: 'u1', name: 'local' },
      { id: 'e2', userId: 'u1', name: 'staging' },
    ])
    const [{ clientSecret: _s, clientKey: _k, certificate: _c, dpopKey: _d, ...first }] = sample()
      .connections as [ExportDocument['connections'][number]]
    expect(rows.connections[0]).toMatchObject({ ...first, userId: 'u1' })
    expect(rows.accounts[0]).toEqual({ ...sample().accounts[0], userId: 'u1' })
    const {
      accessToken: _a,
      refreshToken: _r,
      idToken: _i,
      lineage: _l,
      ...set
    } = sample().tokenSets[0] as ExportDocument['tokenSets'][number]
    expect(rows.token_sets[0]).toMatchObject({ ...set, userId: 'u1' })
    expect(rows.lineage.filter(({ tokenSetId }) => tokenSetId === 't1')).toEqual([
      { tokenSetId: 't1', at: 100, event: 'signed-in', reason: 'first', changes: ['scope'] },
      { tokenSetId: 't1', at: 105, event: 'refreshed', reason: 'second', changes: [] },
    ])
    expect(rows.requests).toMatchObject([
      { id: 'r1', userId: 'u1', name: 'Orders' },
      { id: 'r2', userId: 'u1', name: 'Plain' },
    ])
  })

  it('seals nothing where nothing was', async () => {
    const { profile, vault, rows, bringIn } = await setUp()
    const document = sample()
    for (const connection of document.connections) {
      delete connection.clientSecret
      delete connection.clientKey
      delete connection.certificate
      delete connection.dpopKey
    }
    for (const set of document.tokenSets) {
      delete set.refreshToken
      delete set.idToken
      set.lineage = []
    }
    expect(await bringIn(document)).toMatchObject({ ok: true })
    expect(Object.keys(openAll(profile, vault))).toEqual([
      'connections c1 proof',
      'connections c2 proof',
      'token_sets t1 access_token',
      'token_sets t2 access_token',
      'environment_variables new-2 value',
      'requests r1 secrets',
    ])
    // An account without a history begins one.
    expect(rows.lineage.filter(({ tokenSetId }) => tokenSetId === 't1')).toEqual([
      { tokenSetId: 't1', at: 100, event: 'signed-in', reason: 'imported', changes: [] },
    ])
  })

  it('leaves out an account whose tokens are missing', async () => {
    const { rows, bringIn } = await setUp()
    expect(await bringIn({ ...sample(), tokenSets: sample().tokenSets.slice(0, 1) })).toMatchObject({
      value: { accounts: 1 },
    })
    expect(rows.accounts.map(({ id }) => id)).toEqual(['a1'])
  })
})

describe('an import step by step', () => {
  it('tells how far it is, and lets others have their turn after each piece', async () => {
    const { bringIn } = await setUp()
    const told: string[] = []
    let turns = 0
    let due = 0
    await bringIn(sample(), {
      how: steps({
        // Three rows are a piece.
        pacer: { isDue: () => (due += 1) % 3 === 0, turn: () => Promise.resolve(void (turns += 1)) },
        progress: ({ stage, done, total }) => {
          if (stage !== 'writing') return
          if (told.length === 0) due = turns = 0
          told.push(`${done}/${total}`)
        },
      }),
    })
    expect(told).toEqual(['0/9', '3/9', '6/9', '9/9'])
    expect(turns).toBe(4)
  })

  it('can be stopped before anything came in, and in the middle', async () => {
    const { bringIn, rows } = await setUp()
    const stopAt = (at: number) => {
      let stopped = false
      return steps({
        stopped: () => stopped,
        progress: ({ stage, done }) => void (stopped ||= stage === 'writing' && done === at),
      })
    }
    expect(await bringIn(sample(), { how: stopAt(0) })).toEqual({
      ok: false,
      error: { code: 'import_stopped', message: expect.stringContaining('before anything') as string },
    })
    expect(rows.environments).toEqual([])
    const halfway = await bringIn(sample(), { how: stopAt(5) })
    expect(halfway).toMatchObject({
      error: {
        code: 'import_unfinished',
        message: expect.stringMatching(/^The import was stopped\. .* 2, 1 and 0\.$/) as string,
        next: 'Import the same file again to import the rest.',
      },
    })
    expect(rows.accounts).toHaveLength(1)
    expect(await bringIn(sample())).toEqual({ ok: true, value: everything })
    expect(rows.accounts).toHaveLength(2)
  })

  it('says what came in where the disk is full, and that nothing did at the beginning', async () => {
    const { bringIn, parts, rows } = await setUp()
    const full = { code: 'disk_full', message: 'The disk is full.', next: 'Free some space.' }
    const failing: ImportParts = {
      ...parts,
      requests: {
        ...parts.requests,
        save: () => {
          throw expectedFailure(full)
        },
      },
    }
    const whole = steps({ pacer: { isDue: () => false, turn: () => Promise.resolve() } })
    expect(await bringIn(sample(), { parts: failing, how: whole })).toEqual({ ok: false, error: full })
    expect(rows.connections).toEqual([])
    expect(await bringIn(sample(), { parts: failing })).toMatchObject({
      error: {
        code: 'import_unfinished',
        message: expect.stringMatching(/^The disk is full\. .* 2, 2 and 0\.$/) as string,
        next: 'Free some space. Import the same file again to import the rest.',
      },
    })
  })

  it('counts what is on the disk, and leaves nothing in the log whatever came of it', async () => {
    const { bringIn, parts } = await setUp()
    const said: string[] = []
    const writes: ImportParts['writes'] = {
      atomically: (work) => {
        said.push('piece')
        return parts.writes.atomically(work)
      },
      onDisk: () => {
        said.push('disk')
        return Promise.reject(expectedFailure({ code: 'database_failed', message: 'The disk failed.' }))
      },
      settle: () => void said.push('settled'),
    }
    expect(await bringIn(sample(), { parts: { ...parts, writes } })).toMatchObject({
      error: { code: 'database_failed', message: 'The disk failed.' },
    })
    expect(said.join(' ')).toMatch(/^(piece )+(disk )+settled$/)
  })

  it('does not hide a defect', async () => {
    const { bringIn, parts } = await setUp()
    const broken = {
      ...parts.requests,
      save: () => {
        throw new Error('broken')
      },
    }
    await expect(bringIn(sample(), { parts: { ...parts, requests: broken } })).rejects.toThrow('broken')
  })

  it('writes nothing of a file that is refused, nor into a locked vault', async () => {
    const { bringIn, rows, vault } = await setUp()
    expect(await bringIn({ ...sample(), accounts: [] })).toMatchObject({
      error: { code: 'export_unreadable' },
    })
    vault.box.lock()
    expect(await bringIn(sample())).toMatchObject({ error: { code: 'vault_locked' } })
    expect(rows.environments).toEqual([])
  })

  it.each(['environments', 'connections'] as const)(
    'leaves out what belongs to %s that are removed meanwhile',
    async (table) => {
      const { bringIn, rows } = await setUp()
      const at = table === 'environments' ? 2 : 4
      const how = steps({
        progress: ({ stage, done }) => {
          if (stage === 'writing' && done === at) rows[table] = []
        },
      })
      expect(await bringIn(sample(), { how })).toEqual({
        ok: true,
        value: { ...everything, accounts: 0, connections: table === 'environments' ? 0 : 2 },
      })
      expect(rows.accounts).toEqual([])
    },
  )
})
