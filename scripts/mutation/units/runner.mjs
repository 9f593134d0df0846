// @ts-check
import { Worker } from 'node:worker_threads'
import { distances, findTests } from './test-files.mjs'

/**
 * @typedef {import('./thread.mjs').Outcome} Outcome
 * @typedef {import('./thread.mjs').Order} Order
 * @typedef {{ id: string, fileName: string }} Fault
 * @typedef {{ tests?: string[] }} Wishes
 * @typedef {{ activeMutant: Fault, sandboxFileName: string, testFilter?: string[], hitLimit?: number, timeout: number }} Asked
 */

/** So much longer than without a fault may tests take before they count as going on for ever. */
const patience = { loading: 10_000, sound: 600_000, times: 10 }

/** A test that takes longer is asked when all quicker ones were. */
const slowMs = 200

/**
 * So many test files are asked for a fault that acts while code is loaded: all of them would take a minute each in a
 * thread of its own, and one that those nearest to it let pass is counted as alive.
 */
const nearest = 12

/**
 * Runs units for the mutation tester in one warm thread: code and tests are loaded once and a fault is switched on in
 * place, which takes milliseconds. Only a fault that acts while code is loaded needs a thread of its own.
 */
class Units {
  root = process.cwd()
  /** @type {Thread | undefined} */
  warm
  /** @type {Map<string, Outcome>} of the run without a fault, by test */
  sound = new Map()
  /** @type {Map<string, Map<string, number>>} what each test file leads to, and how far it is */
  reaches = new Map()
  /** @type {Map<string, string[]>} the tests that meet a fault while they run */
  meets = new Map()

  /** @param {{ units?: Wishes }} options */
  constructor({ units = {} }) {
    this.wishes = units
  }

  capabilities() {
    return { reloadEnvironment: true }
  }

  /** @param {{ files?: string[] }} options */
  async dryRun({ files = [] }) {
    for (const test of findTests(this.root, this.wishes.tests ?? [])) {
      const reached = distances(this.root, test)
      if (files.some((file) => reached.has(file))) this.reaches.set(test, reached)
    }
    const thread = this.thread()
    for (const file of this.reaches.keys()) {
      const { outcomes, trouble } = await thread.ask({ file, toTheEnd: true }, patience.sound)
      if (!outcomes) return { status: 'error', errorMessage: `${file}: ${trouble ?? 'timed out'}` }
      for (const outcome of outcomes) if (!outcome.skipped) this.sound.set(outcome.id, outcome)
    }
    const mutantCoverage = this.spread((await thread.coverage()) ?? { static: {}, perTest: {} })
    for (const [test, met] of Object.entries(mutantCoverage.perTest))
      for (const fault of Object.keys(met)) this.meets.set(fault, [...(this.meets.get(fault) ?? []), test])
    return { status: 'complete', tests: [...this.sound.values()].map(told), mutantCoverage }
  }

  /**
   * What a file's hooks meet, all of its tests meet.
   * @param {{ static: Record<string, number>, perTest: Record<string, Record<string, number>> }} coverage
   */
  spread({ static: atLoad, perTest }) {
    /** @type {typeof perTest} */
    const spread = {}
    for (const { id, file } of this.sound.values()) {
      const met = { ...perTest[id] }
      for (const [fault, hits] of Object.entries(perTest[`${file}#`] ?? {}))
        met[fault] = (met[fault] ?? 0) + hits
      spread[id] = met
    }
    return { static: atLoad, perTest: spread }
  }

  /** @param {Asked} asked */
  async mutantRun({ activeMutant: { id }, sandboxFileName, testFilter, hitLimit }) {
    const fault = { fault: id, hitLimit }
    const running = await this.ask(
      this.byFile(testFilter ?? this.meets.get(id) ?? [], sandboxFileName),
      fault,
    )
    if (testFilter || running.status !== 'survived') return running
    const near = [...this.reaches]
      .flatMap(([file, reached]) => ({ file, far: reached.get(sandboxFileName) ?? Infinity }))
      .filter(({ far }) => far < Infinity)
      .sort((a, b) => a.far - b.far)
      .slice(0, nearest)
    const cold = new Thread(this.root)
    try {
      const loading = await this.ask(
        near.map(({ file }) => ({ file })),
        { ...fault, faultAtLoad: true },
        cold,
      )
      return { ...loading, nrOfTests: loading.nrOfTests + running.nrOfTests }
    } finally {
      await cold.end()
    }
  }

  /**
   * @param {{ file: string, only?: string[] }[]} orders @param {Partial<Order>} fault @param {Thread} [cold] that knew
   * no other fault before @returns {Promise<any>}
   */
  async ask(orders, fault, cold) {
    let nrOfTests = 0
    for (const order of orders) {
      const thread = cold ?? this.thread()
      const {
        outcomes,
        hits = 0,
        trouble,
      } = await thread.ask({ ...order, ...fault, toTheEnd: false }, this.limit(order))
      if (!outcomes) {
        await thread.end()
        if (trouble === undefined) return { status: 'timeout', nrOfTests }
        return { status: 'killed', killedBy: [`${order.file}#`], failureMessage: trouble, nrOfTests }
      }
      const failed = outcomes.find(({ passed, skipped }) => !passed && !skipped)
      nrOfTests += outcomes.filter(({ skipped }) => !skipped).length
      if (fault.hitLimit !== undefined && hits > fault.hitLimit) return { status: 'timeout', nrOfTests }
      if (!failed) continue
      if (!cold && !(await this.isSoundWithout(order))) {
        // What an earlier fault left behind: asked again where nothing was.
        await thread.end()
        return this.ask(orders, fault, this.thread())
      }
      return { status: 'killed', killedBy: [failed.id], failureMessage: failed.reason, nrOfTests }
    }
    return { status: 'survived', nrOfTests }
  }

  /** @param {{ file: string, only?: string[] }} order */
  async isSoundWithout(order) {
    const { outcomes } = await this.thread().ask({ ...order, toTheEnd: false }, this.limit(order))
    return outcomes?.every(({ passed, skipped }) => passed || skipped) ?? false
  }

  /**
   * File by file: those nearest to the fault, which know most about it, and the quickest first.
   * @param {string[]} tests @param {string} faulty
   */
  byFile(tests, faulty) {
    /** @type {Map<string, { file: string, only: string[], ms: number, far: number }>} */
    const orders = new Map()
    for (const id of tests) {
      const { file, ms } = this.sound.get(id) ?? { file: id.slice(0, id.indexOf('#')), ms: 0 }
      const far = this.reaches.get(file)?.get(faulty) ?? Infinity
      const key = ms > slowMs ? id : file
      const order = orders.get(key) ?? { file, only: [], ms: 0, far }
      orders.set(key, { file, only: [...order.only, id], ms: order.ms + ms, far })
    }
    const slow = (/** @type {{ ms: number, only: string[] }} */ { ms, only }) =>
      only.length === 1 && ms > slowMs
    return [...orders.values()]
      .sort((a, b) => Number(slow(a)) - Number(slow(b)) || a.far - b.far || a.ms - b.ms)
      .map(({ file, only }) => ({ file, only }))
  }

  /** In milliseconds. @param {{ file: string, only?: string[] }} order */
  limit({ file, only }) {
    const tests =
      only?.map((id) => this.sound.get(id)) ?? [...this.sound.values()].filter((each) => each.file === file)
    return patience.loading + patience.times * tests.reduce((total, test) => total + (test?.ms ?? 0), 0)
  }

  thread() {
    if (!this.warm || this.warm.isOver) this.warm = new Thread(this.root)
    return this.warm
  }

  async dispose() {
    await this.warm?.end()
  }
}

class Thread {
  isOver = false

  /** @param {string} root */
  constructor(root) {
    this.worker = new Worker(new URL('./thread.mjs', import.meta.url), { workerData: root })
    this.worker.setMaxListeners(0)
  }

  /**
   * @param {Order} order @param {number} limitMs
   * @returns {Promise<{ outcomes?: Outcome[], hits?: number, trouble?: string }>} nothing when time is up
   */
  ask(order, limitMs) {
    return this.send(order, limitMs)
  }

  /** @returns {Promise<any>} */
  async coverage() {
    return (await this.send('coverage', patience.sound)).coverage
  }

  /** @param {Order | 'coverage'} message @param {number} limitMs @returns {Promise<any>} */
  send(message, limitMs) {
    return new Promise((done) => {
      const end = (/** @type {unknown} */ answer) => {
        clearTimeout(timer)
        this.worker.removeAllListeners('message').removeAllListeners('error').removeAllListeners('exit')
        done(answer)
      }
      const timer = setTimeout(() => end({}), limitMs)
      this.worker.once('message', end)
      this.worker.once('error', (error) => end({ trouble: String(error) }))
      this.worker.once('exit', () => end({ trouble: 'the thread ended' }))
      this.worker.postMessage(message)
    })
  }

  async end() {
    this.isOver = true
    await this.worker.terminate()
  }
}

/** @param {Outcome} outcome */
function told({ id, name, file, passed, ms, reason }) {
  const common = { id, name, fileName: file, timeSpentMs: ms }
  return passed ? { ...common, status: 0 } : { ...common, status: 1, failureMessage: reason }
}

/** @param {{ units?: Wishes }} options */
const factory = (options) => new Units(options)
factory.inject = ['options']

export const strykerPlugins = [{ kind: 'TestRunner', name: 'units', factory }]
