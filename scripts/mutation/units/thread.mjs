// @ts-check
/** A thread that keeps the code and its tests loaded, and runs some of the tests with one fault switched on. */
import * as modules from 'node:module'
import { pathToFileURL, fileURLToPath } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import { hastenKeys } from './hasten-keys.mjs'
import { importedFile } from './test-files.mjs'

/**
 * @typedef {{ name: string, filepath: string, type: 'suite' | 'test', mode: string, tasks?: Task[], file?: Task,
 *   suite?: Task, fullTestName?: string, result?: { state?: string, duration?: number,
 *   errors?: { message?: string }[] } | undefined }} Task
 * @typedef {{ id: string, file: string, name: string, passed: boolean, skipped: boolean, ms: number, reason: string }} Outcome
 * @typedef {{ file: string, only?: string[], fault?: string, faultAtLoad?: boolean, hitLimit?: number, toTheEnd: boolean }} Order
 */
/** @type {string} */
const root = workerData
const global = /** @type {any} */ (globalThis)
/** Where the instrumented code looks for its fault, and counts what it meets. */
const faults = (global.__stryker__ ??= {})

/** @type {Map<string, Record<string, unknown>>} what tests put in a package's place */
const standIns = new Map()
// The types know an older Node than the one that runs this.
const hooks = /** @type {any} */ (modules)
hooks.registerHooks({
  resolve(
    /** @type {string} */ name,
    /** @type {{ parentURL?: string }} */ context,
    /** @type {Function} */ next,
  ) {
    if (standIns.has(name)) return { url: `stand-in:${name}`, shortCircuit: true }
    const from = context.parentURL?.startsWith('file:') ? fileURLToPath(context.parentURL) : undefined
    const file = from?.startsWith(root) ? importedFile(root, from, name) : undefined
    return file ? { url: pathToFileURL(file).href, shortCircuit: true } : next(name, context)
  },
  load(/** @type {string} */ url, /** @type {unknown} */ context, /** @type {Function} */ next) {
    if (!url.startsWith('stand-in:')) return next(url, context)
    const name = url.slice('stand-in:'.length)
    const names = Object.keys(standIns.get(name) ?? {})
    global.__standIns = standIns
    const source = names.map((each) => `export const ${each} = all[${JSON.stringify(each)}]`).join('\n')
    return {
      format: 'module',
      shortCircuit: true,
      source: `const all = globalThis.__standIns.get(${JSON.stringify(name)})\n${source}`,
    }
  },
})

// What vitest's own worker would have set before its functions are loaded.
global.__vitest_worker__ = { config: {}, ctx: {}, environment: { name: 'node' }, metaEnv: {}, durations: {} }
const require = modules.createRequire(import.meta.resolve('vitest'))
const { vi } = await import('vitest')
const { startTests, collectTests } = await import(pathToFileURL(require.resolve('@vitest/runner')).href)
vi.mock = /** @type {any} */ (
  (/** @type {string} */ name, /** @type {() => Record<string, unknown>} */ make) => {
    standIns.set(name, make())
  }
)

const config = {
  root,
  setupFiles: [],
  sequence: { hooks: 'stack', setupFiles: 'list', shuffle: false, concurrent: false, seed: 1 },
  maxConcurrency: 1,
  testTimeout: 60_000,
  hookTimeout: 60_000,
  passWithNoTests: true,
  allowOnly: true,
  retry: 0,
  tags: [],
  chaiConfig: undefined,
  expect: {},
}

/** Tests of time itself, which code full of possible faults takes too much of. */
const timed = /\bstays quick\b/

/** @type {Map<string, Task>} the tests of a file, collected once */
const collected = new Map()
/** @type {Map<string, string>} */
const unloadable = new Map()
/** @type {unknown[]} what nobody caught */
let stray = []
for (const event of /** @type {const} */ (['unhandledRejection', 'uncaughtException']))
  process.on(event, (error) => stray.push(error))

/** @param {string} file @returns {Promise<Task>} */
async function load(file) {
  const before = collected.get(file)
  if (before) return before
  const runner = { config, importFile: (/** @type {string} */ path) => import(pathToFileURL(path).href) }
  const [task] = await collectTests([file], runner)
  collected.set(file, task)
  if (task.result?.state === 'fail') unloadable.set(file, task.result.errors?.[0]?.message ?? 'not loaded')
  return task
}

/** @param {Order} order @returns {Promise<Outcome[]>} up to the first that fails, unless all are wanted */
async function run({ file, only, fault, faultAtLoad = false, hitLimit, toTheEnd }) {
  Object.assign(faults, { activeMutant: faultAtLoad ? fault : undefined, hitCount: 0, hitLimit })
  const freshKeys = hastenKeys()
  stray = []
  const task = await load(file)
  const failure = unloadable.get(file)
  if (failure !== undefined) return [{ ...outcome(task, failure), passed: false }]
  faults.activeMutant = fault
  freshKeys()
  const wanted = only && new Set(only)
  forget(task, (test) => (wanted ? wanted.has(idOf(test)) : !timed.test(test.name)))
  /** @type {Outcome[]} */
  const outcomes = []
  let over = false
  const runner = {
    config,
    importFile() {},
    onCollected: (/** @type {Task[]} */ files) => void files.push(task),
    onBeforeRunSuite(/** @type {Task} */ suite) {
      faults.currentTestId = `${file}#`
      if (over) suite.mode = 'skip'
    },
    onBeforeRunTask(/** @type {Task} */ test) {
      if (over) test.mode = 'skip'
    },
    onBeforeTryTask(/** @type {Task} */ test) {
      faults.currentTestId = idOf(test)
    },
    onAfterRunTask(/** @type {Task} */ test) {
      faults.currentTestId = `${file}#`
      if (test.mode === 'skip') return
      outcomes.push(outcome(test, test.result?.errors?.[0]?.message ?? ''))
      if (test.result?.state === 'fail' && !toTheEnd) over = true
    },
    onAfterRunSuite(/** @type {Task} */ suite) {
      const reason = suite.result?.errors?.[0]?.message
      if (reason === undefined) return
      outcomes.push({ ...outcome(suite, reason), passed: false })
      if (!toTheEnd) over = true
    },
  }
  await startTests([], runner)
  await new Promise((done) => setImmediate(done))
  faults.currentTestId = undefined
  faults.activeMutant = undefined
  if (stray.length > 0)
    outcomes.push({ ...outcome(task, `nobody caught: ${String(stray[0])}`), passed: false })
  return outcomes
}

/** Makes a collected file as if it had never run. @param {Task} task @param {(test: Task) => boolean} isWanted */
function forget(task, isWanted) {
  task.result = undefined
  const own = /** @type {{ ownMode?: string }} */ (task)
  own.ownMode ??= task.mode
  task.mode = own.ownMode === 'run' || own.ownMode === 'queued' ? 'run' : own.ownMode
  if (task.type === 'test' && !isWanted(task)) task.mode = 'skip'
  for (const each of task.tasks ?? []) forget(each, isWanted)
  if (task.tasks && task.tasks.length > 0 && task.tasks.every(({ mode }) => mode === 'skip'))
    task.mode = 'skip'
}

/** @param {Task} task @returns {Outcome} */
function outcome(task, reason = '') {
  const skipped = task.type === 'test' && task.result?.state !== 'pass' && task.result?.state !== 'fail'
  return {
    id: task.type === 'test' ? idOf(task) : `${(task.file ?? task).filepath}#`,
    file: (task.file ?? task).filepath,
    name: task.type === 'test' ? nameOf(task) : task.name,
    passed: task.result?.state === 'pass',
    skipped,
    ms: task.result?.duration ?? 0,
    reason,
  }
}

/** @param {Task} test */
function nameOf(test) {
  const names = [test.name]
  for (let above = test.suite; above; above = above.suite) names.unshift(above.name)
  return names.join(' ').trim()
}

/** @param {Task} test */
function idOf(test) {
  return `${(test.file ?? test).filepath}#${nameOf(test)}`
}

parentPort?.on('message', (/** @type {Order | 'coverage'} */ order) => {
  if (order === 'coverage') return parentPort?.postMessage({ coverage: faults.mutantCoverage })
  void run(order).then(
    (outcomes) => parentPort?.postMessage({ outcomes, hits: faults.hitCount ?? 0 }),
    (error) => parentPort?.postMessage({ trouble: String(error?.stack ?? error) }),
  )
})
