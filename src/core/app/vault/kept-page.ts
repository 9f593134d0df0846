import { ok, type Result } from '@contract/result'
import type { SecretBox, SecretPlace } from '../../vault/box/secret-box.ts'
import type { CurrentSession } from './session.ts'

/** What the page had open, kept for the time of a lock: sealed with the vault's key and in memory only, so that
 *  a locked Gatehouse holds no draft in plain text and the next unlock shows the same tabs. */
export function createKeptPage(session: CurrentSession) {
  const kept = new Map<string, Uint8Array>()
  return {
    keep({ text }: { text: string }): Result<null> {
      const { user, box } = session()
      kept.set(user.id, box.seal(placeOf(user.id), text))
      return ok(null)
    },
    /** Seals anew what a vault that was opened again could not read. */
    carry(userId: string, from: SecretBox, to: SecretBox): void {
      const sealed = kept.get(userId)
      const opened = sealed && from.open(placeOf(userId), sealed)
      if (opened?.ok) kept.set(userId, to.seal(placeOf(userId), opened.value))
    },
    read(): Result<{ text: string | null }> {
      const { user, box } = session()
      const sealed = kept.get(user.id)
      const opened = sealed && box.open(placeOf(user.id), sealed)
      return ok({ text: opened?.ok ? opened.value : null })
    },
  }
}

function placeOf(userId: string): SecretPlace {
  return { userId, table: 'page', rowId: userId, column: 'tabs' }
}
