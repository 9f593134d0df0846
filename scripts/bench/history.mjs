// @ts-check
/**
 * How the history grows: exchanges on the disk, sealed as in the app, are opened as after an unlock, listed and searched
 * letter by letter, in the core, in Electron's Node. What is asked for is a million, which take about a quarter of an hour
 * to be made: `--full` makes them, `--count=N` as many, 100,000 otherwise; only a run with a million can be within the limits.
 * Then the real window is opened in turn with an empty history and with this one, as the history of its user. Its exchanges
 * do not open there, as the keys are not that user's: what opening them adds is what the core takes for its first page.
 */
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import SqliteDatabase from 'better-sqlite3'
import { buildProgram } from '../lib/build-program.mjs'
import { evaluate } from '../lib/cdp.mjs'
import { launch } from '../lib/launch.mjs'
import { root } from '../lib/paths.mjs'
import { say } from '../lib/say.mjs'
import { median, table } from '../lib/statistics.mjs'

/** Milliseconds, and exchanges. */
const limits = { count: 1_000_000, searchP99: 20, page: 2, opening: 1.1 }
const asked = process.argv.find((each) => each.startsWith('--count='))?.slice(8)
const count = process.argv.includes('--full') ? limits.count : Number(asked ?? 100_000)
/** @type {import('../lib/runtime.mjs').Runtime} */
const { electron, version, source, args } = JSON.parse(process.env.GATEHOUSE_RUNTIME ?? '{}')
const round = (/** @type {number} */ value) => Number(value.toFixed(2))
const p99 = (/** @type {number[]} */ values) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(values.length * 0.99) - 1)] ?? NaN

const place = join(root, 'node_modules', '.cache', 'bench-history')
mkdirSync(place, { recursive: true })
const built = await buildProgram('gatehouse-bench-history-program', {
  measure: 'scripts/bench/history/measure.ts',
})
const usableAt = `new Promise((done) => {
  const found = () => performance.getEntriesByName('gatehouse:usable')[0]
  const look = () => found() ? done(performance.timeOrigin + found().startTime) : setTimeout(look, 20)
  look()
})`
/** @param {string} kept folder of the profile @returns {Promise<number>} milliseconds until the window can be used */
async function openWindow(kept) {
  const { startedAt, session, stop } = await launch(electron, args, { kept })
  try {
    return (await evaluate(session, usableAt)) - startedAt
  } finally {
    await stop()
  }
}
const profiles = { empty: mkdtempSync(join(place, 'window-')), full: mkdtempSync(join(place, 'window-')) }
// The first start makes the profile.
for (const profile of Object.values(profiles)) await openWindow(profile)
const database = join(
  profiles.full,
  readdirSync(profiles.full, { recursive: true, encoding: 'utf8' }).find((name) =>
    name.endsWith('gatehouse.db'),
  ) ?? '',
)
const db = new SqliteDatabase(database)
const userId = String(db.prepare('SELECT id FROM users').pluck().get())
db.close()
const kept = join(dirname(database), 'history.db')
for (const end of ['', '-wal', '-shm']) rmSync(`${kept}${end}`, { force: true })

say(`Filling a history with ${count} exchanges and searching it …`)
const { stdout } = await promisify(execFile)(
  electron,
  [join(built, 'measure.mjs'), String(count), place, userId, kept],
  {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    maxBuffer: 50_000_000,
  },
)
say('Opening the window with and without it …')
/** @type {Record<keyof typeof profiles, number[]>} */
const windows = { empty: [], full: [] }
for (let turn = 0; turn < 5; turn += 1)
  for (const name of /** @type {(keyof typeof profiles)[]} */ (Object.keys(profiles)))
    windows[name].push(await openWindow(profiles[name]))
const held = new SqliteDatabase(kept, { readonly: true })
const listed = Number(held.prepare('SELECT rows FROM held WHERE user_id = ?').pluck().get(userId))
held.close()
// A million of this size are a little more than the usual 2 GB: the oldest go.
if (listed < count * 0.99) throw new Error(`The window had ${listed} exchanges instead of ${count}.`)
for (const profile of Object.values(profiles)) rmSync(profile, { recursive: true, force: true })
/** @typedef {{ letter: string, ms: number }} Letter */
/** @typedef {{ pages: number[], cold: Letter[], warm: Letter[], phrased: Letter[], memory: number }} Measured */
/** @type {{ empty: Measured, full: Measured, openings: { empty: number[], full: number[] }, fillMs: number, indexMs: number, indexBytes: number, segments: number[], bytes: number }} */
const { empty, full, openings, fillMs, indexMs, indexBytes, segments, bytes } = JSON.parse(
  stdout.trim().split('\n').at(-1) ?? '{}',
)
const opening = (/** @type {{ empty: number[], full: number[] }} */ times) => {
  const [without, with_] = [median(times.empty), median(times.full)]
  return { empty: round(without), full: round(with_), ratio: round(with_ / without) }
}
const searched = (/** @type {Letter[]} */ letters) => {
  const times = letters.map(({ ms }) => ms)
  const slowest = [...letters].sort((one, other) => other.ms - one.ms)[0]
  return {
    medianMs: round(median(times)),
    p99Ms: round(p99(times)),
    slowest: slowest && { letter: slowest.letter, ms: round(slowest.ms) },
  }
}
const result = {
  count,
  pageMs: round(median(full.pages)),
  pageP99Ms: round(p99(full.pages)),
  searchFirst: searched(full.cold),
  searchAgain: searched(full.warm),
  phrase: searched(full.phrased),
  openingMs: opening(openings),
  windowMs: opening(windows),
  writeMs: round(fillMs / count),
  indexMs: round(indexMs / count),
  indexMegabytes: round(indexBytes / 1_048_576),
  segments,
  megabytes: round(bytes / 1_048_576),
  memoryMegabytes: { empty: round(empty.memory / 1_048_576), full: round(full.memory / 1_048_576) },
}
const ok =
  count >= limits.count &&
  result.searchFirst.p99Ms < limits.searchP99 &&
  result.pageP99Ms < limits.page &&
  result.windowMs.ratio <= limits.opening

if (process.argv.includes('--json')) {
  process.stdout.write(
    `${JSON.stringify({ bench: 'history', electron: version, source, ...result, limits, ok })}\n`,
  )
} else {
  const rows = [
    ['', 'measured', 'limit'],
    ['exchanges', count, limits.count],
    ['newest page, p99 (ms)', result.pageP99Ms, limits.page],
    ['a letter of a search, p99, first time (ms)', result.searchFirst.p99Ms, limits.searchP99],
    ['the same again (ms)', result.searchAgain.p99Ms, limits.searchP99],
    ['of them the slowest (ms)', result.searchAgain.slowest?.ms ?? '', ''],
    ['a phrase, or words with a sign between (ms)', result.phrase.p99Ms, ''],
    ['the window, against an empty history', result.windowMs.ratio, limits.opening],
    ['of it the core, until the first page (ms)', `${result.openingMs.full} / ${result.openingMs.empty}`, ''],
    ['on the disk (MB)', result.megabytes, ''],
    ['of it the words (MB)', result.indexMegabytes, ''],
    ['writing one down, and taking its words in (ms)', `${result.writeMs} + ${result.indexMs}`, ''],
  ]
  process.stdout.write(`Electron ${version}\n${table(rows)}\n${ok ? 'within' : 'over'} the limits\n`)
}
process.exitCode = ok ? 0 : 1
