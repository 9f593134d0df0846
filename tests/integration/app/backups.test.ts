import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { careAfter, careEvery } from '../../../src/core/app/vault/backups.ts'
import { signInAtProvider } from '../../support/playground-browser.ts'
import { scanForSecrets } from '../../support/scan.ts'
import { ownRequests, saveOwn } from '../../support/own-requests.ts'
import { connectPlayground, openWorkbench, type Workbench } from '../../support/workbench.ts'

const alice = { username: 'alice', password: 'alice-password' }
const password = 'export with these words'
let bench: Workbench

beforeEach(async () => {
  bench = await openWorkbench()
})
afterEach(() => bench.close())

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const codeOf = (result: { ok: boolean; error?: { code: string } }): string | undefined => result.error?.code
const signIn = async (): Promise<string> => {
  value(await bench.app.signIn.start({ connectionId: await connectPlayground(bench) }))
  return value(await bench.app.signIn.receive(await signInAtProvider(bench.opened.at(-1) ?? '', alice)))
    .accountId
}
const tokensOf = (accountId: string) =>
  (['access', 'refresh', 'id'] as const).map(
    (kind) => value(bench.app.tokens.reveal({ accountId, kind })).text,
  )
const draft = {
  method: 'GET',
  url: 'https://api.example/orders',
  query: [],
  headers: [{ name: 'Authorization', value: 'Bearer marked-by-hand-7788', enabled: true }],
  body: { kind: 'none' as const },
  accountId: null,
}
/** Does what the clock would do that many milliseconds after the start. */
const timer = (milliseconds: number) =>
  bench.timers.find((each) => each.milliseconds === milliseconds)?.then()
const names = () => value(bench.app.backups.list()).backups.map(({ name }) => name)

describe('backups', () => {
  it('are no way around a password that was set since', async () => {
    const accountId = await signIn()
    const before = value(await bench.app.backups.make()).name
    value(await bench.app.sessions.guard({ guard: 'password', newPassword: password }))
    bench.clock.forward(1_000)
    const after = value(await bench.app.backups.make()).name
    const { user } = value(bench.app.sessions.state())
    value(await bench.app.sessions.lock('by-hand'))
    expect(codeOf(await bench.app.backups.restore({ name: before }))).toBe('backup_less_guarded')
    expect(codeOf(await bench.app.backups.restore({ name: after }))).toBe('password_required')
    expect(codeOf(await bench.app.backups.restore({ name: after, password: 'a guess' }))).toBe(
      'password_wrong',
    )
    value(await bench.app.backups.restore({ name: after, password }))
    expect(bench.app.sessions.isLocked()).toBe(true)
    value(await bench.app.sessions.unlock({ userId: user.id, password }))
    value(await bench.app.backups.restore({ name: before }))
    expect(bench.app.sessions.isLocked()).toBe(false)
    expect(tokensOf(accountId)).toHaveLength(3)
  })

  it('are made after the start where none is a day old, and then once a day', async () => {
    expect(names()).toEqual([])
    timer(careAfter)
    await bench.app.backups.settle()
    expect(names()).toHaveLength(1)
    timer(careEvery)
    await bench.app.backups.settle()
    expect(names()).toHaveLength(1)
    bench.clock.forward(86_400_000)
    timer(careEvery)
    await bench.app.backups.settle()
    expect(names()).toHaveLength(2)
    expect(value(bench.app.backups.list()).lastCheck).toMatchObject({ full: false, problems: [] })
    expect(bench.damages).toEqual([])
  })

  it('bring back what was there, and keep what they replace', async () => {
    const accountId = await signIn()
    const tokens = tokensOf(accountId)
    const backup = value(await bench.app.backups.make())
    expect(backup).toMatchObject({ kind: 'routine', size: expect.any(Number) })
    value(bench.app.accounts.remove(accountId))
    expect(value(bench.app.first.accounts())).toEqual([])
    const { kept } = value(await bench.app.backups.restore({ name: backup.name }))
    const kinds = ['access', 'id'] as const
    expect(kinds.map((kind) => value(bench.app.tokens.reveal({ accountId, kind })).text)).toEqual([
      tokens[0],
      tokens[2],
    ])
    // It may have been rotated before the account went: nobody can tell anymore.
    expect(codeOf(bench.app.tokens.reveal({ accountId, kind: 'refresh' }))).toBe('token_missing')
    expect(kept).toContain('before-restore')
    const undo = value(bench.app.backups.list()).backups.find(({ kind }) => kind === 'before-restore')
    value(await bench.app.backups.restore({ name: undo?.name ?? '' }))
    expect(value(bench.app.first.accounts())).toEqual([])
  })

  it('restored while locked take the password of the copy where the stored hash is damaged', async () => {
    await signIn()
    value(await bench.app.sessions.guard({ guard: 'password', newPassword: password }))
    const { name } = value(await bench.app.backups.make())
    value(await bench.app.sessions.lock('by-hand'))
    const db = new SqliteDatabase(join(bench.folder, 'gatehouse.db'))
    db.exec("UPDATE vault_keys SET password_hash = 'damaged'")
    db.close()
    expect(codeOf(await bench.app.backups.restore({ name }))).toBe('password_required')
    expect(codeOf(await bench.app.backups.restore({ name, password: 'a guess' }))).toBe('password_wrong')
    value(await bench.app.backups.restore({ name, password }))
    const { user } = value(bench.app.sessions.state())
    value(await bench.app.sessions.unlock({ userId: user.id, password }))
  })

  it('bring back no refresh token that was rotated since, and say to sign in again', async () => {
    const accountId = await signIn()
    const backup = value(await bench.app.backups.make())
    value(await bench.app.backups.restore({ name: backup.name }))
    // Not rotated since: it goes on.
    value(await bench.app.accounts.refresh(accountId))
    value(await bench.app.backups.restore({ name: backup.name }))
    for (const refused of [
      await bench.app.accounts.refresh(accountId),
      await bench.app.accountActions.revoke(accountId).then(() => bench.app.accounts.refresh(accountId)),
    ])
      expect(codeOf(refused)).toMatch(/^refresh_(restored|revoked)$/)
    expect(value(await bench.app.accounts.get(accountId)).trouble?.code).toBe('refresh_restored')
    expect(codeOf(bench.app.tokens.reveal({ accountId, kind: 'refresh' }))).toBe('token_missing')
    const sent = await bench.app.sendRequest.send({
      sendId: randomUUID(),
      draft: { ...draft, url: `${bench.playground.apiBase}/profile`, headers: [], accountId },
    })
    expect(value(sent).errorCode).toBeUndefined()
    bench.clock.forward(600_000)
    const later = await bench.app.sendRequest.send({
      sendId: randomUUID(),
      draft: { ...draft, url: `${bench.playground.apiBase}/profile`, headers: [], accountId },
    })
    expect(value(later).errorCode).toBe('refresh_restored')
    expect(value(bench.app.backups.list()).backups.length).toBeGreaterThan(1)
  })

  it('hold no token in plain text', async () => {
    const [access = '', refresh = ''] = tokensOf(await signIn())
    value(await bench.app.backups.make())
    expect(readdirSync(join(bench.folder, 'backups')).filter((name) => name.endsWith('.db'))).toHaveLength(1)
    expect(await scanForSecrets(bench.folder, { access, refresh })).toEqual([])
  })

  it('are only those that are listed: no other file can be put in the place of the database', async () => {
    for (const name of ['../gatehouse.db', 'gatehouse.db', 'backup-1.db', '/etc/passwd'])
      expect(codeOf(await bench.app.backups.restore({ name }))).toBe('backup_unknown')
  })

  it('that are damaged are refused, and the database stays', async () => {
    const accountId = await signIn()
    const { name } = value(await bench.app.backups.make())
    const path = join(bench.folder, 'backups', name)
    writeFileSync(path, readFileSync(path).subarray(0, 9_000))
    expect(codeOf(await bench.app.backups.restore({ name }))).toBe('database_corrupt')
    expect(tokensOf(accountId)).toHaveLength(3)
  })

  it('check everything on demand', async () => {
    expect(value(await bench.app.backups.check({ full: true }))).toMatchObject({ full: true, problems: [] })
    expect(value(bench.app.backups.list()).lastCheck).toMatchObject({ full: true })
  })
})

describe('an export', () => {
  it('brings the whole vault to another computer, exactly', async () => {
    const accountId = await signIn()
    const tokens = tokensOf(accountId)
    const saved = await saveOwn(bench.app, 'Orders', draft)
    const account = value(await bench.app.accounts.get(accountId))
    expect(value(await bench.app.vaultFile.export({ password }))).toMatchObject({ missing: [] })
    const { exported } = bench
    expect(exported?.name).toMatch(/^gatehouse-default-\d{4}-\d\d-\d\d\.age$/)
    expect(Buffer.from(exported?.bytes ?? []).includes('marked-by-hand-7788')).toBe(false)

    await bench.close()
    bench = await openWorkbench()
    bench.exported = exported
    expect(value(await bench.app.vaultFile.choose())).toMatchObject({ name: exported?.name })
    expect(value(await bench.app.vaultFile.import({ password }))).toMatchObject({ accounts: 1, requests: 1 })
    expect(tokensOf(accountId)).toEqual(tokens)
    expect(await ownRequests(bench.app)).toEqual([{ ...saved, collectionId: expect.any(String) }])
    const { lineage, profile } = value(await bench.app.accounts.get(accountId))
    expect({ lineage, profile }).toEqual({ lineage: account.lineage, profile: account.profile })
  })

  it('changes nothing with a wrong password, and takes the right one afterwards', async () => {
    await signIn()
    value(await bench.app.vaultFile.export({ password }))
    const before = value(bench.app.first.accounts())
    value(await bench.app.vaultFile.choose())
    expect(codeOf(await bench.app.vaultFile.import({ password: 'not these words' }))).toBe(
      'export_password_wrong',
    )
    expect(value(bench.app.first.accounts())).toEqual(before)
    value(await bench.app.vaultFile.import({ password }))
  })

  it('refuses a damaged and a foreign file', async () => {
    value(await bench.app.vaultFile.export({ password }))
    const bytes = Uint8Array.from(bench.exported?.bytes ?? [])
    bytes[bytes.length - 5] = (bytes.at(-5) ?? 0) ^ 1
    bench.exported = { name: 'damaged.age', bytes }
    value(await bench.app.vaultFile.choose())
    expect(codeOf(await bench.app.vaultFile.import({ password }))).toBe('export_unreadable')
    bench.exported = { name: 'holiday.jpg', bytes: Uint8Array.of(0xff, 0xd8, 0xff) }
    expect(codeOf(await bench.app.vaultFile.choose())).toBe('export_unreadable')
  })

  it('asks for a password that is worth it, and for a file before an import', async () => {
    expect(codeOf(await bench.app.vaultFile.export({ password: 'short' }))).toBe('password_unfit')
    expect(codeOf(await bench.app.vaultFile.import({ password }))).toBe('export_none_chosen')
    bench.exported = undefined
    expect(value(await bench.app.vaultFile.choose())).toBeNull()
  })
})
