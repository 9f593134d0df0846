import type { ExchangeSummary, ExchangeView } from '@contract/requests'
import { fail, ok, type Result } from '@contract/result'
import type { ExchangeRecord } from '../domain/shared/model.ts'
import type { ExchangeStore } from '../domain/shared/ports.ts'
import type { CurrentSession } from './session.ts'

const gone = () => fail('exchange_unknown', 'This exchange is no longer in the history.')

const summarise = (record: Omit<ExchangeRecord, 'view'>): ExchangeSummary => ({
  id: record.id,
  at: record.at,
  method: record.method,
  url: record.url,
  ...(record.requestId === undefined ? {} : { requestId: record.requestId }),
  ...(record.accountName === undefined ? {} : { accountName: record.accountName }),
  ...(record.status === undefined ? {} : { status: record.status }),
  ...(record.duration === undefined ? {} : { duration: record.duration }),
  ...(record.errorCode === undefined ? {} : { errorCode: record.errorCode }),
})

/** The history of exchanges. Code: `exchange_unknown`. */
export const createExchangeHistory = (session: CurrentSession, exchanges: ExchangeStore) => ({
  list(input: { limit: number; before?: { at: number; id: string } | undefined }): Result<ExchangeSummary[]> {
    return ok(exchanges.page(session().user.id, input.limit, input.before).map(summarise))
  },
  get({ id }: { id: string }): Result<ExchangeView> {
    const record = exchanges.get(session().user.id, id)
    return record ? ok(JSON.parse(record.view) as ExchangeView) : gone()
  },
  body(input: { id: string; offset: number; length: number }): Result<{ bytes: Uint8Array; total: number }> {
    const range = exchanges.body(session().user.id, input.id, input.offset, input.length)
    return range ? ok(range) : gone()
  },
  remove({ id }: { id: string }): Result<null> {
    exchanges.remove(session().user.id, id)
    return ok(null)
  },
})
