import type { RequestDraft } from '@contract/requests'
import { ok, type Result } from '@contract/result'
import { joinDraft, splitDraft, type DraftSecrets } from '../../../http/draft-secrets.ts'
import { draftDocument, draftSecretsDocument } from '../../../records/documents/request-draft.ts'
import type { RequestRecord } from '../../../records/model.ts'
import type { RequestStore } from '../../../records/ports.ts'
import { requestSecretsPlace } from '../../tokens/token-vault.ts'
import type { CurrentSession } from '../../vault/session.ts'

interface Dependencies {
  session: CurrentSession
  requests: Pick<RequestStore, 'list' | 'save'>
}

/** Requests on their way into the profile's own collection: from an import, the bin, or a version that kept them in the
 *  database. */
export function createWaitingRequests({ session, requests }: Dependencies) {
  function secretsOf({ id, userId, sealedSecrets }: RequestRecord): Result<DraftSecrets> {
    if (sealedSecrets === undefined) return ok({})
    const opened = session().box.open(requestSecretsPlace(userId, id), sealedSecrets)
    // What was in memory only ended with its run.
    if (!opened.ok && opened.error.code === 'secret_memory_only') return ok({})
    return opened.ok ? draftSecretsDocument.read(opened.value) : opened
  }

  return {
    list: (): RequestRecord[] => requests.list(session().user.id),
    /** The draft of one with its secrets. Where their key may come back, it waits for that. Codes: `document_*`, those of
     *  the vault. */
    read(record: RequestRecord): Result<RequestDraft> {
      const draft = draftDocument.read(record.draft)
      if (!draft.ok) return draft
      const secrets = secretsOf(record)
      return secrets.ok ? ok(joinDraft(draft.value, secrets.value)) : secrets
    },
    /** Seals the secret values that are in the open, for as long as they wait. */
    sealAll(): void {
      const { user, box } = session()
      for (const record of requests.list(user.id)) {
        const draft = record.sealedSecrets === undefined ? draftDocument.read(record.draft) : undefined
        if (draft?.ok !== true) continue
        const { open, secrets } = splitDraft(draft.value)
        if (Object.keys(secrets).length === 0) continue
        const place = requestSecretsPlace(user.id, record.id)
        const sealedSecrets = box.seal(place, draftSecretsDocument.write(secrets))
        requests.save({ ...record, draft: draftDocument.write(open), sealedSecrets })
      }
    },
  }
}

export type WaitingRequests = ReturnType<typeof createWaitingRequests>
