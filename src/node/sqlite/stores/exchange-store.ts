import { historyLimits } from '../../../core/records/history-limits.ts'
import type { ExchangeRecord } from '../../../core/records/model.ts'
import type { ExchangeStore } from '../../../core/records/ports.ts'
import type { Database } from '../database.ts'
import { explained } from '../explained.ts'
import { createExchangeBodies } from './exchange-bodies.ts'
import { orNull, readRow } from './row.ts'

/** The history may grow this much beyond its limits before the oldest go, many at a time. */
const slack = 1.05

/** History in SQLite. */
export function createExchangeStore(
  db: Database,
  limits: { exchanges: number; bodyBytes: number } = historyLimits,
): ExchangeStore {
  const bodies = createExchangeBodies(db)
  const summary = `id, user_id, request_id, at, method, url, account_id, account_name, token_expires_at,
    status, duration, error_code, body_size`
  const insert = db.prepare(`
    INSERT INTO exchanges (${summary}, view) VALUES (
      @id, @userId, @requestId, @at, @method, @url, @accountId, @accountName, @tokenExpiresAt,
      @status, @duration, @errorCode, @bodySize, @view
    )`)
  const one = db.prepare('SELECT * FROM exchanges WHERE user_id = ? AND id = ?')
  const firstPage = db.prepare(
    `SELECT ${summary} FROM exchanges WHERE user_id = ? ORDER BY at DESC, id DESC LIMIT ?`,
  )
  const nextPage = db.prepare(
    `SELECT ${summary} FROM exchanges WHERE user_id = ? AND (at, id) < (?, ?)
     ORDER BY at DESC, id DESC LIMIT ?`,
  )
  const lastStatuses = db.prepare(`
    SELECT requests.id AS request_id, (
      SELECT status FROM exchanges
      WHERE exchanges.user_id = requests.user_id AND exchanges.request_id = requests.id
      ORDER BY at DESC, exchanges.id DESC LIMIT 1
    ) AS status
    FROM requests WHERE user_id = ?`)
  const tie = db.prepare(`
    UPDATE exchanges SET request_id = @requestId, view = json_set(view, '$.requestId', @requestId)
    WHERE user_id = @userId AND id = @id AND NOT EXISTS (
      SELECT 1 FROM requests WHERE requests.user_id = @userId AND requests.id = exchanges.request_id
    )`)
  const usage = db.prepare(
    'SELECT count(*) AS rows, coalesce(sum(body_size), 0) AS bytes FROM exchanges WHERE user_id = ?',
  )
  const removeOld = db.prepare(`
    DELETE FROM exchanges WHERE id IN (
      SELECT id FROM (
        SELECT id, row_number() OVER newest AS number, sum(coalesce(body_size, 0)) OVER newest AS bytes
        FROM exchanges WHERE user_id = @userId WINDOW newest AS (ORDER BY at DESC, id DESC)
      ) WHERE id <> @newest AND (number > @exchanges OR bytes > @bodyBytes)
    )`)
  const remove = db.prepare('DELETE FROM exchanges WHERE user_id = ? AND id = ?')
  const removeAll = db.prepare('DELETE FROM exchanges WHERE user_id = ?')

  function toSummary(row: unknown): Omit<ExchangeRecord, 'view'> {
    const read = readRow(db, row)
    return {
      id: read.text('id'),
      userId: read.text('user_id'),
      requestId: read.optionalText('request_id'),
      at: read.number('at'),
      method: read.text('method'),
      url: read.text('url'),
      accountId: read.optionalText('account_id'),
      accountName: read.optionalText('account_name'),
      tokenExpiresAt: read.optionalNumber('token_expires_at'),
      status: read.optionalNumber('status'),
      duration: read.optionalNumber('duration'),
      errorCode: read.optionalText('error_code'),
    }
  }

  /** What each user's history holds: counting 2,000 rows at every sending would cost a millisecond. */
  const held = new Map<string, { rows: number; bytes: number }>()
  function count(userId: string) {
    const read = readRow(db, usage.get(userId))
    return { rows: read.number('rows'), bytes: read.number('bytes') }
  }
  function prune(userId: string, newest: string, size: number): void {
    const before = held.get(userId)
    const now = before ? { rows: before.rows + 1, bytes: before.bytes + size } : count(userId)
    held.set(userId, now)
    if (now.rows <= limits.exchanges * slack && now.bytes <= limits.bodyBytes * slack) return
    removeOld.run({ userId, newest, ...limits })
    held.set(userId, count(userId))
  }

  const add = db.transaction((record: ExchangeRecord, body: Uint8Array | undefined) => {
    insert.run({
      ...record,
      requestId: orNull(record.requestId),
      accountId: orNull(record.accountId),
      accountName: orNull(record.accountName),
      tokenExpiresAt: orNull(record.tokenExpiresAt),
      status: orNull(record.status),
      duration: orNull(record.duration),
      errorCode: orNull(record.errorCode),
      bodySize: orNull(body?.byteLength),
    })
    if (body !== undefined) bodies.write(record.id, body)
    prune(record.userId, record.id, body?.byteLength ?? 0)
  })

  return explained(db, {
    add: (record, body) => {
      try {
        add.immediate(record, body)
      } catch (error) {
        held.clear()
        throw error
      }
    },
    get: (userId, id) => {
      const row = one.get(userId, id)
      return row === undefined ? undefined : { ...toSummary(row), view: readRow(db, row).text('view') }
    },
    page: (userId, limit, before) =>
      (before === undefined
        ? firstPage.all(userId, limit)
        : nextPage.all(userId, before.at, before.id, limit)
      ).map(toSummary),
    body: (userId, id, offset, length) => {
      const row = one.get(userId, id)
      if (row === undefined) return undefined
      const total = readRow(db, row).optionalNumber('body_size')
      return total === undefined ? undefined : { bytes: bodies.read(id, offset, length, total), total }
    },
    tie: (userId, id, requestId) => {
      tie.run({ userId, id, requestId })
    },
    lastStatuses: (userId) => {
      const statuses = new Map<string, number>()
      for (const row of lastStatuses.all(userId)) {
        const read = readRow(db, row)
        const status = read.optionalNumber('status')
        if (status !== undefined) statuses.set(read.text('request_id'), status)
      }
      return statuses
    },
    remove: (userId, id) => {
      held.delete(userId)
      remove.run(userId, id)
    },
    removeAll: (userId) => {
      held.delete(userId)
      removeAll.run(userId)
    },
  })
}
