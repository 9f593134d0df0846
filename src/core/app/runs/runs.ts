import type { CollectionItem } from '@contract/collections'
import type { ExchangeView } from '@contract/requests'
import { fail, ok, type Result } from '@contract/result'
import { runLimits, type RunPlan, type RunRow, type RunView } from '@contract/sending/runs'
import { isRun, itemKindTable, plannedItems } from '@contract/tables/item-kinds'
import type { Clock } from '../../records/ports.ts'
import { readData, type DataRows } from './read-data.ts'
import type { RunOne } from './run-one.ts'

interface Dependencies {
  clock: Clock
  elapsed: () => number
  after: (milliseconds: number, then: () => void) => () => void
  newId: () => string
  /** What is chosen, for the user and in a collection. */
  environment: (collectionId: string) => string
  items: (collectionId: string) => Promise<Result<CollectionItem[]>>
  runOne: RunOne
  cancelSending: (sendId: string) => unknown
  changed: () => void
}

interface Run {
  plan: RunPlan
  view: RunView
  rows: RunRow[]
  failures: RunRow[]
  items: CollectionItem[]
  data: DataRows
  /** In which it was started: in another one its requests would be others. */
  environment: string
  /** The sending that is under way. */
  sendId?: string
  /** Wakes what waits: for the time between two requests, or for the end of a pause. */
  wake?: () => void
}

/** Runs that are remembered, and milliseconds between two words of how far one is. */
const remembered = 10
const tellEvery = 150

/** Runs the requests of a folder one after another. Nothing of a run is kept but its exchanges, in the history. Codes:
 *  `run_unknown`, `run_empty`, `run_too_long`, `run_data`, `collection_unknown`. */
export function createRuns(deps: Dependencies) {
  const runs = new Map<string, Run>()
  const under = new Set<Promise<void>>()
  let told = -Infinity
  let telling: (() => void) | undefined

  function tell(): void {
    telling?.()
    telling = undefined
    told = deps.elapsed()
    deps.changed()
  }
  function tellSoon(): void {
    if (telling) return
    const left = told + tellEvery - deps.elapsed()
    if (left <= 0) tell()
    else telling = deps.after(left, tell)
  }

  function find(id: string): Result<Run> {
    const run = runs.get(id)
    return run ? ok(run) : fail('run_unknown', 'This run is no longer known.', 'Start it again.')
  }
  /** Ends early where someone wakes it. */
  function wait(run: Run, milliseconds: number | undefined): Promise<void> {
    return new Promise((done) => {
      const callOff = milliseconds === undefined ? undefined : deps.after(milliseconds, done)
      run.wake = () => {
        callOff?.()
        done()
      }
    })
  }

  function count({ view, rows, failures }: Run, row: RunRow, exchange: ExchangeView | undefined): void {
    rows.push(row)
    if (!row.passed) failures.push(row)
    view.sent += 1
    view[row.passed ? 'passed' : 'failed'] += 1
    view.notCaptured += exchange?.captures?.filter(({ outcome }) => outcome === 'missing').length ?? 0
    for (const { outcome } of exchange?.checks ?? []) {
      if (outcome === 'passed') view.checks.passed += 1
      else if (outcome === 'failed') view.checks.failed += 1
      else view.checks.notJudged += 1
    }
  }

  /** Whether it goes on, once it is not paused any more. */
  async function goesOn(run: Run): Promise<boolean> {
    while (run.view.state === 'paused') await wait(run, undefined)
    if (run.view.state !== 'running') return false
    if (deps.environment(run.plan.collectionId) === run.environment) return true
    run.view.state = 'environment-changed'
    return false
  }

  async function step(run: Run, index: number): Promise<void> {
    const { plan, view, items, data } = run
    const time = Math.floor(index / items.length)
    const item = items[index % items.length]
    if (!item) return
    const startedAt = deps.elapsed()
    run.sendId = deps.newId()
    const { row, exchange } = await deps.runOne(
      plan,
      { index, time: time + 1, item, data: data[time] ?? new Map() },
      run.sendId,
    )
    count(run, row, exchange)
    if (!row.passed && plan.stopAtFailure && view.state !== 'cancelled') view.state = 'stopped'
    const isLast = index + 1 === view.total
    if (plan.delay > 0 && !isLast && view.state === 'running') await wait(run, plan.delay)
    view.took += deps.elapsed() - startedAt
    tellSoon()
  }

  async function all(run: Run): Promise<void> {
    const { view } = run
    try {
      for (let index = 0; index < view.total && (await goesOn(run)); index += 1) await step(run, index)
      if (view.state === 'running') view.state = 'ended'
    } finally {
      if (view.state === 'running' || view.state === 'paused') view.state = 'cancelled'
      // Data may hold what no one should find in memory later.
      run.data = []
      tell()
    }
  }

  function end({ view, sendId, wake }: Run): void {
    if (view.state !== 'running' && view.state !== 'paused') return
    view.state = 'cancelled'
    if (sendId !== undefined) deps.cancelSending(sendId)
    wake?.()
  }

  return {
    async start(plan: RunPlan): Promise<Result<RunView>> {
      const environment = deps.environment(plan.collectionId)
      const found = await deps.items(plan.collectionId)
      if (!found.ok) return found
      const within = plannedItems(plan, found.value)
      const items = within.filter(isRun)
      if (items.length === 0) return nothingToRun(plan)
      const data = plan.data ? await readData(plan.data) : ok([])
      if (!data.ok) return data
      const total = items.length * (plan.data ? data.value.length : plan.times)
      if (total > runLimits.requests)
        return fail('run_too_long', 'That would be more than 100,000 requests.', 'Run fewer at a time.')
      const view: RunView = {
        id: deps.newId(),
        collectionId: plan.collectionId,
        folder: plan.folder,
        state: 'running',
        startedAt: deps.clock.now(),
        took: 0,
        total,
        sent: 0,
        passed: 0,
        failed: 0,
        checks: { passed: 0, failed: 0, notJudged: 0 },
        notCaptured: 0,
        left: within.filter((each) => !items.includes(each)).map(leftWords),
      }
      const run: Run = { plan, view, rows: [], failures: [], items, data: data.value, environment }
      runs.set(view.id, run)
      for (const [id, old] of runs) {
        if (runs.size <= remembered) break
        if (old.view.state !== 'running' && old.view.state !== 'paused') runs.delete(id)
      }
      const running = all(run).finally(() => under.delete(running))
      under.add(running)
      // What goes wrong inside is a defect: the run is over, and whoever settles it is told.
      running.catch(() => undefined)
      return ok({ ...view })
    },
    get({ id }: { id: string }): Result<RunView> {
      const run = find(id)
      return run.ok ? ok({ ...run.value.view, checks: { ...run.value.view.checks } }) : run
    },
    rows(asked: { id: string; from: number; limit: number; failed: boolean }): Result<RunRow[]> {
      const run = find(asked.id)
      if (!run.ok) return run
      const rows = asked.failed ? run.value.failures : run.value.rows
      return ok(rows.slice(asked.from, asked.from + asked.limit))
    },
    /** What is under way is waited for; the next is not sent before it goes on. */
    pause({ id, paused }: { id: string; paused: boolean }): Result<null> {
      const run = find(id)
      if (!run.ok) return run
      const { view, wake } = run.value
      if (view.state === (paused ? 'running' : 'paused')) view.state = paused ? 'paused' : 'running'
      if (!paused) wake?.()
      tell()
      return ok(null)
    },
    /** Ends it, and what is under way. */
    cancel({ id }: { id: string }): Result<null> {
      const run = find(id)
      if (run.ok) end(run.value)
      return ok(null)
    },
    /** Ends all runs and forgets them: another user, or none, is in. */
    async stop(): Promise<void> {
      for (const run of runs.values()) end(run)
      await Promise.allSettled(under)
      runs.clear()
    },
  }
}

function nothingToRun({ tags }: RunPlan) {
  return tags && tags.only.length + tags.except.length > 0
    ? fail('run_empty', 'None of these requests has these tags.', 'Change the tags of this run.')
    : fail('run_empty', 'There are no requests here that Gatehouse can send.', 'Add one first.')
}

function leftWords({ name, kind, fault }: CollectionItem): string {
  if (fault) return `${name} (broken file)`
  return kind === 'folder' ? name : `${name} (${itemKindTable[kind].called})`
}
