/** Kills the storage process at random moments while it works, and looks after each restart whether everything that
 *  was acknowledged is there. `--kills N` (500), `--seed N`, `--json`. */
import { spawn, type ChildProcess } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import SqliteDatabase from 'better-sqlite3'
import { ownRequests } from '../../tests/support/own-requests.ts'
import { openWorkbench } from '../../tests/support/workbench.ts'
import { createKept, type KeptKind } from './kept.ts'
import type { Acknowledged, WorkerInput } from './words.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
})
const kills = Number(values.kills)
if (!Number.isInteger(kills) || kills < 1) throw new Error('--kills wants a whole number from 1')

/** Random numbers that come again with the same seed (mulberry32). */
let seed = Number(values.seed) >>> 0
const random = (): number => {
  seed = (seed + 0x6d2b79f5) >>> 0
  let t = Math.imul(seed ^ (seed >>> 15), seed | 1)
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
}

const here = import.meta.dirname
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-soak-'))
const key = randomBytes(32)
const children = new Set<ChildProcess>()
const start = (file: string, args: string[]): ChildProcess => {
  const child = spawn(process.execPath, [join(here, file), ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.add(child)
  child.once('exit', () => children.delete(child))
  return child
}
const cleanUp = (): void => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
}
process.on('exit', cleanUp)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))

const startPlayground = async (): Promise<{ issuer: string; api: string }> => {
  const child = start('playground.mjs', ['--data', ':memory:', '--issuer-port', '0', '--api-port', '0'])
  if (!child.stdout) throw new Error('no output')
  for await (const line of createInterface({ input: child.stdout })) {
    return JSON.parse(line) as { issuer: string; api: string }
  }
  throw new Error('the playground did not start')
}
const { issuer, api } = await startPlayground()

/** What must be there: the newest of each, all of the exchanges of the last run. */
const expected = {
  tokens: new Map<string, { count: number; digest: string }>(),
  signedIn: new Set<string>(),
  saved: undefined as { path: string } | undefined,
  kept: new Map<KeptKind, number>(),
}
const totals = {
  kills: 0,
  acknowledged: 0,
  refreshes: 0,
  signIns: 0,
  exchanges: 0,
  kept: 0,
  beforeReady: 0,
  /** Stored refresh tokens that were dead at a restart: the kill came between the provider's rotation and the
   *  disk. Each must have its intent beside it, and be explained by `refresh_answer_lost`. */
  overtaken: 0,
  explained: 0,
  refreshTokensAsked: 0,
}
const wrong: string[] = []
const overtaken = new Set<string>()

const note = (said: Acknowledged, sent: Map<string, number>): void => {
  totals.acknowledged += 1
  if (said.what === 'tokens') {
    if (said.count > 0) totals.refreshes += 1
    expected.tokens.set(said.accountId, { count: said.count, digest: said.digest })
  } else if (said.what === 'signed-in') {
    totals.signIns += 1
    expected.signedIn.add(said.accountId)
    expected.tokens.delete(said.accountId)
  } else if (said.what === 'sent') {
    totals.exchanges += 1
    sent.set(said.id, said.size)
  } else if (said.what === 'saved') expected.saved = { path: said.path }
  else if (said.what === 'kept') {
    totals.kept += 1
    expected.kept.set(said.kind, said.number)
  } else if (said.what === 'refused') {
    if (said.code === 'refresh_answer_lost') totals.explained += 1
    else wrong.push(`a refresh was refused with ${said.code}`)
  }
}

/** Lets the worker work and kills it: mostly some milliseconds after some number of acknowledged writes, so that the
 *  moments do not depend on how fast this computer is, now and then while it still starts. */
const workAndKill = async (): Promise<Map<string, number>> => {
  const input: WorkerInput = { folder, key: key.toString('base64'), issuer, api }
  if (expected.saved) input.requestPath = expected.saved.path
  const child = start('worker.mjs', [JSON.stringify(input)])
  const ended = new Promise<NodeJS.Signals | null>((done) =>
    child.once('exit', (_code, signal) => done(signal)),
  )
  const whileStarting = random() < 0.1
  const delay = random() * (whileStarting ? 600 : 40)
  let writesLeft = Math.floor(random() * random() * 40)
  let timer: NodeJS.Timeout | undefined
  const killSoon = (): void => void (timer ??= setTimeout(() => child.kill('SIGKILL'), delay))
  if (whileStarting) killSoon()
  const sent = new Map<string, number>()
  let ready = false
  if (!child.stdout) throw new Error('no output')
  for await (const line of createInterface({ input: child.stdout })) {
    // The last line may be cut off by the kill; then nothing was acknowledged by it.
    if (!line.endsWith('}')) continue
    const said = JSON.parse(line) as Acknowledged
    if (said.what === 'ready') ready = true
    else note(said, sent)
    if (writesLeft === 0) killSoon()
    writesLeft -= 1
  }
  const signal = await ended
  clearTimeout(timer)
  if (signal !== 'SIGKILL') wrong.push('the worker ended by itself')
  if (!ready) totals.beforeReady += 1
  totals.kills += 1
  return sent
}

/** Whether the provider would take this refresh token, without using it (RFC 7662). */
const taken = async (refreshToken: string): Promise<boolean> => {
  totals.refreshTokensAsked += 1
  const answer = await fetch(`${issuer}/token/introspection`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: 'gatehouse-desktop',
      token: refreshToken,
      token_type_hint: 'refresh_token',
    }),
  })
  if (!answer.ok) throw new Error(`introspection answered ${answer.status}`)
  return ((await answer.json()) as { active: boolean }).active
}

const checkDatabase = (): Set<string> => {
  const db = new SqliteDatabase(join(folder, 'gatehouse.db'))
  try {
    const sound = db.pragma('integrity_check', { simple: true })
    if (sound !== 'ok') wrong.push(`integrity_check: ${String(sound)}`)
    if ((db.pragma('foreign_key_check') as unknown[]).length > 0) wrong.push('dangling references')
    const begun = db
      .prepare(
        `SELECT account_id FROM token_sets JOIN refresh_states USING (id)
         WHERE intent_count = refresh_count OR refused IS NOT NULL`,
      )
      .pluck()
      .all() as string[]
    return new Set(begun)
  } finally {
    db.close()
  }
}

const check = async (sent: Map<string, number>): Promise<void> => {
  const bench = await openWorkbench({
    folder,
    keyringKey: key,
    playground: { issuer, apiBase: api, users: [] },
  })
  try {
    const begun = checkDatabase()
    const { app } = bench
    const listed = app.first.accounts()
    if (!listed.ok) return void wrong.push(`accounts: ${listed.error.code}`)
    for (const accountId of expected.signedIn)
      if (!listed.value.some(({ id }) => id === accountId)) wrong.push('an account is gone')
    for (const { id: accountId } of listed.value) {
      const revealed = app.tokens.reveal({ accountId, kind: 'refresh' })
      if (!revealed.ok) {
        wrong.push(`a refresh token does not open: ${revealed.error.code}`)
        continue
      }
      const known = expected.tokens.get(accountId)
      const view = await app.accounts.get(accountId)
      if (known && view.ok) {
        const digest = createHash('sha256').update(revealed.value.text).digest('base64url')
        const { refreshCount } = view.value
        // A sign-in in place of it begins at 0 with other tokens: told apart by the lineage.
        const anew =
          refreshCount < known.count && !view.value.lineage.some(({ event }) => event === 'refreshed')
        if (refreshCount < known.count && !anew) wrong.push('an acknowledged refresh is gone')
        if (refreshCount === known.count && refreshCount > 0 && digest !== known.digest)
          wrong.push('an acknowledged refresh token is another one')
      }
      if (!(await taken(revealed.value.text))) {
        if (begun.has(accountId)) overtaken.add(revealed.value.text)
        else wrong.push('the stored refresh token is dead, and nothing explains why')
      }
    }
    for (const [id, size] of sent) {
      const body = app.history.body({ id, offset: 0, length: 262_144 })
      if (!body.ok) wrong.push(`an acknowledged exchange is gone: ${body.error.code}`)
      else if (body.value.total !== size) wrong.push('an exchange has another body')
    }
    const kept = createKept(app)
    for (const [kind, least] of expected.kept) {
      const found = await kept.read(kind)
      if (found < least) wrong.push(`an acknowledged ${kind} is gone: ${found} instead of ${least}`)
    }
    const { saved } = expected
    if (saved && !(await ownRequests(app)).some(({ path, draft }) => path === saved.path && draft.url !== ''))
      wrong.push('the saved request is gone')
  } finally {
    await bench.close()
  }
}

for (let kill = 0; kill < kills && wrong.length === 0; kill += 1) {
  await check(await workAndKill())
  if (!values.json && (kill + 1) % 25 === 0) {
    process.stderr.write(`${kill + 1} kills, ${totals.acknowledged} acknowledged writes, all there\n`)
  }
}
totals.overtaken = overtaken.size
process.stdout.write(`${JSON.stringify({ ...totals, wrong }, undefined, values.json ? 0 : 2)}\n`)
process.exit(wrong.length === 0 ? 0 : 1)
