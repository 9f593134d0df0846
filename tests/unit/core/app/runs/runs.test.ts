import { expect, it } from 'vitest'
import type { CollectionItem } from '@contract/collections'
import { fail, ok } from '@contract/result'
import type { RunPlan, RunView } from '@contract/sending/runs'
import type { RunStep } from '../../../../../src/core/app/runs/run-one.ts'
import { createRuns } from '../../../../../src/core/app/runs/runs.ts'

const item = (path: string, kind: CollectionItem['kind'] = 'http'): CollectionItem => ({
  path,
  kind,
  name: path,
})
const items = [
  item('a', 'folder'),
  item('a/one.yml'),
  item('a/two.yml'),
  item('grpc.yml', 'grpc'),
  { ...item('broken.yml'), fault: { line: 1, column: 1, reason: 'x' } },
  item('three.yml'),
]
const plan: RunPlan = {
  collectionId: 'c',
  folder: '',
  callAs: 'own',
  times: 1,
  stopAtFailure: false,
  delay: 0,
}

/** Each request waits until it is let go; what it answers is its own affair. */
function start() {
  const sent: RunStep[] = []
  const timers: { milliseconds: number; then: () => void }[] = []
  const cancelled: string[] = []
  let answers: ((passed: boolean) => void)[] = []
  let waiting: (() => void) | undefined
  let ids = 0
  let environment = 'staging'
  const runs = createRuns({
    clock: { now: () => 1_000 },
    elapsed: () => 0,
    after: (milliseconds, then) => {
      const timer = { milliseconds, then }
      timers.push(timer)
      return () => void timers.splice(timers.indexOf(timer), 1)
    },
    newId: () => `id-${(ids += 1)}`,
    environment: () => environment,
    items: async (id) => (id === 'c' ? ok(items) : fail('collection_unknown', 'gone')),
    runOne: (_plan, step) =>
      new Promise((done) => {
        sent.push(step)
        answers.push((passed) => {
          const { index, time, item } = step
          done({ row: { index, time, path: item.path, name: item.name, method: 'GET', passed } })
        })
        waiting?.()
      }),
    cancelSending: (id) => cancelled.push(id),
    changed: () => undefined,
  })
  const turn = () => new Promise<void>((done) => void setImmediate(done))
  return {
    runs,
    sent,
    timers,
    cancelled,
    turn,
    async begin(part: Partial<RunPlan> = {}): Promise<RunView> {
      const begun = await runs.start({ ...plan, ...part })
      if (!begun.ok) throw new Error(begun.error.code)
      return begun.value
    },
    async answer(passed = true): Promise<void> {
      if (answers.length === 0) await new Promise<void>((done) => (waiting = done))
      waiting = undefined
      const [first] = answers.splice(0, 1)
      first?.(passed)
      await turn()
    },
    drop: () => (answers = []),
    become: (chosen: string) => void (environment = chosen),
  }
}
const view = ({ runs }: ReturnType<typeof start>, id: string): RunView => {
  const got = runs.get({ id })
  if (!got.ok) throw new Error(got.error.code)
  return got.value
}

it('sends what is in a folder in its order, as often as asked, and says what it left', async () => {
  const bench = start()
  const { id, total, left } = await bench.begin({ times: 2 })
  expect(total).toBe(6)
  expect(left).toEqual(['grpc.yml (gRPC request)', 'broken.yml (broken file)'])
  for (let at = 0; at < 6; at += 1) await bench.answer(at !== 1)
  expect(bench.sent.map(({ item: { path }, time }) => `${time} ${path}`)).toEqual([
    '1 a/one.yml',
    '1 a/two.yml',
    '1 three.yml',
    '2 a/one.yml',
    '2 a/two.yml',
    '2 three.yml',
  ])
  expect(view(bench, id)).toMatchObject({ state: 'ended', sent: 6, passed: 5, failed: 1 })
  const rows = bench.runs.rows({ id, from: 4, limit: 10, failed: false })
  expect(rows.ok && rows.value.map(({ index }) => index)).toEqual([4, 5])
  const failed = bench.runs.rows({ id, from: 0, limit: 10, failed: true })
  expect(failed.ok && failed.value.map(({ index }) => index)).toEqual([1])
})

it('takes a row of data each time', async () => {
  const bench = start()
  const data = { name: 'd.csv', kind: 'csv', text: 'n\n1\n2\n' } as const
  expect((await bench.begin({ folder: 'a', data, times: 9 })).total).toBe(4)
  for (let at = 0; at < 4; at += 1) await bench.answer()
  expect(bench.sent.map((step) => step.data.get('n')?.value)).toEqual(['1', '1', '2', '2'])
})

it('stops at the first failure where it is to', async () => {
  const bench = start()
  const { id } = await bench.begin({ stopAtFailure: true })
  await bench.answer(false)
  expect(view(bench, id)).toMatchObject({ state: 'stopped', sent: 1 })
  expect(bench.sent).toHaveLength(1)
})

it('pauses and goes on', async () => {
  const bench = start()
  const { id } = await bench.begin()
  bench.runs.pause({ id, paused: true })
  await bench.answer()
  await bench.turn()
  expect(bench.sent).toHaveLength(1)
  expect(view(bench, id)).toMatchObject({ state: 'paused', sent: 1 })
  bench.runs.pause({ id, paused: false })
  await bench.answer()
  await bench.answer()
  expect(view(bench, id).state).toBe('ended')
})

it('is cancelled on the way, between two requests and in a pause', async () => {
  const onTheWay = start()
  const first = await onTheWay.begin()
  onTheWay.runs.cancel({ id: first.id })
  expect(onTheWay.cancelled).toHaveLength(1)
  await onTheWay.answer(false)
  expect(view(onTheWay, first.id)).toMatchObject({ state: 'cancelled', sent: 1 })

  const between = start()
  const second = await between.begin({ delay: 5_000 })
  await between.answer()
  expect(between.timers.map(({ milliseconds }) => milliseconds)).toContain(5_000)
  between.runs.cancel({ id: second.id })
  await between.turn()
  expect(view(between, second.id)).toMatchObject({ state: 'cancelled', sent: 1 })

  const paused = start()
  const third = await paused.begin()
  paused.runs.pause({ id: third.id, paused: true })
  await paused.answer()
  await paused.runs.stop()
  expect(paused.runs.get({ id: third.id })).toMatchObject({ ok: false, error: { code: 'run_unknown' } })
})

it('waits between two requests', async () => {
  const bench = start()
  await bench.begin({ delay: 250 })
  await bench.answer()
  expect(bench.sent).toHaveLength(1)
  bench.timers.find(({ milliseconds }) => milliseconds === 250)?.then()
  await bench.turn()
  expect(bench.sent).toHaveLength(2)
})

it('says why it can not start', async () => {
  const { runs } = start()
  expect(await runs.start({ ...plan, folder: 'none' })).toMatchObject({ error: { code: 'run_empty' } })
  expect(await runs.start({ ...plan, collectionId: 'x' })).toMatchObject({
    error: { code: 'collection_unknown' },
  })
  expect(await runs.start({ ...plan, times: 100_000 })).toMatchObject({ error: { code: 'run_too_long' } })
  const data = { name: 'd', kind: 'json', text: '1' } as const
  expect(await runs.start({ ...plan, data })).toMatchObject({ error: { code: 'run_data' } })
})

it('is of what was picked, and of what has the tags', async () => {
  const tagged: CollectionItem[] = [
    { ...item('a', 'folder'), tags: ['People'] },
    { ...item('a/one.yml'), tags: ['smoke'] },
    item('a/two.yml', 'graphql'),
    { ...item('three.yml'), tags: ['smoke', 'slow'] },
    item('four.yml'),
  ]
  const sentBy = async (part: Partial<RunPlan>) => {
    const sent: string[] = []
    let ended: () => void = () => undefined
    const end = new Promise<void>((done) => (ended = done))
    const runs = createRuns({
      clock: { now: () => 0 },
      elapsed: () => 0,
      after: () => () => undefined,
      newId: () => 'r',
      environment: () => '',
      items: async () => ok(tagged),
      runOne: async (_plan, { index, time, item: { path, name } }) => {
        sent.push(path)
        return { row: { index, time, path, name, method: 'GET', passed: true } }
      },
      cancelSending: () => undefined,
      changed: () => {
        const view = runs.get({ id: 'r' })
        if (view.ok && view.value.state === 'ended') ended()
      },
    })
    const answer = await runs.start({ ...plan, ...part })
    if (!answer.ok) return answer.error.message
    await end
    await runs.stop()
    return sent.join(' ')
  }
  const tags = (only: string[], except: string[] = []) => ({ tags: { only, except } })
  expect(await sentBy({ paths: ['a', 'four.yml'] })).toBe('a/one.yml a/two.yml four.yml')
  expect(await sentBy({ paths: ['a', 'a/one.yml'], folder: 'a' })).toBe('a/one.yml a/two.yml')
  expect(await sentBy(tags(['Smoke']))).toBe('a/one.yml three.yml')
  expect(await sentBy(tags(['people']))).toBe('a/one.yml a/two.yml')
  expect(await sentBy(tags([], ['slow', 'people']))).toBe('four.yml')
  expect(await sentBy(tags(['smoke'], ['slow']))).toBe('a/one.yml')
  expect(await sentBy(tags(['none']))).toBe('None of these requests has these tags.')
})

it('sends nothing more once another environment is chosen', async () => {
  const { runs, begin, answer, sent, become } = start()
  const { id } = await begin()
  await answer()
  become('production')
  await answer()
  expect(sent).toHaveLength(2)
  expect(runs.get({ id })).toMatchObject({ value: { state: 'environment-changed', sent: 2, total: 3 } })

  const paused = await begin()
  runs.pause({ id: paused.id, paused: true })
  await answer()
  become('staging')
  runs.pause({ id: paused.id, paused: false })
  await runs.stop()
  expect(sent).toHaveLength(3)
})
