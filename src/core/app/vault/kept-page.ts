import { defined } from '@contract/defined'
import { ok, type Result } from '@contract/result'
import type { KeptPageStore } from '../../records/kept-page-store.ts'
import type { SecretBox, SecretPlace } from '../../vault/box/secret-box.ts'
import type { CurrentSession } from './session.ts'

interface Dependencies {
  session: CurrentSession
  keptPages: KeptPageStore
}

/** What the page has open, drafts with it: in the profile from the first keystroke, so that neither a lock, the end of
 *  the window nor a kill loses any of it. Sealed with the vault's key; where that lives in memory only, also without
 *  its secrets in the open, as saved requests are. */
export function createKeptPage({ session, keptPages }: Dependencies) {
  /** While the key of what is stored cannot be had: that stays as it is, and this is before it. */
  const meanwhile = new Map<string, Uint8Array>()

  return {
    /** `withoutSecrets` makes of it what may be in the open. */
    keep(text: string, withoutSecrets: (text: string) => string | undefined): Result<null> {
      const { user, box } = session()
      const place = placeOf(user.id)
      const sealedTabs = box.seal(place, text)
      const lasts = box.storageOf(sealedTabs) === 'vault'
      if (!lasts && isUnreadable(box, place, keptPages.get(user.id)?.sealedTabs)) {
        meanwhile.set(user.id, sealedTabs)
        return ok(null)
      }
      meanwhile.delete(user.id)
      const openTabs = lasts ? undefined : withoutSecrets(text)
      keptPages.save(user.id, { sealedTabs, ...defined({ openTabs }) })
      return ok(null)
    },
    /** Seals again what a vault that was opened again could not read. */
    carry(userId: string, from: SecretBox, to: SecretBox): void {
      const sealed = meanwhile.get(userId)
      const opened = sealed && from.open(placeOf(userId), sealed)
      if (!opened?.ok) return
      const again = to.seal(placeOf(userId), opened.value)
      meanwhile.delete(userId)
      if (to.storageOf(again) === 'vault') keptPages.save(userId, { sealedTabs: again })
      else meanwhile.set(userId, again)
    },
    read(): Result<{ text: string | null }> {
      const { user, box } = session()
      const stored = keptPages.get(user.id)
      const sealed = meanwhile.get(user.id) ?? stored?.sealedTabs
      const opened = sealed && box.open(placeOf(user.id), sealed)
      return ok({ text: opened?.ok ? opened.value : (stored?.openTabs ?? null) })
    },
  }
}

function isUnreadable(box: SecretBox, place: SecretPlace, sealed: Uint8Array | undefined): boolean {
  const opened = sealed && box.open(place, sealed)
  return opened?.ok === false && opened.error.code === 'secret_unreadable'
}

function placeOf(userId: string): SecretPlace {
  return { userId, table: 'kept_pages', rowId: userId, column: 'tabs' }
}
