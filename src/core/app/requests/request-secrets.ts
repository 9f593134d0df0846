import { defined } from '@contract/defined'
import { requestDraft, type RequestDraft, type SavedRequest } from '@contract/requests'
import { joinDraft, splitDraft, type DraftSecrets } from '../../http/draft-secrets.ts'
import type { RequestRecord } from '../../records/model.ts'
import type { CurrentSession } from '../vault/session.ts'
import { requestSecretsPlace } from '../tokens/token-vault.ts'

/** The parts of a record that hold the draft. */
type StoredDraft = Pick<RequestRecord, 'draft' | 'sealedSecrets'>

/** Keeps the secret values of saved requests apart from the rest of their drafts: sealed, where the vault can keep
 *  them, and in memory where it can not. */
export function createRequestSecrets(session: CurrentSession) {
  function seal(id: string, secrets: DraftSecrets): Uint8Array | undefined {
    if (Object.keys(secrets).length === 0) return undefined
    const { user, box } = session()
    return box.seal(requestSecretsPlace(user.id, id), JSON.stringify(secrets))
  }

  function store(id: string, draft: RequestDraft, before?: Uint8Array): StoredDraft {
    const { open, secrets } = splitDraft(draft)
    // Values that cannot be read now are not overwritten by their absence: their key may come back.
    const unread = before !== undefined && session().box.storageOf(before) === 'unreadable'
    const sealedSecrets = seal(id, secrets) ?? (unread ? before : undefined)
    return { draft: JSON.stringify(open), ...defined({ sealedSecrets }) }
  }

  function openSecrets({ id, userId, sealedSecrets }: RequestRecord): DraftSecrets {
    if (sealedSecrets === undefined) return {}
    const opened = session().box.open(requestSecretsPlace(userId, id), sealedSecrets)
    return opened.ok ? (JSON.parse(opened.value) as DraftSecrets) : {}
  }

  return {
    /** What is to be stored of a draft; `before` is what is stored of it now. */
    store,
    /** The draft of a record with its secrets, as far as they open; `undefined` where it is none. `sealed` is the
     *  record to store instead: what came in plain text, by an import, is sealed when it is first seen. */
    read(record: RequestRecord): { draft: RequestDraft; sealed?: RequestRecord } | undefined {
      const draft = requestDraft.safeParse(JSON.parse(record.draft))
      if (!draft.success) return undefined
      if (record.sealedSecrets !== undefined) return { draft: joinDraft(draft.data, openSecrets(record)) }
      const sealed = { ...record, ...store(record.id, draft.data) }
      return sealed.sealedSecrets === undefined ? { draft: draft.data } : { draft: draft.data, sealed }
    },
    storageOf: (sealed: Uint8Array | undefined): Pick<SavedRequest, 'secrets'> =>
      sealed === undefined ? {} : { secrets: session().box.storageOf(sealed) },
  }
}
