import type { TokenOriginStore } from '../../../core/records/token-origins.ts'
import type { Database } from '../database.ts'
import { explained } from '../explained.ts'

/** Origins that tokens may be sent to, in SQLite. */
export function createTokenOriginStore(db: Database): TokenOriginStore {
  const one = db.prepare('SELECT 1 FROM token_origins WHERE user_id = ? AND account_id = ? AND origin = ?')
  const insert = db.prepare(`
    INSERT INTO token_origins (user_id, account_id, origin, allowed_at) VALUES (?, ?, ?, ?)
    ON CONFLICT (user_id, account_id, origin) DO NOTHING`)
  return explained(db, {
    allows: (userId, accountId, origin) => one.get(userId, accountId, origin) !== undefined,
    allow: (userId, accountId, origin, at) => {
      insert.run(userId, accountId, origin, at)
    },
  })
}
