import { ok } from '@contract/result'
import type { ExchangeView, RequestDraft } from '@contract/requests'
import type { Result } from '@contract/result'
import type { Collections } from '../collections/collections.ts'
import type { Notices, Randomness, Time } from '../ports.ts'
import type { RequestScope } from '../requests/request-scope.ts'
import type { Sending } from '../requests/send-request.ts'
import { createRunOne } from './run-one.ts'
import { createRuns } from './runs.ts'

interface Dependencies {
  time: Pick<Time, 'clock' | 'elapsed' | 'after'>
  random: Pick<Randomness, 'newId'>
  notices: Pick<Notices, 'changed'>
  collections: Pick<Collections, 'list' | 'read'>
  collectionScopes: {
    scope: (
      place: { collectionId: string; path: string },
      draft: RequestDraft,
    ) => Promise<Result<RequestScope>>
  }
  sendRequest: {
    send: (sending: Sending) => Promise<Result<ExchangeView>>
    cancel: (sendId: string) => unknown
  }
}

/** Runs of folders. */
export function createRunParts(deps: Dependencies) {
  const { time, random, notices, collections, collectionScopes, sendRequest } = deps
  return createRuns({
    ...time,
    newId: random.newId,
    items: async (collectionId) => {
      const all = await collections.list()
      return all.ok ? ok(all.value.find(({ id }) => id === collectionId)?.items ?? []) : all
    },
    runOne: createRunOne({
      read: collections.read,
      send: async ({ sendId, file, draft, data }) => {
        const scope = await collectionScopes.scope(file, draft)
        if (!scope.ok) return scope
        const before = [{ values: data, expands: false }, ...scope.value.before]
        return sendRequest.send({ sendId, draft, scope: { ...scope.value, before } })
      },
    }),
    cancelSending: (sendId) => sendRequest.cancel(sendId),
    changed: () => notices.changed('runs'),
  })
}
