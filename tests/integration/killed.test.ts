import { spawn, type ChildProcess } from 'node:child_process'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import SqliteDatabase from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { buildSoak } from '../../scripts/soak/build.mjs'
import type { Acknowledged, WorkerInput } from '../../scripts/soak/words.ts'
import { startPlayground } from '../../src/playground/index.ts'
import { openWorkbench } from '../support/workbench.ts'

const key = randomBytes(32)
let programs: string
let folder: string
let playground: Awaited<ReturnType<typeof startPlayground>>

beforeAll(async () => {
  programs = await buildSoak(`killed-test-${process.pid}`)
}, 60_000)
afterAll(() => rm(programs, { recursive: true, force: true }))
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-killed-'))
  playground = await startPlayground({ dataDirectory: ':memory:', issuerPort: 0, apiPort: 0 })
})
afterEach(async () => {
  await playground.stop()
  await rm(folder, { recursive: true, force: true })
})

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

/** Runs the storage process until it kills itself; answers what it had said. */
const runUntilKilled = async (dieAt: 'answer' | 'use'): Promise<Acknowledged[]> => {
  const input: WorkerInput = {
    folder,
    key: key.toString('base64'),
    issuer: playground.issuer,
    api: playground.apiBase,
    dieAt,
  }
  const child = spawn(process.execPath, [join(programs, 'worker.mjs'), JSON.stringify(input)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return saidBy(child)
}

/** What a process says until it is killed. */
const saidBy = async (child: ChildProcess): Promise<Acknowledged[]> => {
  const ended = new Promise<unknown>((done) => child.once('exit', (_code, signal) => done(signal)))
  const said: Acknowledged[] = []
  if (child.stdout)
    for await (const line of createInterface({ input: child.stdout }))
      said.push(JSON.parse(line) as Acknowledged)
  expect(await ended).toBe('SIGKILL')
  return said
}

const afterRestart = async <T>(
  work: (bench: Awaited<ReturnType<typeof openWorkbench>>, accountId: string) => Promise<T>,
): Promise<T> => {
  const bench = await openWorkbench({ folder, keyringKey: key, playground })
  try {
    return await work(bench, value(bench.app.first.accounts())[0]?.id ?? '')
  } finally {
    await bench.close()
  }
}
const send = async (bench: Awaited<ReturnType<typeof openWorkbench>>, accountId: string) =>
  value(
    await bench.app.sendRequest.send({
      sendId: randomUUID(),
      draft: {
        method: 'GET',
        url: `${playground.apiBase}/profile`,
        query: [],
        headers: [],
        body: { kind: 'none' },
        accountId,
      },
    }),
  )

it('has the new tokens where the process is killed between storing and using them', async () => {
  const said = await runUntilKilled('use')
  const told = said.filter((each) => each.what === 'tokens').at(-1)
  await afterRestart(async (bench, accountId) => {
    const text = value(bench.app.tokens.reveal({ accountId, kind: 'refresh' })).text
    expect(createHash('sha256').update(text).digest('base64url')).toBe(told?.digest)
    expect(value(await bench.app.accounts.get(accountId))).toMatchObject({ refreshCount: 1 })
    bench.clock.forward(115_000)
    expect((await send(bench, accountId)).status).toBe(200)
    expect(value(await bench.app.accounts.get(accountId))).toMatchObject({ refreshCount: 2 })
  })
})

it('understands at the next start that a response was lost between the provider and the disk', async () => {
  await runUntilKilled('answer')
  await afterRestart(async (bench, accountId) => {
    // The access token is still good: nothing is said or asked before it is needed.
    expect((await send(bench, accountId)).status).toBe(200)
    bench.clock.forward(115_000)
    const refused = await send(bench, accountId)
    expect(refused).toMatchObject({ errorCode: 'refresh_answer_lost' })
    expect(refused.error?.message).toContain('Gatehouse quit during a refresh')
    expect(refused.remedies).toMatchObject([{ kind: 'sign-in', label: 'Sign in again and resend' }])
    expect(value(await bench.app.accounts.get(accountId)).lineage.at(-1)).toMatchObject({
      event: 'refresh-failed',
    })
  })
})

it('does not take the intent of a refresh that was stored for that of a later one', async () => {
  await runUntilKilled('use')
  // As a kill leaves it between storing the tokens and taking the intent away.
  const db = new SqliteDatabase(join(folder, 'gatehouse.db'))
  db.exec(`INSERT INTO refresh_states (id, user_id, intent_at, intent_run, intent_count)
           SELECT id, user_id, 1, 'earlier', refresh_count - 1 FROM token_sets`)
  db.close()
  await runUntilKilled('answer')
  await afterRestart(async (bench, accountId) => {
    bench.clock.forward(115_000)
    expect(await send(bench, accountId)).toMatchObject({ errorCode: 'refresh_answer_lost' })
  })
})

it('keeps what was sent before, and nothing of a response that was still coming when it was killed', async () => {
  let child: ChildProcess | undefined
  let answered = 0
  const api = createServer((_request, response) => {
    answered += 1
    response.writeHead(200, { 'content-type': 'text/plain' })
    response.write('x'.repeat(2_000_000))
    // The third has come halfway.
    if (answered < 3) response.end('end')
    else response.write('x'.repeat(2_000_000), () => child?.kill('SIGKILL'))
  })
  api.listen(0, '127.0.0.1')
  await once(api, 'listening')
  try {
    const { port } = api.address() as AddressInfo
    const input: WorkerInput = {
      folder,
      key: key.toString('base64'),
      issuer: playground.issuer,
      api: playground.apiBase,
      sendTo: `http://127.0.0.1:${port}`,
    }
    child = spawn(process.execPath, [join(programs, 'worker.mjs'), JSON.stringify(input)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const said = await saidBy(child)
    const sent = said.flatMap((each) => (each.what === 'sent' ? [each] : []))
    expect(sent.map(({ size }) => size)).toEqual([2_000_003, 2_000_003])
    await afterRestart(async (bench) => {
      expect(value(bench.app.history.list({ limit: 10 })).map(({ id }) => id)).toEqual(
        sent.map(({ id }) => id).reverse(),
      )
      for (const { id } of sent) expect(value(bench.app.history.get({ id }))).toMatchObject({ status: 200 })
      // The first was followed by a whole round: its body is on the disk.
      const [first] = sent
      const tail = value(bench.app.history.body({ id: first?.id ?? '', offset: 2_000_000, length: 10 }))
      expect(Buffer.from(tail.bytes).toString()).toBe('end')
      expect(await bench.app.backups.check({ full: true })).toMatchObject({
        ok: true,
        value: { problems: [] },
      })
      expect(bench.damages).toEqual([])
    })
  } finally {
    api.closeAllConnections()
    api.close()
  }
})
