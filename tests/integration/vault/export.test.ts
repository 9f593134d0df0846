import { Decrypter } from 'age-encryption'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAgeFile } from '../../../src/node/crypto/age-file.ts'
import { createConnectionStore } from '../../../src/node/sqlite/stores/connection-store.ts'
import { createCookieStore } from '../../../src/node/sqlite/stores/network/cookie-store.ts'
import { createNetworkStore } from '../../../src/node/sqlite/stores/network/network-store.ts'
import { createSettingsReader } from '../../../src/node/sqlite/stores/settings-reader.ts'
import { createEnvironmentStore } from '../../../src/node/sqlite/stores/environment-store.ts'
import { createRequestStore } from '../../../src/node/sqlite/stores/request-store.ts'
import { createImportWrites } from '../../../src/node/sqlite/stores/import-writes.ts'
import { createRowOwner } from '../../../src/node/sqlite/stores/rows/row-owner.ts'
import { createTokenStore } from '../../../src/node/sqlite/stores/token-store.ts'
import { createUserStore } from '../../../src/node/sqlite/stores/user-store.ts'
import { exportVault } from '../../../src/core/vault/transfer/export-vault.ts'
import type { ImportSteps } from '../../../src/core/vault/transfer/import-steps.ts'
import { importVault, type ImportParts } from '../../../src/core/vault/transfer/import-vault.ts'
import { createPacer } from '../../../src/core/text/pacer.ts'
import { expectedFailure } from '../../../src/core/text/expected-failure.ts'
import type { OpenVault } from '../../../src/core/vault/box/vault-parts.ts'
import { addSecrets, openAll, secretAt, secretPlaces, vaultOnDisk } from './vault-on-disk.ts'

const settingsReader = createSettingsReader()
await settingsReader.load()

const password = 'export with these words'
const file = createAgeFile(4)
const draft = JSON.stringify({
  method: 'GET',
  url: 'https://api.example/orders',
  query: [],
  headers: [],
  body: { kind: 'none' },
  accountId: null,
})

/** Steps that nobody stops; each row is a piece of its own. */
const steps = (changes: Partial<ImportSteps> = {}): ImportSteps => ({
  pacer: { isDue: () => true, turn: async () => undefined },
  stopped: () => false,
  progress: () => undefined,
  ...changes,
})
const bringIn = (
  userId: string,
  { box }: OpenVault,
  parts: ImportParts,
  bytes: Uint8Array,
  tried: string,
  how = steps(),
) => importVault(userId, box, parts, { bytes, password: tried }, how)

const setUp = () => {
  const disk = vaultOnDisk()
  let number = 0
  const parts = () => ({
    users: createUserStore(disk.db()),
    environments: createEnvironmentStore(disk.db()),
    connections: createConnectionStore(disk.db(), settingsReader),
    tokens: createTokenStore(disk.db()),
    requests: createRequestStore(disk.db()),
    cookies: createCookieStore(disk.db()),
    network: createNetworkStore(disk.db()),
    clock: { now: () => 42 },
    file,
    newId: () => `new-${(number += 1)}`,
    ownerOf: createRowOwner(disk.db()),
    ownFiles: () => [],
    ownMemory: () => undefined,
    fileCame: () => undefined,
    ownSecretCame: () => undefined,
    writes: createImportWrites(disk.db()),
  })
  const fill = async (): Promise<OpenVault> => {
    const vault = await disk.open()
    addSecrets(disk.db(), vault)
    parts().tokens.addLineage({ tokenSetId: 't1-u1', at: 1, event: 'signed-in', reason: 'r', changes: ['c'] })
    parts().tokens.addLineage({ tokenSetId: 't1-u1', at: 2, event: 'refreshed', reason: 's', changes: [] })
    parts().tokens.addLineage({ tokenSetId: 't2-u1', at: 1, event: 'signed-in', reason: 'r', changes: [] })
    const place = { userId: 'u1', table: 'environment_variables', rowId: 'v2', column: 'value' }
    parts().environments.saveVariables('u1', 'e1', [
      { id: 'v1', userId: 'u1', environmentId: 'e1', name: 'base', value: 'https://api.example' },
      {
        id: 'v2',
        userId: 'u1',
        environmentId: 'e1',
        name: 'key',
        sealedValue: vault.box.seal(place, 'marked u1 v2 value'),
      },
    ])
    parts().requests.save({ id: 'r1', userId: 'u1', name: 'Orders', draft, updatedAt: 3 })
    return vault
  }
  const exportOf = async (vault: OpenVault, userId = 'u1') => {
    const user = parts()
      .users.list()
      .find(({ id }) => id === userId)
    if (!user) throw new Error('no such user')
    const exported = await exportVault(user, vault.box, parts(), password)
    if (!exported.ok) throw new Error(exported.error.code)
    return exported.value
  }
  return { ...disk, exportParts: parts, fill, exportOf }
}
const contentOf = async (bytes: Uint8Array): Promise<Record<string, unknown>> => {
  const decrypter = new Decrypter()
  decrypter.addPassphrase(password)
  return JSON.parse(await decrypter.decrypt(bytes, 'text')) as Record<string, unknown>
}

describe('an export', () => {
  it.each<[string, string]>([
    [
      'a million recipients',
      `age-encryption.org/v1${'\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 18\nAAAA'.repeat(1e6)}\n--- x\n`,
    ],
    [
      'two recipients',
      'age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 4\nAA\n-> X25519 AA\nAA\n--- x\n',
    ],
    ['a header without an end', `age-encryption.org/v1\n-> scrypt ${'A'.repeat(1e7)}`],
    [
      'a cost that no computer has',
      'age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 64\nAA\n--- x\n',
    ],
  ])('is refused at once with %s', async (_, text) => {
    const bytes = Buffer.from(text)
    const before = performance.now()
    const opened = await file.decrypt(bytes, password)
    const code = text.includes(' 64\n') ? 'export_too_costly' : 'export_unreadable'
    expect(opened).toMatchObject({ ok: false, error: { code } })
    expect(performance.now() - before).toBeLessThan(2_000)
  })

  it('is an age file that other programs open with the password, and holds no plain text', async () => {
    const { fill, exportOf } = setUp()
    const { bytes, missing } = await exportOf(await fill())
    expect(missing).toEqual([])
    const text = Buffer.from(bytes).toString('latin1')
    expect(text.startsWith('age-encryption.org/v1\n-> scrypt ')).toBe(true)
    expect(text).not.toContain('marked')
    expect(JSON.stringify(await contentOf(bytes))).toContain('marked u1 t2-u1 refresh_token')
  })

  it('comes back exactly in an empty profile', async () => {
    const here = setUp()
    const { bytes } = await here.exportOf(await here.fill())
    const there = setUp()
    const vault = await there.open()
    expect(await bringIn('u1', vault, there.exportParts(), bytes, password)).toEqual({
      ok: true,
      value: { environments: 1, connections: 1, accounts: 2, requests: 2 },
    })
    expect(await contentOf((await there.exportOf(vault)).bytes)).toEqual(await contentOf(bytes))
    expect(openAll(there.db(), vault).slice(0, 7)).toEqual(secretPlaces('u1').slice(0, 7).map(secretAt))
  })

  it('can be brought in twice without doubling anything', async () => {
    const { fill, exportOf, exportParts } = setUp()
    const vault = await fill()
    const { bytes } = await exportOf(vault)
    expect(await bringIn('u1', vault, exportParts(), bytes, password)).toMatchObject({ ok: true })
    expect(await contentOf((await exportOf(vault)).bytes)).toEqual(await contentOf(bytes))
  })

  it('gets new identifiers where another user of this computer has them', async () => {
    const { fill, exportOf, exportParts, open, db } = setUp()
    const vault = await fill()
    const { bytes } = await exportOf(vault)
    const other = await open(undefined, 'u2')
    expect(await bringIn('u2', other, exportParts(), bytes, password)).toMatchObject({ ok: true })
    expect(openAll(db(), vault)).toEqual(secretPlaces('u1').map(secretAt))
    const theirs = await contentOf((await exportOf(other, 'u2')).bytes)
    const secrets = (content: Record<string, unknown>) =>
      (content['tokenSets'] as { accessToken: string }[]).map(({ accessToken }) => accessToken).sort()
    expect(secrets(theirs)).toEqual(secrets(await contentOf(bytes)))
  })

  it('names the secrets that did not open', async () => {
    const { fill, exportOf, db } = setUp()
    const vault = await fill()
    db().exec("UPDATE token_sets SET sealed_refresh_token = x'00' WHERE id = 't1-u1'")
    expect((await exportOf(vault)).missing).toEqual(['token_sets t1-u1 refresh_token: secret_unreadable'])
  })

  it('asks for a password that is worth it, and for an unlocked vault', async () => {
    const { fill, exportParts } = setUp()
    const vault = await fill()
    const user = { id: 'u1', username: 'user 1', createdAt: 1 }
    expect(await exportVault(user, vault.box, exportParts(), 'short')).toMatchObject({
      error: { code: 'password_unfit' },
    })
    vault.box.lock()
    expect(await exportVault(user, vault.box, exportParts(), password)).toMatchObject({
      error: { code: 'vault_locked' },
    })
  })
})

describe('an import', () => {
  const refused = async (bytes: Uint8Array, tried = password) => {
    const { open, exportParts, db } = setUp()
    const vault = await open()
    const result = await bringIn('u1', vault, exportParts(), bytes, tried)
    expect(db().prepare('SELECT count(*) FROM connections').pluck().get()).toBe(0)
    return result.ok ? 'ok' : result.error.code
  }
  const encrypted = (content: unknown) => file.encrypt(Buffer.from(JSON.stringify(content)), password)

  it('says which of password and file is wrong', async () => {
    const { fill, exportOf } = setUp()
    const { bytes } = await exportOf(await fill())
    expect(await refused(bytes, 'not the password')).toBe('export_password_wrong')
    expect(await refused(bytes.slice(0, -1))).toBe('export_unreadable')
    expect(await refused(Buffer.from('hello'))).toBe('export_unreadable')
    expect(await refused(new Uint8Array(64 * 1024 * 1024 + 1))).toBe('export_too_large')
  })

  it('refuses a file in which any one bit was changed', async () => {
    const { fill, exportOf, exportParts, open } = setUp()
    const { bytes } = await exportOf(await fill())
    const vault = await open(undefined, 'u2')
    const bits = fc.integer({ min: 0, max: bytes.byteLength * 8 - 1 })
    await fc.assert(
      fc.asyncProperty(bits, async (bit) => {
        const flipped = Uint8Array.from(bytes)
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        const result = await bringIn('u2', vault, exportParts(), flipped, password)
        expect(result.ok).toBe(false)
      }),
      { numRuns: 60 },
    )
  })

  it('refuses a key derivation that would stop the computer', async () => {
    const { fill, exportOf } = setUp()
    const { bytes } = await exportOf(await fill())
    for (const cost of ['19', '20', '30', '4294967295']) {
      const text = Buffer.from(bytes)
        .toString('latin1')
        .replace(/^(.*\n-> scrypt \S+) 4\n/, `$1 ${cost}\n`)
      expect(text).toContain(` ${cost}\n`)
      const before = process.cpuUsage()
      expect(await refused(Buffer.from(text, 'latin1'))).toBe('export_too_costly')
      const { user, system } = process.cpuUsage(before)
      expect((user + system) / 1000).toBeLessThan(500)
    }
  })

  it('refuses content that is not an export or does not hold together, and writes nothing', async () => {
    const { fill, exportOf } = setUp()
    const good = (await contentOf((await exportOf(await fill())).bytes)) as Record<string, object[]>
    expect(await refused(await encrypted('[]'))).toBe('export_unreadable')
    expect(await refused(await encrypted({ ...good, version: 2 }))).toBe('export_unreadable')
    expect(await refused(await encrypted({ ...good, extra: 1 }))).toBe('export_unreadable')
    expect(await refused(await encrypted({ ...good, environments: [] }))).toBe('export_unreadable')
    expect(await refused(await encrypted({ ...good, accounts: [] }))).toBe('export_unreadable')
    const twice = [...(good['connections'] ?? []), ...(good['connections'] ?? [])]
    expect(await refused(await encrypted({ ...good, connections: twice }))).toBe('export_unreadable')
    const request = { id: 'r', name: 'n', draft: '{"method":"run me"}', updatedAt: 1 }
    expect(await refused(await encrypted({ ...good, requests: [request] }))).toBe('export_unreadable')
  })
})

describe('an import of thousands of accounts', () => {
  /** The export of `fill` with so many accounts, each with three tokens of 1,000 characters. */
  const many = async (accounts: number) => {
    const { fill, exportOf } = setUp()
    const content = await contentOf((await exportOf(await fill())).bytes)
    const [account] = content['accounts'] as object[]
    const [tokenSet] = content['tokenSets'] as object[]
    const numbers = Array.from({ length: accounts }, (_, number) => number)
    const token = 'x'.repeat(1_000)
    const tokens = { accessToken: token, refreshToken: token, idToken: token }
    content['accounts'] = numbers.map((n) => ({ ...account, id: `many-${n}`, subject: `subject-${n}` }))
    content['tokenSets'] = numbers.map((n) => ({
      ...tokenSet,
      ...tokens,
      id: `set-${n}`,
      accountId: `many-${n}`,
    }))
    return file.encrypt(Buffer.from(JSON.stringify(content)), password)
  }
  const accountsIn = (there: ReturnType<typeof setUp>) =>
    there.db().prepare('SELECT count(*) FROM accounts').pluck().get()

  it(
    'lets everyone else have a turn within 250 ms, and tells how far it is',
    { timeout: 120_000 },
    async () => {
      const bytes = await many(10_000)
      const there = setUp()
      const vault = await there.open()
      const stages = new Map<string, number>()
      // Time of this thread's own, as other programs may be busy: how long it held up the next call.
      const used = (): number => {
        const { user, system } = (
          process as unknown as { threadCpuUsage: () => NodeJS.CpuUsage }
        ).threadCpuUsage()
        return (user + system) / 1000
      }
      let worst = 0
      let last = used()
      const tick = (): void => {
        worst = Math.max(worst, used() - last)
        last = used()
      }
      const ticking = setInterval(tick, 5)
      const how = steps({
        pacer: createPacer({ now: () => performance.now() }, setTimeoutOf),
        progress: ({ stage, done, total }) => {
          expect(done).toBeLessThanOrEqual(total)
          stages.set(stage, (stages.get(stage) ?? 0) + 1)
        },
      })
      for (const round of ['first', 'again']) {
        const brought = await bringIn('u1', vault, there.exportParts(), bytes, password, how)
        expect(brought, round).toMatchObject({ ok: true, value: { accounts: 10_000 } })
      }
      tick()
      clearInterval(ticking)
      expect(worst).toBeLessThan(2_000)
      expect([...stages.keys()]).toEqual(['opening', 'checking', 'writing'])
      expect(stages.get('writing')).toBeGreaterThan(10)
      expect(accountsIn(there)).toBe(10_000)
    },
  )

  it('can be stopped: before anything came in, or with what came in', async () => {
    const bytes = await many(20)
    const there = setUp()
    const vault = await there.open()
    const stopAt = (stage: string, done: number) => {
      let stopped = false
      return steps({
        stopped: () => stopped,
        progress: (progress) => void (stopped ||= progress.stage === stage && progress.done >= done),
      })
    }
    const early = await bringIn('u1', vault, there.exportParts(), bytes, password, stopAt('checking', 0))
    expect(early).toMatchObject({ ok: false, error: { code: 'import_stopped' } })
    expect(accountsIn(there)).toBe(0)
    // One environment and one connection come first.
    const halfway = await bringIn('u1', vault, there.exportParts(), bytes, password, stopAt('writing', 12))
    expect(halfway).toMatchObject({ ok: false, error: { code: 'import_unfinished' } })
    expect(halfway.ok ? '' : halfway.error.message).toMatch(/stopped.* 1, 10 and 0\.$/)
    expect(accountsIn(there)).toBe(10)
    const rest = await bringIn('u1', vault, there.exportParts(), bytes, password)
    expect(rest).toMatchObject({ ok: true, value: { accounts: 20 } })
    expect(accountsIn(there)).toBe(20)
  })

  it('says what came in where the disk is full halfway, and that nothing did at the beginning', async () => {
    const bytes = await many(20)
    const there = setUp()
    const vault = await there.open()
    const fullAfter = (accounts: number): ImportParts => {
      const parts = there.exportParts()
      let saved = 0
      const tokens = {
        ...parts.tokens,
        saveSignIn: (...rows: Parameters<typeof parts.tokens.saveSignIn>) => {
          if ((saved += 1) > accounts)
            throw expectedFailure({
              code: 'disk_full',
              message: 'The disk is full.',
              next: 'Free some space.',
            })
          parts.tokens.saveSignIn(...rows)
        },
      }
      return { ...parts, tokens }
    }
    const whole = steps({ pacer: { isDue: () => false, turn: async () => undefined } })
    const none = await bringIn('u1', vault, fullAfter(7), bytes, password, whole)
    expect(none).toMatchObject({ ok: false, error: { code: 'disk_full' } })
    expect(there.db().prepare('SELECT count(*) FROM connections').pluck().get()).toBe(0)
    const halfway = await bringIn('u1', vault, fullAfter(7), bytes, password)
    expect(halfway).toMatchObject({
      ok: false,
      error: {
        code: 'import_unfinished',
        message: expect.stringMatching(/^The disk is full\. .* 1, 7 and 0\.$/) as string,
        next: expect.stringContaining('Free some space.') as string,
      },
    })
    expect(accountsIn(there)).toBe(7)
  })

  it('leaves out what belongs to a connection or an environment that is removed meanwhile', async () => {
    const bytes = await many(20)
    for (const table of ['connections', 'environments']) {
      const there = setUp()
      const vault = await there.open()
      const how = steps({
        progress: ({ stage, done }) => {
          if (stage === 'writing' && done === (table === 'connections' ? 12 : 1))
            there.db().prepare(`DELETE FROM ${table} WHERE user_id = 'u1'`).run()
        },
      })
      const brought = await bringIn('u1', vault, there.exportParts(), bytes, password, how)
      expect(brought, table).toMatchObject({
        ok: true,
        value: { accounts: table === 'connections' ? 10 : 0 },
      })
      expect(accountsIn(there)).toBe(0)
    }
  })
})

function setTimeoutOf(milliseconds: number, then: () => void): unknown {
  return setTimeout(then, milliseconds)
}
