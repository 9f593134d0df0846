import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { build } from 'vite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { checkFull } from '../../../src/node/sqlite/check.ts'
import { createRequestStore } from '../../../src/node/sqlite/stores/request-store.ts'
import { createTokenStore } from '../../../src/node/sqlite/stores/token-store.ts'
import { guardVault } from '../../../src/core/vault/guard/guard-vault.ts'
import { sealedHistory } from '../sqlite/sealed-history.ts'
import { vaultOnDisk } from './vault-on-disk.ts'
import { aliases } from '../../../scripts/lib/aliases.mjs'

const password = 'correct horse'
/** `GATEHOUSE_KILLS=500` for the long run. */
const kills = Number(process.env['GATEHOUSE_KILLS'] ?? 12)

/** Builds the worker once, beside node_modules so that it finds the native module. */
const buildWorker = async (): Promise<string> => {
  const folder = resolve('node_modules/.cache/gatehouse-kill-test')
  mkdirSync(folder, { recursive: true })
  const name = `worker-${process.pid}.mjs`
  await build({
    configFile: false,
    logLevel: 'error',
    resolve: { alias: aliases },
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: {
      ssr: resolve('tests/integration/vault/kill-worker.ts'),
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: name } },
    },
  })
  onTestFinished(() => rmSync(join(folder, name), { force: true }))
  return join(folder, name)
}

/** Runs the worker until it has said `rounds` numbers, kills it at once, and answers the last it had said. */
const runAndKill = async (worker: string, folder: string, rounds: number): Promise<number> => {
  const child = spawn(process.execPath, [worker, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = once(child, 'exit')
  let last = 0
  let said = 0
  for await (const line of createInterface({ input: child.stdout })) {
    last = Number(line)
    said += 1
    if (said === rounds) child.kill('SIGKILL')
  }
  const [, signal] = (await ended) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
  return last
}

const linesOf = async (worker: string, folder: string, turns: number): Promise<string[]> => {
  const child = spawn(process.execPath, [worker, folder, String(turns)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = once(child, 'exit')
  const lines: string[] = []
  for await (const line of createInterface({ input: child.stdout })) lines.push(line)
  expect((await ended)[1]).toBe('SIGKILL')
  return lines
}

describe('killing the storage process while it writes', () => {
  it('loses nothing that was acknowledged', { timeout: 60_000 + kills * 2_000 }, async () => {
    const { folder, open, parts, db, restart } = vaultOnDisk()
    const vault = await open()
    expect(await guardVault(vault, parts(), { guard: 'password', newPassword: password })).toMatchObject({
      ok: true,
    })
    db().exec(`
      INSERT INTO connections VALUES ('c1', 'u1', 'e1', 'C', '{"issuer":"i"}', 'by-hand', NULL, 'id', 'none', NULL,
        '', NULL, 'loopback', 0, 0, 1, 1, '{}', '{}', NULL, NULL, NULL, NULL);
      INSERT INTO accounts VALUES ('a1', 'u1', 'c1', 'i', 's', '{}', 1);
      INSERT INTO token_sets VALUES ('t1', 'u1', 'a1', 'authorization_code', 'Bearer', '', '', NULL, 1, NULL, 'jwt',
        0, NULL, x'00', NULL, NULL, NULL, NULL);`)
    const worker = await buildWorker()
    for (let kill = 0; kill < kills; kill += 1) {
      db().close()
      const acknowledged = await runAndKill(worker, folder, 1 + ((kill * 7919) % 60))
      restart()
      expect(await checkFull(db())).toEqual({ ok: true, value: [] })
      const { box } = await open(password)
      const set = createTokenStore(db()).getAccount('u1', 'a1')?.tokenSet
      const round = set?.refreshCount ?? -1
      expect(round).toBeGreaterThanOrEqual(acknowledged)
      const place = { userId: 'u1', table: 'token_sets', rowId: 't1', column: 'refresh_token' }
      const refreshToken = box.open(place, set?.sealedRefreshToken ?? new Uint8Array())
      expect(refreshToken).toEqual({ ok: true, value: `refresh ${round}` })
      const { exchanges, history } = sealedHistory(db(), { onDisk: true, box })
      const body = exchanges.body('u1', `x${acknowledged}`, 0, 20_000)
      history.close()
      expect(body?.bytes.every((byte) => byte === (acknowledged & 255))).toBe(true)
      const saved = createRequestStore(db()).get('u1', 'r1')
      expect(saved?.updatedAt).toBeGreaterThanOrEqual(acknowledged)
    }
  })

  it(
    'leaves each long body whole or away, and its exchange',
    { timeout: 60_000 + kills * 2_000 },
    async () => {
      const { folder, open, parts, db, restart } = vaultOnDisk()
      const vault = await open()
      expect(await guardVault(vault, parts(), { guard: 'password', newPassword: password })).toMatchObject({
        ok: true,
      })
      const worker = await buildWorker()
      const seen = { whole: 0, away: 0 }
      for (let kill = 0; kill < kills; kill += 1) {
        db().close()
        rmSync(join(folder, 'history.db'), { force: true })
        // From right after it was kept to about when it is whole.
        const lines = await linesOf(worker, folder, kill * 3)
        expect(lines).toEqual(expect.arrayContaining(['long1 whole', 'long2 whole', 'long3 kept']))
        restart()
        expect(await checkFull(db())).toEqual({ ok: true, value: [] })
        const { box } = await open(password)
        const { exchanges, history } = sealedHistory(db(), { onDisk: true, box })
        expect(await checkFull(history)).toEqual({ ok: true, value: [] })
        await exchanges.enter('u1')
        for (const round of [1, 2, 3]) {
          const id = `long${round}`
          expect(exchanges.get('u1', id)).toMatchObject({ id, view: '{}' })
          const body = exchanges.body('u1', id, 0, 6_000_000)
          if (lines.includes(`${id} whole`)) expect(body?.total).toBe(5_242_880)
          expect(body?.bytes.every((byte) => byte === round) ?? true).toBe(true)
          seen[body ? 'whole' : 'away'] += 1
          const rows = history.prepare('SELECT count(*) FROM parts WHERE exchange_id = ?').pluck()
          await expect.poll(() => rows.get(id)).toBe(body ? 21 : 1)
        }
        history.close()
      }
      expect(seen.away).toBeGreaterThan(0)
    },
  )
})
