import { ok } from '@contract/result'
import type { ExchangeView } from '@contract/requests'
import type { Result } from '@contract/result'
import type { VariableLayer } from '../../http/variable-layers.ts'
import type { Collections } from '../collections/collections.ts'
import type { Notices, Randomness, Time } from '../ports.ts'
import type { Sending } from '../requests/send-request.ts'
import { createRunOne } from './run-one.ts'
import { createRuns } from './runs.ts'

interface Dependencies {
  time: Pick<Time, 'clock' | 'elapsed' | 'after'>
  random: Pick<Randomness, 'newId'>
  notices: Pick<Notices, 'changed'>
  collections: Pick<Collections, 'list' | 'read'>
  sendRequest: {
    send: (sending: Sending) => Promise<Result<ExchangeView>>
    cancel: (sendId: string) => unknown
  }
}

/** Runs of folders. */
export function createRunParts({ time, random, notices, collections, sendRequest }: Dependencies) {
  return createRuns({
    ...time,
    newId: random.newId,
    items: async (collectionId) => {
      const all = await collections.list()
      return all.ok ? ok(all.value.find(({ id }) => id === collectionId)?.items ?? []) : all
    },
    runOne: createRunOne({
      read: collections.read,
      send: ({ sendId, draft, data }) => {
        const before: VariableLayer[] = [{ values: data, expands: false }]
        const scope = {
          before,
          behind: [],
          inherit: same,
          limits: {},
          place: 'the data, the request and the environment',
        }
        return sendRequest.send({ sendId, draft, scope })
      },
    }),
    cancelSending: (sendId) => sendRequest.cancel(sendId),
    changed: () => notices.changed('runs'),
  })
}

function same<T>(draft: T): T {
  return draft
}
