// @ts-check
/**
 * How the history grows: exchanges on the disk, sealed as in the app, are opened as after an unlock, listed and searched
 * letter by letter, in the core, in Electron's Node. What is asked for is a million; `--count=N` says how many are
 * measured, and only a run with as many can be within the limits. The window itself is not opened here: what the
 * history adds before its first page is there is set against an empty one.
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
const count = Number(process.argv.find((each) => each.startsWith('--count='))?.slice(8) ?? 2_000)
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
/** @typedef {{ openMs: number, enterMs: number, firstPageMs: number, pages: number[], cold: number[], warm: number[], memory: number }} Measured */
/** @type {{ empty: Measured, full: Measured, fillMs: number, bytes: number }} */
const { empty, full, fillMs, bytes } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}')
const opening = (/** @type {Measured} */ one) => round(one.openMs + one.enterMs + one.firstPageMs)
const result = {
  count,
  pageMs: round(median(full.pages)),
  pageP99Ms: round(p99(full.pages)),
  searchFirst: { medianMs: round(median(full.cold)), p99Ms: round(p99(full.cold)) },
  searchAgain: { medianMs: round(median(full.warm)), p99Ms: round(p99(full.warm)) },
  openingMs: { empty: opening(empty), full: opening(full), ratio: round(opening(full) / opening(empty)) },
  writeMs: round(fillMs / count),
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
    ['until the first page, against an empty history', result.openingMs.ratio, limits.opening],
    ['on the disk (MB)', result.megabytes, ''],
  ]
  process.stdout.write(`Electron ${version}\n${table(rows)}\n${ok ? 'within' : 'over'} the limits\n`)
}
process.exitCode = ok ? 0 : 1
