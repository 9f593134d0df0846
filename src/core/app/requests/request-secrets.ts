import { defined } from '@contract/defined'
import type { RequestDraft, SavedRequest } from '@contract/requests'
import { ok, type Result } from '@contract/result'
import { joinDraft, splitDraft, type DraftSecrets } from '../../http/draft-secrets.ts'
import { draftDocument, draftSecretsDocument } from '../../records/documents/request-draft.ts'
import type { RequestRecord } from '../../records/model.ts'
import type { CurrentSession } from '../vault/session.ts'
import { requestSecretsPlace } from '../tokens/token-vault.ts'

/** The parts of a record that hold the draft. */
type StoredDraft = Pick<RequestRecord, 'draft' | 'sealedSecrets'>

/** Keeps the secret values of saved requests apart from the rest of their drafts: sealed, where the vault can keep
 *  them, and in memory where it cannot. */
export function createRequestSecrets(session: CurrentSession) {
  function seal(id: string, secrets: DraftSecrets): Uint8Array | undefined {
    if (Object.keys(secrets).length === 0) return undefined
    const { user, box } = session()
    return box.seal(requestSecretsPlace(user.id, id), draftSecretsDocument.write(secrets))
  }

  function store(id: string, draft: RequestDraft, before?: Uint8Array): StoredDraft {
    const { open, secrets } = splitDraft(draft)
    // Values that cannot be read now are not overwritten by their absence: their key may come back.
    const unread = before !== undefined && session().box.storageOf(before) === 'unreadable'
    const sealedSecrets = seal(id, secrets) ?? (unread ? before : undefined)
    return { draft: draftDocument.write(open), ...defined({ sealedSecrets }) }
  }

  function openSecrets({ id, userId, sealedSecrets }: RequestRecord): DraftSecrets {
    if (sealedSecrets === undefined) return {}
    const opened = session().box.open(requestSecretsPlace(userId, id), sealedSecrets)
    const secrets = opened.ok ? draftSecretsDocument.read(opened.value) : opened
    return secrets.ok ? secrets.value : {}
  }

  return {
    /** What is to be stored of a draft; `before` is what is stored of it now. */
    store,
    /** The draft of a record with its secrets, as far as they open. Codes: `document_*`. */
    read(record: RequestRecord): Result<RequestDraft> {
      const draft = draftDocument.read(record.draft)
      return draft.ok ? ok(joinDraft(draft.value, openSecrets(record))) : draft
    },
    /** The record to store instead where a secret value is in the open: by an import, or from a version that did
     *  not part them yet. */
    sealed(record: RequestRecord): RequestRecord | undefined {
      if (record.sealedSecrets !== undefined) return undefined
      const draft = draftDocument.read(record.draft)
      const sealed = draft.ok ? { ...record, ...store(record.id, draft.value) } : undefined
      return sealed?.sealedSecrets === undefined ? undefined : sealed
    },
    storageOf: (sealed: Uint8Array | undefined): Pick<SavedRequest, 'secrets'> =>
      sealed === undefined ? {} : { secrets: session().box.storageOf(sealed) },
  }
}
