import { defined } from '@contract/defined'
import type { ExchangeView } from '@contract/requests'
import { exchangeDocument, withoutFirstText } from '../../records/documents/exchange.ts'
import type { StoredBytes } from '../../records/ports.ts'
import { failureIn } from '../../text/expected-failure.ts'
import type { CurrentSession } from '../vault/session.ts'
import type { LateExchanges } from './late-exchanges.ts'

interface Dependencies {
  session: CurrentSession
  exchanges: Pick<LateExchanges, 'add'>
}

/** Writes an exchange down. Where the disk does not take it, it has happened all the same: whoever sent an order has to
 *  see the response, and not to be told to try again. */
export function createWriteDown({ session, exchanges }: Dependencies) {
  function record(view: ExchangeView, body: StoredBytes | undefined, inRun: boolean): void {
    exchanges.add(
      {
        id: view.id,
        userId: session().user.id,
        at: view.at,
        method: view.method,
        url: view.url,
        ...defined({
          requestId: view.requestId,
          accountId: view.carried?.accountId,
          accountName: view.carried?.displayName,
          tokenExpiresAt: view.carried?.life.expiresAt,
          status: view.status,
          duration: view.duration,
          errorCode: view.errorCode,
          unchecked: view.unchecked,
        }),
        view: exchangeDocument.write(body === undefined ? view : withoutFirstText(view)),
      },
      body,
      inRun,
    )
  }

  return (view: ExchangeView, body: StoredBytes | undefined, inRun: boolean): ExchangeView => {
    try {
      record(view, body, inRun)
      return view
    } catch (thrown) {
      const failure = failureIn(thrown)
      if (failure === undefined) throw thrown
      return { ...view, notes: [...(view.notes ?? []), `Not kept in the history. ${failure.message}`] }
    }
  }
}
