import type { ExchangeView, RequestDraft } from '@contract/requests'
import { ok, type Result } from '@contract/result'
import type { Collections } from '../collections/collections.ts'
import type { Notices, Randomness, Time } from '../ports.ts'
import type { LateExchanges } from '../requests/late-exchanges.ts'
import type { RequestScope } from '../requests/scope/request-scope.ts'
import type { Sending } from '../requests/sending.ts'
import type { CurrentSession } from '../vault/session.ts'
import { createRunOne, type RunSending } from './run-one.ts'
import { createRuns } from './runs.ts'

interface Dependencies {
  time: Pick<Time, 'clock' | 'elapsed' | 'after'>
  random: Pick<Randomness, 'newId'>
  notices: Pick<Notices, 'changed'>
  collections: Pick<Collections, 'list' | 'read'>
  session: CurrentSession
  collectionScopes: {
    environmentOf: (collectionId: string) => string
    scope: (
      file: RunSending['file'],
      draft: RequestDraft,
      data: RunSending['data'],
    ) => Promise<Result<RequestScope>>
  }
  exchanges: Pick<LateExchanges, 'flush'>
  sendRequest: {
    send: (sending: Sending) => Promise<Result<ExchangeView>>
    cancel: (sendId: string) => unknown
  }
}

/** Runs of folders. */
export function createRunParts({
  time,
  random,
  notices,
  session,
  collections,
  collectionScopes,
  exchanges,
  sendRequest,
}: Dependencies) {
  return createRuns({
    ...time,
    newId: random.newId,
    environment: (collectionId) =>
      JSON.stringify([session().environment.id, collectionScopes.environmentOf(collectionId)]),
    items: async (collectionId) => {
      const all = await collections.list()
      return all.ok ? ok(all.value.find(({ id }) => id === collectionId)?.items ?? []) : all
    },
    runOne: createRunOne({
      read: collections.read,
      // The data comes before all other variables.
      send: async ({ sendId, file, draft, data }) => {
        const scope = await collectionScopes.scope(file, draft, data)
        if (!scope.ok) return scope
        const sent = await sendRequest.send({ sendId, draft, scope: scope.value, inRun: true })
        return sent.ok ? ok({ exchange: sent.value, stale: scope.value.stale ?? [] }) : sent
      },
    }),
    cancelSending: (sendId) => sendRequest.cancel(sendId),
    changed: () => {
      exchanges.flush()
      notices.changed('runs')
    },
  })
}
