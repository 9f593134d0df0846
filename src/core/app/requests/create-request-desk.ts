import type { ExchangeView } from '@contract/requests'
import type { Result } from '@contract/result'
import type { Bin } from '../bin/bin.ts'
import type { Environments } from '../environments/environments.ts'
import type { Clipboard, Files, Net, Notices, Randomness, Time } from '../ports.ts'
import type { CurrentSession } from '../vault/session.ts'
import { createHistorySearch } from '../history/history-search.ts'
import { createCopyCurl } from './copy-curl.ts'
import { createExchangeHistory } from './exchange-history.ts'
import type { HeldParts } from './held/held-parts.ts'
import { createBodyDesk } from './long/body-desk.ts'
import type { LateExchanges } from './late-exchanges.ts'
import type { LongBodies } from './long/long-bodies.ts'
import { createResponseHeaders } from './held/response-headers.ts'
import type { RequestVariables } from './scope/request-variables.ts'

interface Dependencies {
  session: CurrentSession
  environments: Environments
  requestVariables: RequestVariables
  time: Pick<Time, 'clock' | 'elapsed' | 'wait'>
  random: Pick<Randomness, 'newId'>
  net: Pick<Net, 'warm'>
  rehearseSending: () => Promise<Result<ExchangeView>>
  exchanges: LateExchanges
  heldParts: HeldParts
  clipboard: Pick<Clipboard, 'copyText' | 'copySecret'>
  files: Pick<Files, 'saveBody'>
  notices: Pick<Notices, 'changed'>
  bin: Bin
  longBodies: LongBodies | undefined
}

/** What a window offers about requests: history, copies. */
export function createRequestDesk(deps: Dependencies) {
  const { session, exchanges, heldParts, environments } = deps
  const { copyText } = deps.clipboard
  const historySearch = createHistorySearch({ session, exchanges, ...deps.time })
  const history = createExchangeHistory({
    session,
    exchanges,
    heldParts,
    copyText,
    saveBody: deps.files.saveBody,
    bin: deps.bin,
    changed: deps.notices.changed,
    search: historySearch.search,
    longBodies: deps.longBodies,
  })
  return {
    copyCurl: createCopyCurl({
      session,
      newId: deps.random.newId,
      requestVariables: deps.requestVariables,
      copyText,
    }),
    history,
    /** What was read for searches is not held through a lock. */
    forgetSearched: historySearch.forget,
    responseHeaders: createResponseHeaders({
      heldParts,
      environments,
      copySecret: deps.clipboard.copySecret,
      released: (id) => deps.longBodies?.release(id),
    }),
    bodies: createBodyDesk({ bodies: deps.longBodies, stored: history.body, copyText }),
    warmRequests: async (): Promise<Result<ExchangeView>> => {
      deps.longBodies?.warm()
      await deps.net.warm()
      return deps.rehearseSending()
    },
  }
}
