// @ts-check
/**
 * The playground as one file: time from spawn to its line that it is ready, in turn with a bare oidc-provider on the same
 * Node, with a new folder and with one that was there; then 100 requests a second for 60 s, their errors and times, and
 * whether memory grows meanwhile. Node's options are those of the image. No Electron is needed.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { main as build } from '../commands/build-playground.mjs'
import { root } from '../lib/paths.mjs'
import { say } from '../lib/say.mjs'
import { median, table } from '../lib/statistics.mjs'
import { load } from './playground/load.mjs'
import { startProgram } from './playground/program.mjs'

/** Ratio of the time to ready; share of its memory that a playground may have grown by in the second half of the load. */
const limits = { start: 1.5, growth: 0.05, errors: 0 }
const option = (/** @type {string} */ name, /** @type {number} */ usual) =>
  Number(process.argv.find((each) => each.startsWith(`--${name}=`))?.slice(name.length + 3) ?? usual)
const runs = option('runs', 10)
const seconds = option('seconds', 60)
const perSecond = option('rate', 100)
const round = (/** @type {number} */ value, digits = 2) => Number(value.toFixed(digits))

await build()
const folder = mkdtempSync(join(tmpdir(), 'playground-bench-'))
const client = 'ci:a-secret-of-your-own'
const [, nodeOptions = ''] =
  /NODE_OPTIONS="(.*?)"/.exec(readFileSync(join(root, 'Containerfile'), 'utf8')) ?? []
const environment = {
  NODE_OPTIONS: nodeOptions,
  GATEHOUSE_PLAYGROUND_CLIENTS: '[{client_id: ci, client_secret: a-secret-of-your-own}]',
  GATEHOUSE_PLAYGROUND_LIMITS_API_REQUESTS_PER_MINUTE: '1000000',
}
const bare = [join(import.meta.dirname, 'playground/bare.mjs')]
const playground = (/** @type {string} */ data) => [
  join(root, 'dist/playground/playground.mjs'),
  ...['--data', data, '--issuer-port', '0', '--api-port', '0'],
]

/** @param {string[]} command */
async function startOf(command) {
  const program = await startProgram(command, environment)
  await program.stop()
  const { readyMs, processorMs } = program
  return { readyMs, processorMs }
}

try {
  say(`Measuring ${runs} starts of each in turn …`)
  const kept = join(folder, 'kept')
  await startOf(bare)
  await startOf(playground(kept))
  /** @typedef {{ readyMs: number, processorMs: number }} Start @type {{ bare: Start[], fresh: Start[], kept: Start[] }} */
  const starts = { bare: [], fresh: [], kept: [] }
  for (let run = 0; run < runs; run += 1) {
    starts.bare.push(await startOf(bare))
    starts.fresh.push(await startOf(playground(join(folder, `fresh-${run}`))))
    starts.kept.push(await startOf(playground(kept)))
  }
  const medians = (/** @type {'readyMs' | 'processorMs'} */ what) => ({
    bare: round(median(starts.bare.map((each) => each[what])), 0),
    fresh: round(median(starts.fresh.map((each) => each[what])), 0),
    kept: round(median(starts.kept.map((each) => each[what])), 0),
  })
  const readyMs = medians('readyMs')
  // On a computer that has other things to do it says more than the clock.
  const processorMs = medians('processorMs')
  const ratio = { fresh: round(readyMs.fresh / readyMs.bare), kept: round(readyMs.kept / readyMs.bare) }

  say(`Asking ${perSecond} times a second for ${seconds} s …`)
  const program = await startProgram(playground(join(folder, 'load')), environment)
  const { issuer, api } = program.said
  const { times, errors, memory, ...done } = await load({
    ...{ issuer, api, pid: program.pid, perSecond, seconds, client },
  }).finally(program.stop)
  const sorted = times.toSorted((a, b) => a - b)
  const at = (/** @type {number} */ share) => round(sorted[Math.floor(sorted.length * share)] ?? NaN, 1)
  // The first half is for what a server takes once: compiled code, caches, a heap of its size.
  const half = memory.slice(Math.floor(memory.length / 2))
  const quarter = Math.floor(half.length / 2)
  const memoryMb = {
    start: round(memory[0] ?? NaN, 0),
    third: round(median(half.slice(0, quarter)), 1),
    fourth: round(median(half.slice(quarter)), 1),
  }
  const growth = round(memoryMb.fourth / memoryMb.third - 1, 3)
  const errorCount = Object.values(errors).reduce((sum, each) => sum + each, 0)
  const rate = round(done.count / done.tookSeconds, 1)
  const ok = Math.max(ratio.fresh, ratio.kept) < limits.start && errorCount === 0 && growth <= limits.growth
  const figures = { readyMs, processorMs, ratio, rate, count: done.count, errors, memoryMb, growth }
  const report = { ...figures, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(0.999999) }
  if (process.argv.includes('--json')) {
    const all = { bench: 'playground', node: process.version, runs, seconds, ...report, limits, ok }
    process.stdout.write(`${JSON.stringify({ ...all, measured: { starts, memory } })}\n`)
  } else {
    const rows = [
      ['', 'measured', 'limit'],
      ['bare oidc-provider, ready (ms)', readyMs.bare, ''],
      ['a new folder, ready (ms)', readyMs.fresh, ''],
      ['  to bare', ratio.fresh, limits.start],
      ['a folder that was there, ready (ms)', readyMs.kept, ''],
      ['  to bare', ratio.kept, limits.start],
      ['processor time of the three (ms)', Object.values(processorMs).join(', '), ''],
      [`requests a second for ${seconds} s`, rate, ''],
      ['  errors', errorCount, limits.errors],
      ['  median, 99 % (ms)', `${report.p50Ms}, ${report.p99Ms}`, ''],
      ['memory in the third quarter, PSS (MB)', memoryMb.third, ''],
      ['  grown by the fourth (%)', round(growth * 100, 1), limits.growth * 100],
    ]
    process.stdout.write(`Node ${process.version}, medians\n${table(rows)}\n`)
    for (const [text, count] of Object.entries(errors)) process.stdout.write(`${count} × ${text}\n`)
    process.stdout.write(`${ok ? 'within' : 'over'} the limits\n`)
  }
  process.exitCode = ok ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
