// @ts-check
/**
 * What a sign-in costs the program beyond the network and the browser: the real use cases, database and vault in
 * Electron's own Node, against the playground in another process. Own time is the wall time of starting the
 * sign-in and of taking its redirect, less the time in which a request waited for the head of its answer.
 */
import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { buildProgram } from '../lib/build-program.mjs'
import { root } from '../lib/paths.mjs'
import { say } from '../lib/say.mjs'
import { median, table } from '../lib/statistics.mjs'

/** Milliseconds. */
const limit = 50
/** @type {import('../lib/runtime.mjs').Runtime} */
const { electron, version, source } = JSON.parse(process.env.GATEHOUSE_RUNTIME ?? '{}')
const runs = Number(process.argv.find((each) => each.startsWith('--runs='))?.slice(7) ?? 20)

/** @param {string} data @returns {Promise<{ ready: string, stop: () => void }>} */
async function startPlayground(data) {
  const script = join(root, 'out', 'main', 'playground.mjs')
  const child = spawn(process.execPath, [script, '--data', data], { stdio: ['ignore', 'pipe', 'ignore'] })
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes('"event":"ready"')) {
      child.stdout.resume()
      return { ready: line, stop: () => void child.kill() }
    }
  }
  throw new Error('The playground ended before it was ready.')
}

/** @typedef {{ wall: number, network: number, own: number, cpu: number }} Step */
/** @typedef {{ start: Step, receive: Step, own: number }} Run */

say(`Measuring ${runs} sign-ins after 3 …`)
const folder = await buildProgram('gatehouse-bench-signin', { measure: 'scripts/bench/signin/measure.ts' })
const data = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'))
const playground = await startPlayground(data)
/** @type {{ first: Run, runs: Run[] }} */
let measured
try {
  const { stdout } = await promisify(execFile)(
    electron,
    [join(folder, 'measure.mjs'), playground.ready, String(runs)],
    {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    },
  )
  measured = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}')
} finally {
  playground.stop()
  rmSync(data, { recursive: true, force: true, maxRetries: 5 })
}

const round = (/** @type {number} */ value) => Math.round(value * 10) / 10
const middle = (/** @type {(run: Run) => number} */ of) => round(median(measured.runs.map(of)))
const step = (/** @type {'start' | 'receive'} */ which) => ({
  ownMs: middle((run) => run[which].own),
  networkMs: middle((run) => run[which].network),
  cpuMs: middle((run) => run[which].cpu),
})
const result = {
  ownMs: middle(({ own }) => own),
  firstMs: round(measured.first.own),
  start: step('start'),
  receive: step('receive'),
}
const ratio = round(result.ownMs / limit)
const ok = result.ownMs < limit

if (process.argv.includes('--json')) {
  const report = { bench: 'signin', electron: version, source, runs, result, limit, ratio, ok, measured }
  process.stdout.write(`${JSON.stringify(report)}\n`)
} else {
  const rows = [
    ['', 'own time (ms)', 'limit', 'waiting for answers (ms)', 'processor (ms)'],
    ['until the browser opens', result.start.ownMs, '', result.start.networkMs, result.start.cpuMs],
    ['from the redirect on', result.receive.ownMs, '', result.receive.networkMs, result.receive.cpuMs],
    ['the whole sign-in', result.ownMs, limit, '', ''],
    ['the first one', result.firstMs, '', '', ''],
  ]
  process.stdout.write(
    `Electron ${version}, medians of ${runs}\n${table(rows)}\n${ok ? 'within' : 'over'} the limit\n`,
  )
}
process.exitCode = ok ? 0 : 1
