// @ts-check
import { ensureBuilt } from '../lib/build.mjs'
import { errorLines } from '../lib/fail.mjs'
import { countStage, sum, summaryLine } from '../lib/report.mjs'
import { runPlaywright, runVitest } from '../lib/runners.mjs'
import { prepareRuntime } from '../lib/runtime.mjs'
import { main as check } from './check.mjs'

/** @typedef {import('../lib/report.mjs').Count} Count */

/**
 * A stage that cannot even run counts as one failure and does not keep the others from running.
 * @param {string} name @param {() => Promise<Count>} work
 */
async function stage(name, work) {
  process.stdout.write(`\n── ${name}\n`)
  try {
    return await work()
  } catch (error) {
    process.stdout.write(`${errorLines(error).join('\n')}\n`)
    return countStage(1, undefined)
  }
}

/** `npm test`: checks, build, unit, integration and end-to-end tests; ends with one line that sums them up. */
export async function main() {
  const counts = [
    await stage('setup', async () => (await prepareRuntime({ tests: true }), countStage(0, undefined))),
    await stage('check', async () => countStage(await check(), undefined)),
    await stage('build', async () => (await ensureBuilt(), countStage(0, undefined))),
    await stage('unit', async () => (await runVitest('unit', [])).count),
    await stage('integration', async () => (await runVitest('integration', [])).count),
    await stage(
      'end to end',
      async () => (await runPlaywright([], await prepareRuntime({ tests: true }))).count,
    ),
  ]
  const total = sum(counts)
  process.stdout.write(`\n${summaryLine(total)}\n`)
  return total.failed > 0 ? 1 : 0
}
