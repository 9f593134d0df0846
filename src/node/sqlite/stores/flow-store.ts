import { defined } from '@contract/defined'
import { flowKinds, flowOutcomes } from '@contract/flows'
import type { Failure } from '@contract/result'
import {
  countMessages,
  flowLimits,
  type FlowHead,
  type FlowRecord,
  type FlowStore,
} from '../../../core/flow/flow.ts'
import { flowFailureDocument, flowStepsDocument } from '../../../core/records/documents/flow.ts'
import { expectedFailure } from '../../../core/text/expected-failure.ts'
import type { Database } from '../database.ts'
import { orNull, readRow } from './row.ts'

/** Flows in SQLite: the newest of each user, redirects that belonged to nothing counted apart. */
export function createFlowStore(
  db: Database,
  limits: { flows: number; strays: number } = flowLimits,
): FlowStore {
  const head = `id, user_id, kind, title, provider_name, api_name, manner, started_at, ended_at, outcome,
    failure, message_count, dropped`
  const write = db.prepare(`
    INSERT INTO flows (${head}, steps) VALUES (
      @id, @userId, @kind, @title, @providerName, @apiName, @manner, @startedAt, @endedAt, @outcome,
      @failure, @messageCount, @dropped, @steps
    )
    ON CONFLICT (id) DO UPDATE SET
      title = excluded.title, provider_name = excluded.provider_name, api_name = excluded.api_name,
      manner = excluded.manner, ended_at = excluded.ended_at, outcome = excluded.outcome,
      failure = excluded.failure, message_count = excluded.message_count, dropped = excluded.dropped,
      steps = excluded.steps
    WHERE user_id = excluded.user_id`)
  const one = db.prepare('SELECT * FROM flows WHERE user_id = ? AND id = ?')
  const firstPage = db.prepare(
    `SELECT ${head} FROM flows WHERE user_id = ? ORDER BY started_at DESC, id DESC LIMIT ?`,
  )
  const nextPage = db.prepare(
    `SELECT ${head} FROM flows WHERE user_id = ? AND (started_at, id) < (?, ?)
     ORDER BY started_at DESC, id DESC LIMIT ?`,
  )
  const usage = db.prepare(
    `SELECT count(*) AS flows, count(*) FILTER (WHERE kind = 'callback') AS strays FROM flows WHERE user_id = ?`,
  )
  const removeOld = db.prepare(`
    DELETE FROM flows WHERE id IN (
      SELECT id FROM flows WHERE user_id = @userId AND (@kind IS NULL OR kind = @kind)
      ORDER BY started_at DESC, id DESC LIMIT -1 OFFSET @keep
    )`)
  const remove = db.prepare('DELETE FROM flows WHERE user_id = @userId AND (@id IS NULL OR id = @id)')

  function toHead(row: unknown): FlowHead {
    const read = readRow(db, row)
    const failure = read.optionalText('failure')
    return {
      id: read.text('id'),
      userId: read.text('user_id'),
      kind: read.oneOf('kind', flowKinds),
      title: read.text('title'),
      providerName: read.text('provider_name'),
      apiName: read.optionalText('api_name'),
      manner: read.text('manner'),
      startedAt: read.number('started_at'),
      endedAt: read.optionalNumber('ended_at'),
      outcome: read.oneOf('outcome', flowOutcomes),
      ...defined({ failure: failure === undefined ? undefined : failureOf(failure) }),
      stepCount: read.number('message_count'),
      dropped: read.number('dropped'),
    }
  }

  const save = db.transaction((record: FlowRecord) => {
    write.run({
      ...record,
      apiName: orNull(record.apiName),
      startedAt: Math.round(record.startedAt),
      endedAt: record.endedAt === undefined ? null : Math.round(record.endedAt),
      failure: record.failure === undefined ? null : flowFailureDocument.write(record.failure),
      messageCount: countMessages(record.steps),
      steps: flowStepsDocument.write(record.steps),
    })
    const { userId } = record
    const used = readRow(db, usage.get(userId))
    if (used.number('strays') > limits.strays)
      removeOld.run({ userId, kind: 'callback', keep: limits.strays })
    if (used.number('flows') > limits.flows) removeOld.run({ userId, kind: null, keep: limits.flows })
  })

  return {
    save: (record) => save.immediate(record),
    get: (userId, id) => {
      const row = one.get(userId, id)
      if (row === undefined) return undefined
      const { stepCount: _count, ...rest } = toHead(row)
      const steps = flowStepsDocument.read(readRow(db, row).text('steps'))
      if (!steps.ok) throw expectedFailure(steps.error)
      return { ...rest, steps: steps.value }
    },
    page: (userId, limit, before) =>
      (before === undefined
        ? firstPage.all(userId, limit)
        : nextPage.all(userId, before.startedAt, before.id, limit)
      ).map(toHead),
    remove: (userId, id) => {
      remove.run({ userId, id: orNull(id) })
    },
  }
}

/** Why a flow did not go well; where that cannot be read, that it cannot. */
function failureOf(text: string): Failure {
  const read = flowFailureDocument.read(text)
  return read.ok ? read.value : read.error
}
