import { requestDraft, type RequestDraft, type SavedRequest } from '@contract/requests'
import { fail, ok, type Result } from '@contract/result'
import { toCurl } from '../domain/flow/export-curl.ts'
import { prepareDraft } from '../domain/http/draft.ts'
import type { RequestRecord } from '../domain/shared/model.ts'
import type { Clock, ExchangeStore, RequestStore } from '../domain/shared/ports.ts'
import type { CurrentSession } from './session.ts'

interface Dependencies {
  session: CurrentSession
  clock: Clock
  newId: () => string
  requests: RequestStore
  exchanges: ExchangeStore
  copyText: (text: string) => Promise<void>
}

const toView = (record: RequestRecord, statuses: Map<string, number>): SavedRequest | undefined => {
  const draft = requestDraft.safeParse(JSON.parse(record.draft))
  if (!draft.success) return undefined
  const lastStatus = statuses.get(record.id)
  return {
    id: record.id,
    name: record.name,
    draft: draft.data,
    updatedAt: record.updatedAt,
    ...(lastStatus === undefined ? {} : { lastStatus }),
  }
}

/** Saved requests: list, save, remove, copy. Codes: `request_unknown`, and those of `prepareDraft`. */
export const createSavedRequests = (need: Dependencies) => {
  const { session, clock, newId, requests, exchanges } = need
  return {
    list(): Result<SavedRequest[]> {
      const userId = session().user.id
      const statuses = exchanges.lastStatuses(userId)
      return ok(requests.list(userId).flatMap((record) => toView(record, statuses) ?? []))
    },
    save(input: { id?: string | undefined; name: string; draft: RequestDraft }): Result<SavedRequest> {
      const userId = session().user.id
      if (input.id !== undefined && !requests.get(userId, input.id)) {
        return fail('request_unknown', 'This request is no longer saved.', 'Save it as a new one.')
      }
      const id = input.id ?? newId()
      const updatedAt = clock.now()
      requests.save({ id, userId, name: input.name, draft: JSON.stringify(input.draft), updatedAt })
      return ok({ id, name: input.name, draft: input.draft, updatedAt })
    },
    remove({ id }: { id: string }): Result<null> {
      requests.remove(session().user.id, id)
      return ok(null)
    },
    /** Copies a command that sends the same; a placeholder stands for the token. */
    async copyCurl({ draft }: { draft: RequestDraft }): Promise<Result<null>> {
      const prepared = prepareDraft(draft)
      if (!prepared.ok) return prepared
      const { method, url, headers, body } = prepared.value.request
      const token: [string, string][] =
        draft.accountId === null ? [] : [['Authorization', 'Bearer <access token>']]
      await need.copyText(
        toCurl({
          method,
          url,
          requestHeaders: [...headers, ...token],
          ...(body === undefined ? {} : { requestBody: new TextDecoder().decode(body) }),
        }),
      )
      return ok(null)
    },
  }
}
