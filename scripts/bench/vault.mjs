// @ts-check
/**
 * Time to unlock a vault with its password, and what sealing or opening a token set costs beyond doing the same
 * with node:crypto alone. Measured in the runtime's own Node: Electron brings its own cryptography.
 */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { buildProgram } from '../lib/build-program.mjs'
import { say } from '../lib/say.mjs'
import { median, table } from '../lib/statistics.mjs'

/** Milliseconds. */
const limits = { unlockAtLeast: 250, unlockAtMost: 1000, beyondRaw: 0.2 }
/** @type {import('../lib/runtime.mjs').Runtime} */
const { electron, version, source } = JSON.parse(process.env.GATEHOUSE_RUNTIME ?? '{}')
const runs = Number(process.argv.find((each) => each.startsWith('--runs='))?.slice(7) ?? 7)

say(`Measuring ${runs} unlocks, then 3,500 token sets sealed and opened …`)
const folder = await buildProgram('gatehouse-bench-vault', { measure: 'scripts/bench/vault/measure.ts' })
const { stdout } = await promisify(execFile)(electron, [join(folder, 'measure.mjs'), String(runs)], {
  env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
})
/** @type {Record<'unlock' | 'unlockCpu' | 'seal' | 'open' | 'rawSeal' | 'rawOpen', number[]>} */
const measured = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}')
const round = (/** @type {number} */ value, digits = 4) => Number(value.toFixed(digits))
// Other programs only ever add to it: the fastest run is the one that tells. The processor's time beside it shows
// how busy the computer was.
const unlockMs = round(Math.min(...measured.unlock), 0)
const unlockCpuMs = round(median(measured.unlockCpu), 0)
const costs = {
  seal: { ms: round(median(measured.seal)), rawMs: round(median(measured.rawSeal)) },
  open: { ms: round(median(measured.open)), rawMs: round(median(measured.rawOpen)) },
}
const beyond = {
  seal: round(costs.seal.ms - costs.seal.rawMs),
  open: round(costs.open.ms - costs.open.rawMs),
}
const ok =
  unlockMs >= limits.unlockAtLeast &&
  unlockMs <= limits.unlockAtMost &&
  beyond.seal < limits.beyondRaw &&
  beyond.open < limits.beyondRaw

if (process.argv.includes('--json')) {
  const report = {
    bench: 'vault',
    electron: version,
    source,
    runs,
    unlockMs,
    unlockCpuMs,
    costs,
    beyond,
    limits,
    ok,
    measured,
  }
  process.stdout.write(`${JSON.stringify(report)}\n`)
} else {
  const rows = [
    ['', 'Gatehouse', 'node:crypto', 'beyond it', 'limit'],
    ['unlock, fastest (ms)', unlockMs, '', '', `${limits.unlockAtLeast}-${limits.unlockAtMost}`],
    ['unlock, processor time (ms)', unlockCpuMs, '', '', ''],
    ['seal a token set (ms)', costs.seal.ms, costs.seal.rawMs, beyond.seal, limits.beyondRaw],
    ['open a token set (ms)', costs.open.ms, costs.open.rawMs, beyond.open, limits.beyondRaw],
  ]
  process.stdout.write(`Electron ${version}, medians\n${table(rows)}\n${ok ? 'within' : 'over'} the limits\n`)
}
process.exitCode = ok ? 0 : 1
