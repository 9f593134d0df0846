import { describe, expect, it } from 'vitest'
import { createFlowStore } from '../../../src/node/sqlite/stores/flow-store.ts'
import type { FlowRecord, StoredFlow } from '../../../src/core/flow/flow.ts'
import { flowRecord } from '../../unit/core/flow/sample.ts'
import { databaseWithUsers } from './temporary-database.ts'

const sealed = { sealed: Buffer.from([1, 2, 3]) }
const record = (number: number, part: Partial<FlowRecord> = {}): StoredFlow => {
  const { steps, failure, ...rest } = flowRecord({
    id: `f${String(number).padStart(3, '0')}`,
    userId: 'u1',
    startedAt: number,
    ...part,
  })
  return { ...rest, stepCount: steps.length, steps: sealed, ...(failure ? { failure: sealed } : {}) }
}
const ids = (flows: { id: string }[]) => flows.map(({ id }) => id)

describe('the flow store', () => {
  it('gives back what it was given, also after it was written again', () => {
    const store = createFlowStore(databaseWithUsers())
    const running = record(1, { outcome: 'running', endedAt: undefined, steps: [] })
    store.save(running)
    expect(store.get('u1', running.id)).toEqual(running)
    const ended = record(1, {
      outcome: 'failed',
      failure: { code: 'x', message: 'y', next: 'z' },
      apiName: 'api.example',
      dropped: 3,
    })
    store.save(ended)
    expect(store.get('u1', running.id)).toEqual(ended)
    const { steps: _steps, ...head } = ended
    expect(store.page('u1', 10)).toEqual([head])
  })

  it('keeps users apart', () => {
    const store = createFlowStore(databaseWithUsers())
    store.save(record(1))
    expect(store.get('u2', 'f001')).toBeUndefined()
    store.save(record(1, { userId: 'u2', title: 'stolen' }))
    store.remove('u2', 'f001')
    store.remove('u2')
    expect(store.get('u1', 'f001')?.title).toBe('Sign in · alice')
    expect(store.page('u2', 10)).toEqual([])
  })

  it('pages by key, newest first, and goes with its user', () => {
    const db = databaseWithUsers()
    const store = createFlowStore(db)
    for (let number = 1; number <= 5; number += 1)
      store.save(record(number, { startedAt: number > 2 ? 9 : number }))
    const first = store.page('u1', 2)
    expect(ids(first)).toEqual(['f005', 'f004'])
    const last = first.at(-1)
    if (!last) throw new Error('an empty page')
    expect(ids(store.page('u1', 10, last))).toEqual(['f003', 'f002', 'f001'])
    db.prepare('DELETE FROM users WHERE id = ?').run('u1')
    expect(store.page('u1', 10)).toEqual([])
  })

  it('forgets the oldest beyond its limit; strays push out strays only', () => {
    const store = createFlowStore(databaseWithUsers(), { flows: 6, strays: 2 })
    for (let number = 1; number <= 4; number += 1) store.save(record(number))
    for (let number = 5; number <= 40; number += 1) store.save(record(number, { kind: 'callback' }))
    expect(ids(store.page('u1', 100))).toEqual(['f040', 'f039', 'f004', 'f003', 'f002', 'f001'])
    store.save(record(41))
    expect(ids(store.page('u1', 100))).toEqual(['f041', 'f040', 'f039', 'f004', 'f003', 'f002'])
  })

  it('gives plain words back that an earlier version wrote, and says whose are plain', () => {
    const db = databaseWithUsers()
    const store = createFlowStore(db)
    store.save({ ...record(1), steps: { plain: '[]' }, failure: { plain: '{"code":"x","message":"y"}' } })
    store.save(record(2))
    expect(store.get('u1', 'f001')).toMatchObject({
      steps: { plain: '[]' },
      failure: { plain: '{"code":"x","message":"y"}' },
    })
    expect(store.kept('u1')).toEqual([
      { id: 'f002', isPlain: false },
      { id: 'f001', isPlain: true },
    ])
    store.save({ ...record(1), failure: sealed })
    expect(db.prepare("SELECT steps, failure FROM flows WHERE id = 'f001'").get()).toEqual({
      steps: '[]',
      failure: null,
    })
  })

  it('says that a row is damaged', () => {
    const db = databaseWithUsers()
    const store = createFlowStore(db)
    store.save(record(1))
    db.prepare(`UPDATE flows SET outcome = 'wonderful'`).run()
    expect(() => store.page('u1', 10)).toThrow(/outcome/)
  })
})
