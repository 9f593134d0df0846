// @ts-check
/**
 * Time from spawn to a usable, painted window, and memory (PSS) 10 s later, as ratios to a blank Electron
 * window of the same runtime, measured in turn with it.
 *
 * Both pages set the mark `gatehouse:usable` two animation frames after their content is there; its wall
 * clock is read afterwards, so that looking for it adds nothing to the time.
 */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { evaluate } from '../lib/cdp.mjs'
import { launch } from '../lib/launch.mjs'
import { pssOf } from '../lib/process-tree.mjs'
import { say } from '../lib/say.mjs'
import { median, table } from '../lib/statistics.mjs'

const limits = { start: 1.5, pss: 1.5 }
/** @type {import('../lib/runtime.mjs').Runtime} */
const { electron, version, source, args } = JSON.parse(process.env.GATEHOUSE_RUNTIME ?? '{}')
const runs = Number(process.argv.find((each) => each.startsWith('--runs='))?.slice(7) ?? 5)
const folders = { blank: join(import.meta.dirname, 'blank'), app: args[0] ?? '' }

const usableAt = `new Promise((done, refuse) => {
  const found = () => performance.getEntriesByName('gatehouse:usable')[0]
  const look = () => found() ? done(performance.timeOrigin + found().startTime) : setTimeout(look, 20)
  setTimeout(() => refuse(new Error('The page never set the mark gatehouse:usable.')), 30000)
  look()
})`

/** @param {string} folder @param {number} settleMs */
async function measure(folder, settleMs) {
  const { pid, startedAt, session, stop } = await launch(electron, [folder, ...args.slice(1)])
  try {
    const startMs = (await evaluate(session, usableAt)) - startedAt
    await sleep(settleMs)
    return { startMs, pssMb: pssOf(pid) }
  } finally {
    await stop()
  }
}

say(`Measuring ${runs} starts of each in turn, about ${Math.ceil((runs * 2 * 12) / 60)} min …`)
// One start of each that does not count: files come from the disk the first time.
await measure(folders.blank, 0)
await measure(folders.app, 0)
/** @type {{ blank: { startMs: number, pssMb: number }[], app: { startMs: number, pssMb: number }[] }} */
const measured = { blank: [], app: [] }
for (let run = 1; run <= runs; run += 1) {
  for (const name of /** @type {const} */ (['blank', 'app'])) {
    const result = await measure(folders[name], 10_000)
    measured[name].push(result)
    say(`  ${run}/${runs} ${name}: ${result.startMs.toFixed(0)} ms, ${result.pssMb.toFixed(0)} MB`)
  }
}

const medians = (/** @type {{ startMs: number, pssMb: number }[]} */ all) => ({
  startMs: Math.round(median(all.map(({ startMs }) => startMs))),
  pssMb: Math.round(median(all.map(({ pssMb }) => pssMb))),
})
const blank = medians(measured.blank)
const app = medians(measured.app)
const round = (/** @type {number} */ value) => Math.round(value * 100) / 100
const ratio = { start: round(app.startMs / blank.startMs), pss: round(app.pssMb / blank.pssMb) }
const ok = ratio.start <= limits.start && ratio.pss <= limits.pss

if (process.argv.includes('--json')) {
  const report = { bench: 'start', electron: version, source, runs, blank, app, ratio, limits, ok, measured }
  process.stdout.write(`${JSON.stringify(report)}\n`)
} else {
  const rows = [
    ['', 'blank', 'Gatehouse', 'ratio', 'limit'],
    ['usable window (ms)', blank.startMs, app.startMs, ratio.start, limits.start],
    ['memory after 10 s, PSS (MB)', blank.pssMb, app.pssMb, ratio.pss, limits.pss],
  ]
  process.stdout.write(
    `Electron ${version}, medians of ${runs}\n${table(rows)}\n${ok ? 'within' : 'over'} the limits\n`,
  )
}
process.exitCode = ok ? 0 : 1
