// @ts-check
/**
 * How the history grows: exchanges on the disk, sealed as in the app, are opened as after an unlock, listed and searched
 * letter by letter, in the core, in Electron's Node. What is asked for is a million, which take about a quarter of an hour
 * to be made: `--full` makes them, `--count=N` as many, 100,000 otherwise; only a run with a million can be within the limits.
 * The window itself is not opened here: what the history adds before its first page is there is set against an empty one.
 */
import { execFile } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { buildProgram } from '../lib/build-program.mjs'
import { root } from '../lib/paths.mjs'
import { say } from '../lib/say.mjs'
import { median, table } from '../lib/statistics.mjs'

/** Milliseconds, and exchanges. */
const limits = { count: 1_000_000, searchP99: 20, page: 2, opening: 1.1 }
const asked = process.argv.find((each) => each.startsWith('--count='))?.slice(8)
const count = process.argv.includes('--full') ? limits.count : Number(asked ?? 100_000)
/** @type {import('../lib/runtime.mjs').Runtime} */
const { electron, version, source } = JSON.parse(process.env.GATEHOUSE_RUNTIME ?? '{}')
const round = (/** @type {number} */ value) => Number(value.toFixed(2))
const p99 = (/** @type {number[]} */ values) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(values.length * 0.99) - 1)] ?? NaN

const place = join(root, 'node_modules', '.cache', 'bench-history')
mkdirSync(place, { recursive: true })
const built = await buildProgram('gatehouse-bench-history-program', {
  measure: 'scripts/bench/history/measure.ts',
})
say(`Filling a history with ${count} exchanges and searching it …`)
const { stdout } = await promisify(execFile)(electron, [join(built, 'measure.mjs'), String(count), place], {
  env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  maxBuffer: 50_000_000,
})
/** @typedef {{ letter: string, ms: number }} Letter */
/** @typedef {{ openMs: number, enterMs: number, firstPageMs: number, pages: number[], cold: Letter[], warm: Letter[], phrased: Letter[], memory: number }} Measured */
/** @type {{ empty: Measured, full: Measured, fillMs: number, indexMs: number, indexBytes: number, segments: number[], bytes: number }} */
const { empty, full, fillMs, indexMs, indexBytes, segments, bytes } = JSON.parse(
  stdout.trim().split('\n').at(-1) ?? '{}',
)
const opening = (/** @type {Measured} */ one) => round(one.openMs + one.enterMs + one.firstPageMs)
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
  openingMs: { empty: opening(empty), full: opening(full), ratio: round(opening(full) / opening(empty)) },
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
  result.openingMs.ratio <= limits.opening

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
    ['until the first page, against an empty history', result.openingMs.ratio, limits.opening],
    ['on the disk (MB)', result.megabytes, ''],
    ['of it the words (MB)', result.indexMegabytes, ''],
    ['writing one down, and taking its words in (ms)', `${result.writeMs} + ${result.indexMs}`, ''],
  ]
  process.stdout.write(`Electron ${version}\n${table(rows)}\n${ok ? 'within' : 'over'} the limits\n`)
}
process.exitCode = ok ? 0 : 1
