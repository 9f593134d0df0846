import { defined } from '@contract/defined'
import type { RefreshState, RefreshStateStore } from '../../../core/records/refresh-state.ts'
import type { Database } from '../database.ts'
import { explained } from '../explained.ts'
import { orNull, readRow } from './rows/row.ts'

/** Refresh states in SQLite. Every write is on the disk when it returns. */
export function createRefreshStateStore(db: Database): RefreshStateStore {
  const one = db.prepare('SELECT * FROM refresh_states WHERE id = ?')
  const remove = db.prepare('DELETE FROM refresh_states WHERE id = ?')
  const upsert = db.prepare(`
    INSERT INTO refresh_states (
      id, user_id, intent_at, intent_run, intent_count, refused, aside_at, aside_why, sealed_aside
    ) VALUES (
      @id, @userId, @intentAt, @intentRun, @intentCount, @refused, @asideAt, @asideWhy, @sealedAside
    ) ON CONFLICT (id) DO UPDATE SET
      intent_at = excluded.intent_at, intent_run = excluded.intent_run,
      intent_count = excluded.intent_count, refused = excluded.refused, aside_at = excluded.aside_at,
      aside_why = excluded.aside_why, sealed_aside = excluded.sealed_aside
    WHERE user_id = excluded.user_id`)

  function toState(row: unknown): RefreshState {
    const read = readRow(db, row)
    const intentAt = read.optionalNumber('intent_at')
    const asideAt = read.optionalNumber('aside_at')
    const refused = read.optionalText('refused') === undefined ? undefined : read.object('refused')
    const words = (name: string): string => (typeof refused?.[name] === 'string' ? refused[name] : '')
    return {
      tokenSetId: read.text('id'),
      userId: read.text('user_id'),
      ...defined({
        intent:
          intentAt === undefined
            ? undefined
            : { at: intentAt, run: read.text('intent_run'), refreshCount: read.number('intent_count') },
        refused:
          refused === undefined
            ? undefined
            : {
                at: Number(refused['at']),
                code: words('code'),
                message: words('message'),
                next: words('next'),
              },
        aside:
          asideAt === undefined
            ? undefined
            : { at: asideAt, why: read.text('aside_why'), sealed: read.bytes('sealed_aside') },
      }),
    }
  }

  return explained(db, {
    get: (tokenSetId) => {
      const row = one.get(tokenSetId)
      return row === undefined ? undefined : toState(row)
    },
    save: ({ tokenSetId, userId, intent, refused, aside }) => {
      upsert.run({
        id: tokenSetId,
        userId,
        intentAt: orNull(intent?.at),
        intentRun: orNull(intent?.run),
        intentCount: orNull(intent?.refreshCount),
        refused: refused === undefined ? null : JSON.stringify(refused),
        asideAt: orNull(aside?.at),
        asideWhy: orNull(aside?.why),
        sealedAside: orNull(aside?.sealed),
      })
    },
    clear: (tokenSetId) => {
      remove.run(tokenSetId)
    },
  })
}
