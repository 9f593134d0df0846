import { defined } from '@contract/defined'
import type { Failure, Result } from '@contract/result'
import {
  countMessages,
  flowLimits,
  type FlowHead,
  type FlowRecord,
  type FlowStore,
  type FlowTable,
  type FlowText,
} from '../../flow/flow.ts'
import { flowFailureDocument, flowStepsDocument } from '../../records/documents/flow.ts'
import { expectedFailure } from '../../text/expected-failure.ts'
import type { SecretBox } from '../../vault/box/secret-box.ts'
import type { CurrentSession } from '../vault/session.ts'

interface Dependencies {
  session: CurrentSession
  table: FlowTable
  after: (milliseconds: number, then: () => void) => () => void
}

/** Flows whose words are sealed with the vault of the user who is in. Their titles, times and outcomes are not. */
export function createSealedFlows({ session, table, after }: Dependencies) {
  function boxOf(userId: string): SecretBox {
    const { user, box } = session()
    if (user.id !== userId) throw expectedFailure(someoneElse)
    return box
  }
  const place = (userId: string, rowId: string, column: 'steps' | 'failure') => ({
    userId,
    table: 'flows',
    rowId,
    column,
  })

  function open(
    row: { userId: string; id: string },
    column: 'steps' | 'failure',
    text: FlowText,
  ): Result<string> {
    return 'plain' in text
      ? { ok: true, value: text.plain }
      : boxOf(row.userId).open(place(row.userId, row.id, column), text.sealed)
  }

  /** Why a flow did not go well; where that cannot be read, that it cannot. */
  function failureOf(row: { userId: string; id: string; failure?: FlowText }): { failure?: Failure } {
    if (row.failure === undefined) return {}
    const text = open(row, 'failure', row.failure)
    const read = text.ok ? flowFailureDocument.read(text.value) : text
    return { failure: read.ok ? read.value : read.error }
  }

  const store: FlowStore = {
    save: ({ steps, failure, ...rest }: FlowRecord) => {
      const { userId, id } = rest
      const box = boxOf(userId)
      const seal = (column: 'steps' | 'failure', text: string): FlowText => ({
        sealed: box.seal(place(userId, id, column), text),
      })
      table.save({
        ...rest,
        stepCount: countMessages(steps),
        steps: seal('steps', flowStepsDocument.write(steps)),
        ...defined({
          failure: failure === undefined ? undefined : seal('failure', flowFailureDocument.write(failure)),
        }),
      })
    },
    get: (userId, id) => {
      const row = table.get(userId, id)
      if (row === undefined) return undefined
      const { stepCount: _count, steps: text, failure: _failure, ...rest } = row
      const opened = open(row, 'steps', text)
      const steps = opened.ok ? flowStepsDocument.read(opened.value) : opened
      if (!steps.ok) throw expectedFailure(steps.error)
      return { ...rest, ...failureOf(row), steps: steps.value }
    },
    page: (userId, limit, before) =>
      table.page(userId, limit, before).map((row): FlowHead => {
        const { failure: _failure, ...rest } = row
        return { ...rest, ...failureOf(row) }
      }),
    remove: table.remove,
  }

  /** One at a time, so that no one waits; ends where the user is another one by then. */
  function tidy(userId: string, [next, ...rest]: { id: string; isPlain: boolean }[]): void {
    if (next === undefined) return
    try {
      if (boxOf(userId).protection().kind === 'memory' && !next.isPlain) forgetDead(userId, next.id)
      else if (next.isPlain) {
        const record = store.get(userId, next.id)
        if (record) store.save(record)
      }
    } catch {
      // Locked meanwhile, or not to be read: it stays as it is.
    }
    after(0, () => tidy(userId, rest))
  }

  /** What an earlier run kept in memory only opens never again. */
  function forgetDead(userId: string, id: string): void {
    const row = table.get(userId, id)
    if (!row || 'plain' in row.steps) return
    const opened = open(row, 'steps', row.steps)
    if (!opened.ok && opened.error.code === 'secret_memory_only') table.remove(userId, id)
  }

  return {
    store,
    /** Seals what an earlier version stored in plain, and takes away what was in memory only. */
    tidy: (): void => {
      const { user, box } = session()
      const all = table.kept(user.id)
      const isMemory = box.protection().kind === 'memory'
      const concerned = isMemory ? all : all.filter(({ isPlain }) => isPlain)
      tidy(user.id, concerned.slice(0, flowLimits.flows))
    },
  }
}

const someoneElse: Failure = { code: 'flow_not_in', message: 'Another user is using Gatehouse now.' }
