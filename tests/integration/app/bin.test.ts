import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RequestDraft } from '../../../src/core/contract/requests.ts'
import { binBriefTime, binTime } from '../../../src/core/contract/tables/bin-kinds.ts'
import { signInAtProvider } from '../../support/playground-browser.ts'
import { connectPlayground, openWorkbench, type Workbench } from '../../support/workbench.ts'

const password = 'correct horse battery'
let bench: Workbench
let accountId: string
let connectionId: string

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const codeOf = (result: { ok: boolean; error?: { code: string } }): string | undefined => result.error?.code
const draft = (url: string): RequestDraft => ({
  method: 'POST',
  url,
  query: [],
  headers: [{ name: 'Authorization', value: 'Basic marked-secret', enabled: true }],
  body: { kind: 'json', text: '{"sent": true}' },
  accountId: null,
})

/** All that is stored, but what the bin holds and what any use changes. */
const stored = (): Record<string, unknown[]> => {
  const content = { ...storedIn('history.db'), ...storedIn('gatehouse.db') }
  // The database gives these out.
  content['lineage'] = (content['lineage'] as object[]).map((row) => ({ ...row, id: 0 }))
  return content
}
const storedIn = (file: string): Record<string, unknown[]> => {
  const db = new SqliteDatabase(join(bench.folder, file), { readonly: true })
  const tables = db
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'bin%' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'vault%' AND name NOT IN ('generation', 'history_keys', 'cleared')",
    )
    .pluck()
    .all() as string[]
  const content = Object.fromEntries(
    tables.map((table) => [
      file === 'history.db' ? `history: ${table}` : table,
      db.prepare(`SELECT * FROM ${table}`).all(),
    ]),
  )
  db.close()
  return content
}
const environment = () => value(bench.app.first.environments()).find(({ current }) => current)
const restoreLast = () => bench.app.bin.restore({ id: bench.deleted.at(-1)?.id ?? '' })

beforeEach(async () => {
  bench = await openWorkbench()
  connectionId = await connectPlayground(bench)
  value(await bench.app.signIn.start({ connectionId }))
  const redirect = await signInAtProvider(bench.opened.at(-1) ?? '', {
    username: 'alice',
    password: 'alice-password',
  })
  accountId = value(await bench.app.signIn.receive(redirect)).accountId
  value(
    await bench.app.sendRequest.send({
      sendId: randomUUID(),
      draft: draft(`${bench.playground.apiBase}/orders`),
    }),
  )
  bench.app.environments.saveVariables({
    id: environment()?.id ?? '',
    variables: [
      { name: 'host', secret: false, value: 'https://api.example' },
      { name: 'key', secret: true, value: 'marked-variable-secret' },
    ],
  })
  const cookie = { accountId, name: 'sid', value: 'marked-cookie', domain: '127.0.0.1', path: '/' }
  value(await bench.app.cookies.save({ ...cookie, below: false, secure: false, httpOnly: false }))
  value(bench.app.environments.create({ name: 'staging', copyFrom: environment()?.id }))
})
afterEach(() => bench.close())

const staging = () => value(bench.app.first.environments()).find(({ current }) => !current)?.id ?? ''
const deletions: [string, () => unknown][] = [
  [
    'a history item with its body',
    () => bench.app.history.remove({ id: value(bench.app.history.list({ limit: 10 }))[0]?.id ?? '' }),
  ],
  ['the whole history', () => bench.app.history.clear()],
  ['a flow', () => bench.app.flows.remove({ id: value(bench.app.flows.list({ limit: 10 }))[0]?.id ?? '' })],
  ['all flows', () => bench.app.flows.remove({})],
  ['an account with its tokens', () => bench.app.accounts.remove(accountId)],
  ['a connection with its accounts', () => bench.app.connections.remove({ id: connectionId })],
  [
    'an environment with its variables',
    () =>
      bench.app.environments.remove({
        id: staging(),
      }),
  ],
  [
    'a secret variable',
    () =>
      bench.app.environments.saveVariables({
        id: environment()?.id ?? '',
        variables: [{ name: 'host', secret: false, value: 'https://api.example' }],
      }),
  ],
]

describe('what was deleted', () => {
  it.each(deletions)('comes back as it was: %s', (_what, remove) => {
    value(bench.app.flows.list({ limit: 10 }))
    bench.app.flows.list({ limit: 1 })
    const before = stored()
    remove()
    expect(bench.deleted).toHaveLength(1)
    expect(stored()).not.toEqual(before)
    expect(value(bench.app.bin.list())).toEqual(bench.deleted)
    value(restoreLast())
    // Plain variables are written anew whenever any of them is.
    const sorted = (content: Record<string, unknown[]>) =>
      Object.entries(content).map(([table, rows]) => [
        table,
        rows
          .map((row) =>
            JSON.stringify(
              table === 'environment_variables' ? { ...(row as object), id: 0, sealed_value: 0 } : row,
            ),
          )
          .sort(),
      ])
    expect(sorted(stored())).toEqual(sorted(before))
    expect(value(bench.app.bin.list())).toEqual([])
    expect(codeOf(bench.app.bin.restore({ id: bench.deleted[0]?.id ?? '' }))).toBe('bin_unknown')
  })

  it('opens after the key was changed meanwhile', async () => {
    const reveal = () => value(bench.app.tokens.reveal({ accountId, kind: 'access' })).text
    const token = reveal()
    bench.app.connections.remove({ id: connectionId })
    value(await bench.app.sessions.guard({ guard: 'password', newPassword: password }))
    value(await bench.app.sessions.rotate({ password }))
    await bench.app.sessions.lock('by-hand')
    const userId = value(bench.app.sessions.state()).user.id
    value(await bench.app.sessions.unlock({ userId, password }))
    value(restoreLast())
    expect(reveal()).toBe(token)
  })

  it('takes its accounts with it after an hour, and goes after thirty days', async () => {
    bench.app.environments.remove({ id: staging() })
    bench.app.connections.remove({ id: connectionId })
    const tablesIn = () => {
      const db = new SqliteDatabase(join(bench.folder, 'gatehouse.db'), { readonly: true })
      const found = db.prepare('SELECT DISTINCT place_table FROM bin_bytes ORDER BY 1').pluck().all()
      db.close()
      return found
    }
    expect(tablesIn()).toEqual(expect.arrayContaining(['cookie_jars', 'token_sets']))
    bench.clock.forward(binBriefTime + 1)
    expect(value(bench.app.bin.list())).toHaveLength(2)
    expect(tablesIn()).not.toContain('token_sets')
    expect(tablesIn()).not.toContain('cookie_jars')
    value(restoreLast())
    expect(value(bench.app.first.connections())).toHaveLength(1)
    expect(value(bench.app.first.accounts())).toEqual([])

    bench.clock.forward(binTime)
    await bench.restart()
    expect(value(bench.app.bin.list())).toEqual([])
  })

  it('lets an account alone go after an hour', () => {
    const inBin = () => {
      const db = new SqliteDatabase(join(bench.folder, 'gatehouse.db'), { readonly: true })
      const found = db
        .prepare('SELECT (SELECT count(*) FROM bin) + (SELECT count(*) FROM bin_bytes)')
        .pluck()
        .get()
      db.close()
      return found
    }
    bench.app.accounts.remove(accountId)
    expect(inBin()).toBeGreaterThan(1)
    bench.clock.forward(binBriefTime + 1)
    // Nobody looks into it.
    for (const { milliseconds, then } of bench.timers) if (milliseconds === 600_000) then()
    expect(inBin()).toBe(0)
  })

  it('stays in the bin where something else has its place, or its own place is gone', () => {
    bench.app.accounts.remove(accountId)
    const account = bench.deleted.at(-1)?.id ?? ''
    bench.app.connections.remove({ id: connectionId })
    expect(codeOf(bench.app.bin.restore({ id: account }))).toBe('bin_conflict')
    value(restoreLast())
    value(bench.app.bin.restore({ id: account }))
    expect(value(bench.app.first.accounts())).toHaveLength(1)
  })

  it('goes permanently when the bin is told so', () => {
    bench.app.environments.remove({ id: staging() })
    bench.app.history.clear()
    value(bench.app.bin.erase({ id: bench.deleted[0]?.id ?? '' }))
    expect(value(bench.app.bin.list()).map(({ kind }) => kind)).toEqual(['history'])
    value(bench.app.bin.empty())
    expect(value(bench.app.bin.list())).toEqual([])
  })
})
