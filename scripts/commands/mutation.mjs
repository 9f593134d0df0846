// @ts-check
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { setupError } from '../lib/fail.mjs'
import { root, stateDir } from '../lib/paths.mjs'
import { run, runVisibly } from '../lib/run.mjs'
import { rooms, wanted } from '../mutation/rooms.mjs'
import { survivors, tally } from '../mutation/tally.mjs'

const stryker = join(root, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js')

/**
 * `npm run mutation [-- ROOM … | FILE …] [--json] [--all]`: makes deliberate faults in a room and counts those that
 * its unit tests find. Slow; earlier verdicts are kept for what has not changed, and `--all` asks anew.
 * @param {string[]} args
 */
export async function main(args) {
  const json = args.includes('--json')
  const named = args.filter((arg) => !arg.startsWith('--'))
  const chosen = Object.entries(rooms).filter(([room]) => named.length === 0 || named.includes(room))
  const files = named.filter((name) => !(name in rooms))
  if (files.some((file) => !file.endsWith('.ts')))
    throw setupError('there is no such room.', `One of: ${Object.keys(rooms).join(', ')}, or files of src`)
  const runs = [...(named.length > files.length || files.length === 0 ? chosen : [])]
  if (files.length > 0) runs.push(['files', files])
  const results = []
  for (const [room, mutate] of runs) {
    const report = await runStryker(room, mutate, { json, all: args.includes('--all') })
    results.push({ room, ...tally(report), survivors: survivors(report) })
  }
  if (json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`)
  else for (const result of results) process.stdout.write(describe(result))
  return results.some(({ score }) => score < wanted) ? 1 : 0
}

/** @param {string} room @param {string[]} mutate @param {{ json: boolean, all: boolean }} options */
async function runStryker(room, mutate, { json, all }) {
  mkdirSync(stateDir, { recursive: true })
  const report = join(stateDir, `mutation-${room}.json`)
  const config = join(stateDir, `mutation-${room}-config.json`)
  rmSync(report, { force: true })
  writeFileSync(
    config,
    JSON.stringify({
      testRunner: 'vitest',
      vitest: { configFile: 'vitest.mutation.config.ts', related: true },
      plugins: ['@stryker-mutator/vitest-runner', join(root, 'scripts/mutation/prose.mjs')],
      ignorers: ['prose'],
      mutate,
      coverageAnalysis: 'perTest',
      concurrency: 1,
      reporters: json ? ['json'] : ['json', 'progress-append-only'],
      jsonReporter: { fileName: relative(root, report) },
      incremental: room !== 'files',
      incrementalFile: relative(root, join(stateDir, `mutation-${room}-known.json`)),
      force: all,
      ignorePatterns: ['docs', 'out', 'dist'],
      tempDirName: '.cache/mutation',
    }),
  )
  const args = [stryker, 'run', config]
  const code = json
    ? (await run(process.execPath, args, { cwd: root })).code
    : await runVisibly(process.execPath, args, { cwd: root })
  rmSync(config, { force: true })
  if (code !== 0)
    throw setupError(`the mutation tester failed in ${room}.`, 'Run the unit tests first: npm run unit')
  return JSON.parse(readFileSync(report, 'utf8'))
}

/** @param {{ room: string, survivors: import('../mutation/tally.mjs').Survivor[] } & import('../mutation/tally.mjs').Tally} result */
function describe({ room, score, found, alive, unseen, survivors }) {
  const lines = survivors.map(
    ({ file, line, original, fault }) => `  ${file}:${line}  ${original}  →  ${fault}`,
  )
  const head = `${room}: ${score.toFixed(1)} % (${found} faults found, ${alive} alive, ${unseen} seen by no test)`
  return `${[head, ...lines].join('\n')}\n`
}
