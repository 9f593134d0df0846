import { ok, type Result } from '@contract/result'
import type { SecretPlace } from '../domain/vault/secret-box.ts'
import type { CurrentSession } from './session.ts'

const placeOf = (userId: string): SecretPlace => ({ userId, table: 'page', rowId: userId, column: 'tabs' })

/** What the page had open, kept for the time of a lock: sealed with the vault's key and in memory only, so that
 *  a locked Gatehouse holds no draft in plain text and the next unlock shows the same tabs. */
export const createKeptPage = (session: CurrentSession) => {
  const kept = new Map<string, Uint8Array>()
  return {
    keep({ text }: { text: string }): Result<null> {
      const { user, box } = session()
      kept.set(user.id, box.seal(placeOf(user.id), text))
      return ok(null)
    },
    read(): Result<{ text: string | null }> {
      const { user, box } = session()
      const sealed = kept.get(user.id)
      const opened = sealed && box.open(placeOf(user.id), sealed)
      return ok({ text: opened?.ok ? opened.value : null })
    },
  }
}
