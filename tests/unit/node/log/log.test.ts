import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLog, type Log, type LogOptions } from '../../../../src/node/log/log.ts'

const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJlLXRleHQ'
const opaque = 'mV0q8Z1xYw3TnB7kLr5sPd2hGf9aJc4u'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'gatehouse-log-'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

const make = (options: Partial<LogOptions> = {}): Log =>
  createLog({ directory: join(directory, 'logs'), now: () => Date.UTC(2026, 0, 2), ...options })
const read = async (index?: number): Promise<string> =>
  readFile(join(directory, 'logs', index ? `gatehouse.${index}.log` : 'gatehouse.log'), 'utf8')
const entries = async (): Promise<Record<string, unknown>[]> =>
  (await read())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

describe('the log', () => {
  it('writes one JSON line an entry, with time, level and code', async () => {
    const log = make()
    log.write('info', 'switches_refused', { version: '1.2.3', pid: 7, packaged: true })
    log.write('warn', 'window_unresponsive')
    await log.flush()
    expect(await entries()).toEqual([
      {
        at: '2026-01-02T00:00:00.000Z',
        level: 'info',
        code: 'switches_refused',
        fields: { version: '1.2.3', pid: 7, packaged: true },
      },
      { at: '2026-01-02T00:00:00.000Z', level: 'warn', code: 'window_unresponsive' },
    ])
  })

  it('leaves out what is below its level', async () => {
    const log = make({ level: 'warn' })
    log.write('info', 'switches_refused')
    log.write('error', 'call_failed')
    await log.flush()
    expect((await entries()).map(({ code }) => code)).toEqual(['call_failed'])
  })

  it.skipIf(process.platform === 'win32')('keeps folder and file to their owner', async () => {
    const log = make()
    log.write('info', 'switches_refused')
    await log.flush()
    expect((await stat(join(directory, 'logs'))).mode & 0o777).toBe(0o700)
    expect((await stat(join(directory, 'logs', 'gatehouse.log'))).mode & 0o777).toBe(0o600)
  })

  const secrets: [string, string][] = [
    ['a JWT', jwt],
    ['half a JWT', jwt.slice(0, 30)],
    ['an opaque token', opaque],
    ['a bearer header', `Authorization: Bearer ${opaque.slice(0, 12)}`],
    ['a parameter', `code=${opaque.slice(0, 10)}&state=${opaque.slice(10, 20)}`],
    ['a query', `https://api.example/?q=${opaque.slice(0, 10)}`],
    ['user information', 'https://alice:hunter2-secret@api.example/'],
    ['JSON', `{"refresh_token":"${opaque.slice(0, 9)}"}`],
  ]
  it.each(secrets)('holds nothing of %s in a field, a message, a cause or a code', async (_what, secret) => {
    const log = make()
    const error = Object.assign(new Error(`failed for ${secret}`), { code: secret })
    log.write('error', 'call_failed', { detail: secret, [secret]: 'x' }, error)
    log.write('error', 'call_failed', {}, new Error('outer', { cause: error }))
    await log.flush()
    const text = await read()
    for (const part of [
      ...secrets.map(([, each]) => each),
      opaque.slice(0, 9),
      opaque.slice(10, 20),
      'hunter2',
      'eyJzdWIi',
    ])
      expect(text).not.toContain(part)
  })

  it('writes a field that is named like a secret as a mark', async () => {
    const log = make()
    log.write('info', 'call_failed', { client_secret: 'short', Password: 'pw', state: 's' })
    await log.flush()
    expect((await entries())[0]).toMatchObject({
      fields: { client_secret: '•••', Password: '•••', state: '•••' },
    })
  })

  it('does not repeat what a parser could not read', async () => {
    const log = make()
    let thrown: unknown
    try {
      JSON.parse('hunter2 "x')
    } catch (error) {
      thrown = error
    }
    log.write('error', 'call_failed', {}, thrown)
    log.write('error', 'call_failed', {}, 'hunter2')
    await log.flush()
    expect(await read()).not.toContain('hunter2')
  })

  it('writes folders by name and other homes without their owner', async () => {
    const log = make({
      places: [
        { path: '/home/alice', name: '~' },
        { path: '/home/alice/my data', name: '<profile>' },
      ],
    })
    const error = new Error('cannot open /home/alice/my data/gatehouse.db')
    error.stack = `Error\n    at open (file:///home/alice/my%20data/app/out/main.js:1:2)\n    at x (/home/bob/y.js:1:1)`
    log.write('error', 'start_failed', { file: '/home/alice/x', other: 'C:\\Users\\Carol\\x' }, error)
    await log.flush()
    const text = await read()
    expect(text).not.toMatch(/alice|bob|Carol/)
    expect(text).toContain('<profile>/gatehouse.db')
    expect((await entries())[0]?.['error']).toMatchObject({
      stack: ['at open (file://<profile>/app/out/main.js:1:2)', 'at x (/home/…/y.js:1:1)'],
    })
  })

  it('takes whatever is thrown at it, without throwing and within 16 KB a line', async () => {
    const log = make({ limits: { fileSize: 100_000_000, waiting: 100_000 } })
    const hostile = new Proxy(new Error('x'), {
      get: () => {
        throw new Error('no')
      },
    })
    log.write('error', 'call_failed', {}, hostile)
    const circular = new Error('round')
    circular.cause = circular
    log.write('error', 'call_failed', {}, circular)
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true }), fc.string(), (thrown, text) => {
        log.write('error', 'call_failed', { text }, thrown)
      }),
      { numRuns: 500 },
    )
    log.write('error', 'call_failed', { huge: 'ab1 '.repeat(1_000_000) }, new Error('m'.repeat(5_000_000)))
    await log.flush()
    const lines = (await read()).trimEnd().split('\n')
    expect(lines.length).toBe(503)
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(16_384)
  })

  it('rotates: never more files and bytes than allowed, the newest lines kept', async () => {
    const log = make({ limits: { fileSize: 2_000, files: 3 } })
    for (let turn = 0; turn < 20; turn += 1) {
      for (let n = 0; n < 10; n += 1) log.write('info', 'switches_refused', { turn, n })
      await log.flush()
    }
    expect((await readdir(join(directory, 'logs'))).sort()).toEqual([
      'gatehouse.1.log',
      'gatehouse.2.log',
      'gatehouse.log',
    ])
    for (const index of [0, 1, 2]) expect((await read(index)).length).toBeLessThanOrEqual(2_000)
    expect((await entries()).at(-1)).toMatchObject({ fields: { turn: 19, n: 9 } })
  })

  it('goes on in the file that an earlier run left', async () => {
    const first = make({ limits: { fileSize: 300 } })
    first.write('info', 'switches_refused', { run: 1 })
    await first.flush()
    const second = make({ limits: { fileSize: 300 } })
    for (let run = 2; run < 5; run += 1) second.write('info', 'switches_refused', { run })
    await second.flush()
    expect((await read()) + (await read(1))).toMatch(/"run":4(.|\n)*"run":1/)
  })

  it('counts the lines for which there was no room in memory', async () => {
    const log = make({ limits: { waiting: 5 } })
    for (let n = 0; n < 12; n += 1) log.write('info', 'switches_refused', { n })
    await log.flush()
    expect((await entries()).at(-1)).toMatchObject({ code: 'lines_lost', count: 7 })
  })

  it('writes what waits at once when the process ends', async () => {
    const log = make()
    log.write('error', 'uncaught_exception', {}, new Error('the end'))
    log.flushNow()
    expect(await entries()).toHaveLength(1)
    await log.flush()
    expect(await entries()).toHaveLength(1)
  })

  it('goes on without a disk', async () => {
    await writeFile(join(directory, 'logs'), 'a file where the folder should be')
    const log = make()
    log.write('info', 'switches_refused')
    await expect(log.flush()).resolves.toBeUndefined()
    log.write('info', 'switches_refused')
    log.flushNow()
    expect(await readFile(join(directory, 'logs'), 'utf8')).toBe('a file where the folder should be')
  })
})
