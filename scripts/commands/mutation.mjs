// @ts-check
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { join, relative } from 'node:path'
import { setupError } from '../lib/fail.mjs'
import { root, stateDir } from '../lib/paths.mjs'
import { runVisibly } from '../lib/run.mjs'
import { mayLive } from '../mutation/may-live.mjs'
import { rooms, wanted } from '../mutation/rooms.mjs'
import { judge } from '../mutation/tally.mjs'

const stryker = join(root, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js')

/**
 * `npm run mutation [-- ROOM … | FILE …] [--sample N [--seed S]] [--json]`: makes deliberate faults in a room, all of
 * them or so many drawn at random, and counts those that its unit tests find.
 * @param {string[]} args
 */
export async function main(args) {
  const { named, ...options } = read(args)
  const files = named.filter((name) => !(name in rooms))
  if (files.some((file) => !file.endsWith('.ts')))
    throw setupError('there is no such room.', `One of: ${Object.keys(rooms).join(', ')}, or files of src`)
  const runs = Object.entries(rooms).filter(([room]) => named.length === 0 || named.includes(room))
  if (files.length > 0)
    runs.push(['files', { mutate: files, tests: Object.values(rooms).flatMap(({ tests }) => tests) }])
  setPriority(constants.priority.PRIORITY_LOW)
  const results = []
  for (const [room, asked] of runs) results.push({ room, ...(await ask(asked, options)) })
  if (options.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`)
  else for (const result of results) process.stdout.write(describe(result))
  return results.some(({ score, misfits }) => score < wanted || misfits.length > 0) ? 1 : 0
}

/** @param {string[]} args */
function read(args) {
  const numbers = { sample: 0, seed: 1 }
  const named = []
  for (let at = 0; at < args.length; at++) {
    const name = (args[at] ?? '').slice(2)
    if (args[at] === '--json') continue
    if (name !== 'sample' && name !== 'seed') named.push(args[at] ?? '')
    else {
      const value = Number(args[++at])
      if (!Number.isSafeInteger(value) || value < 0)
        throw setupError(`--${name} needs a number.`, 'npm run mutation -- jwt --sample 300')
      numbers[name] = value
    }
  }
  return { named, json: args.includes('--json'), ...numbers }
}

/** @param {(typeof rooms)[string]} room @param {{ sample: number, seed: number }} options */
async function ask({ mutate, tests }, { sample, seed }) {
  mkdirSync(stateDir, { recursive: true })
  // Of its own for each run: two at a time don't meet.
  const state = (/** @type {string} */ name) => join(stateDir, `mutation-${process.pid}${name}.json`)
  const [config, report, drawn] = [state('-config'), state(''), state('-drawn')]
  const plugin = (/** @type {string} */ name) => join(root, 'scripts/mutation', name)
  writeFileSync(
    config,
    JSON.stringify({
      testRunner: 'units',
      plugins: [plugin('units/runner.mjs'), plugin('prose.mjs'), plugin('draw.mjs')],
      units: { tests, ...(sample > 0 ? { drawn, sample, seed } : {}) },
      warnings: false,
      ignorers: ['prose'],
      mutate,
      coverageAnalysis: 'perTest',
      concurrency: 1,
      timeoutMS: 120_000,
      dryRunTimeoutMinutes: 60,
      reporters: ['draw', 'json'],
      logLevel: 'warn',
      jsonReporter: { fileName: relative(root, report) },
      ignorePatterns: ['docs', 'out', 'dist'],
      tempDirName: `.cache/mutation-${process.pid}`,
    }),
  )
  const args = [stryker, 'run', config]
  // What the tester prints goes beside the answer, not into it.
  const code = await runVisibly(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] })
  try {
    if (code !== 0) throw setupError('the mutation tester failed.', 'Run the unit tests first: npm run unit')
    const ids = existsSync(drawn) ? JSON.parse(readFileSync(drawn, 'utf8')) : undefined
    return judge(JSON.parse(readFileSync(report, 'utf8')), { drawn: ids, excuses: mayLive })
  } finally {
    for (const file of [config, report, drawn]) rmSync(file, { force: true })
    rmSync(join(root, `.cache/mutation-${process.pid}`), { recursive: true, force: true })
  }
}

/** @param {{ room: string } & import('../mutation/tally.mjs').Verdict} result */
function describe({ room, files, survivors, misfits, ...all }) {
  const lines = [
    `${room}: ${scoreOf(all)}`,
    ...Object.entries(files).map(([file, each]) => `  ${file}: ${scoreOf(each)}`),
    ...survivors.map(
      ({ file, line, original, fault, seen }) =>
        `  ${file}:${line}  ${original}  →  ${fault}${seen ? '' : '  (seen by no test)'}`,
    ),
    ...misfits.map(({ file, at }) => `  may-live.mjs excuses what is no longer there: ${file}: ${at}`),
  ]
  return `${lines.join('\n')}\n`
}

/** @param {import('../mutation/tally.mjs').Tally} tally */
function scoreOf({ score, between: [low, high], found, alive, unseen, excused }) {
  const counts = `${found} found, ${alive} alive, ${unseen} seen by no test, ${excused} may live`
  return `${score.toFixed(1)} % (95 %: ${low.toFixed(1)} to ${high.toFixed(1)}; ${counts})`
}
