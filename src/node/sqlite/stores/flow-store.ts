import { defined } from '@contract/defined'
import { flowKinds, flowOutcomes } from '@contract/flows'
import { flowLimits, type FlowTable, type FlowText, type StoredFlow } from '../../../core/flow/flow.ts'
import type { Database } from '../database.ts'
import { orNull, readRow } from './rows/row.ts'

/** Flows in SQLite: the newest of each user, redirects that belonged to nothing counted apart. */
export function createFlowStore(
  db: Database,
  limits: { flows: number; strays: number } = flowLimits,
): FlowTable {
  const head = `id, user_id, kind, title, provider_name, api_name, manner, started_at, ended_at, outcome,
    failure, sealed_failure, message_count, dropped`
  const write = db.prepare(`
    INSERT INTO flows (${head}, steps, sealed_steps) VALUES (
      @id, @userId, @kind, @title, @providerName, @apiName, @manner, @startedAt, @endedAt, @outcome,
      @failure, @sealedFailure, @stepCount, @dropped, @steps, @sealedSteps
    )
    ON CONFLICT (id) DO UPDATE SET
      title = excluded.title, provider_name = excluded.provider_name, api_name = excluded.api_name,
      manner = excluded.manner, ended_at = excluded.ended_at, outcome = excluded.outcome,
      failure = excluded.failure, sealed_failure = excluded.sealed_failure,
      message_count = excluded.message_count, dropped = excluded.dropped,
      steps = excluded.steps, sealed_steps = excluded.sealed_steps
    WHERE user_id = excluded.user_id`)
  const one = db.prepare('SELECT * FROM flows WHERE user_id = ? AND id = ?')
  const firstPage = db.prepare(
    `SELECT ${head} FROM flows WHERE user_id = ? ORDER BY started_at DESC, id DESC LIMIT ?`,
  )
  const nextPage = db.prepare(
    `SELECT ${head} FROM flows WHERE user_id = ? AND (started_at, id) < (?, ?)
     ORDER BY started_at DESC, id DESC LIMIT ?`,
  )
  const all = db.prepare(
    `SELECT id, sealed_steps IS NULL AS plain FROM flows WHERE user_id = ? ORDER BY started_at DESC, id DESC`,
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

  function toHead(row: unknown): Omit<StoredFlow, 'steps'> {
    const read = readRow(db, row)
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
      ...defined({ failure: textIn(read.optionalBytes('sealed_failure'), read.optionalText('failure')) }),
      stepCount: read.number('message_count'),
      dropped: read.number('dropped'),
    }
  }

  const save = db.transaction(({ steps, failure, ...row }: StoredFlow) => {
    write.run({
      ...row,
      apiName: orNull(row.apiName),
      startedAt: Math.round(row.startedAt),
      endedAt: row.endedAt === undefined ? null : Math.round(row.endedAt),
      failure: failure && 'plain' in failure ? failure.plain : null,
      sealedFailure: failure && 'sealed' in failure ? failure.sealed : null,
      // The column wants a document.
      steps: 'plain' in steps ? steps.plain : '[]',
      sealedSteps: 'sealed' in steps ? steps.sealed : null,
    })
    const { userId } = row
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
      const read = readRow(db, row)
      const steps = textIn(read.optionalBytes('sealed_steps'), read.text('steps'))
      return { ...toHead(row), steps: steps ?? { plain: '[]' } }
    },
    page: (userId, limit, before) =>
      (before === undefined
        ? firstPage.all(userId, limit)
        : nextPage.all(userId, before.startedAt, before.id, limit)
      ).map(toHead),
    kept: (userId) =>
      all.all(userId).map((row) => {
        const read = readRow(db, row)
        return { id: read.text('id'), isPlain: read.number('plain') === 1 }
      }),
    remove: (userId, id) => {
      remove.run({ userId, id: orNull(id) })
    },
  }
}

function textIn(sealed: Uint8Array | undefined, plain: string | undefined): FlowText | undefined {
  if (sealed !== undefined) return { sealed }
  return plain === undefined ? undefined : { plain }
}
