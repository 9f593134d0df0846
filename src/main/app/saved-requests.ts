import { requestDraft, type RequestDraft, type SavedRequest } from '@contract/requests'
import { fail, ok, type Result } from '@contract/result'
import type { RequestRecord } from '../domain/shared/model.ts'
import type { Clock, ExchangeStore, RequestStore } from '../domain/shared/ports.ts'
import type { CurrentSession } from './session.ts'

interface Dependencies {
  session: CurrentSession
  clock: Clock
  newId: () => string
  requests: RequestStore
  exchanges: ExchangeStore
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

/** Saved requests: list, save, remove. Code: `request_unknown`. */
export const createSavedRequests = ({ session, clock, newId, requests, exchanges }: Dependencies) => ({
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
})
