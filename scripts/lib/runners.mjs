// @ts-check
import { mkdirSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { withDisplay } from './display.mjs'
import { root, stateDir } from './paths.mjs'
import { countPlaywright, countStage, countVitest } from './report.mjs'
import { runVisibly } from './run.mjs'
import { readStamp } from './stamp.mjs'

/** @typedef {{ code: number, count: import('./report.mjs').Count }} Outcome */

/** @param {string} name @returns {string} a path where no report lies yet */
function reportFile(name) {
  mkdirSync(stateDir, { recursive: true })
  const file = join(stateDir, `report-${name}-${process.pid}.json`)
  rmSync(file, { force: true })
  return file
}

/** @param {string} file @param {number} code @param {(report: any) => import('./report.mjs').Count} count */
function outcome(file, code, count) {
  const report = readStamp(file)
  rmSync(file, { force: true })
  const counted = countStage(code, report && count(report))
  return { code: code === 0 && counted.failed > 0 ? 1 : code, count: counted }
}

/**
 * @param {'unit' | 'integration'} project @param {string[]} args for vitest @returns {Promise<Outcome>}
 */
export async function runVitest(project, args) {
  const file = reportFile(project)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const script = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const all = [script, 'run', '--project', project, '--passWithNoTests', ...reporters, ...args]
  return outcome(file, await runVisibly(process.execPath, all, { cwd: root }), countVitest)
}

/**
 * End-to-end tests against the built app, on a virtual display where there is none.
 * @param {string[]} args for playwright @param {import('./runtime.mjs').Runtime} runtime @returns {Promise<Outcome>}
 */
export async function runPlaywright(args, runtime) {
  await ensureBuilt()
  const file = reportFile('e2e')
  const script = join(root, 'node_modules', 'playwright', 'cli.js')
  const code = await withDisplay(
    (env) =>
      runVisibly(process.execPath, [script, 'test', '--reporter=list,json', ...args], {
        cwd: root,
        env: {
          ...env,
          PLAYWRIGHT_JSON_OUTPUT_FILE: file,
          PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
          GATEHOUSE_RUNTIME: JSON.stringify(runtime),
        },
      }),
    Math.min(availableParallelism(), 4),
  )
  return outcome(file, code, countPlaywright)
}
