import { ok, type Result } from '@contract/result'
import type { Bin } from '../bin/bin.ts'
import type { Environments } from '../environments/environments.ts'
import type { Clipboard, Files, Net, Notices, Randomness, Stores, Time } from '../ports.ts'
import type { CurrentSession } from '../vault/session.ts'
import { createExchangeHistory } from './exchange-history.ts'
import type { HeldHeaders } from './held-headers.ts'
import type { LateExchanges } from './late-exchanges.ts'
import { createResponseHeaders } from './response-headers.ts'
import type { RequestVariables } from './request-variables.ts'
import { createSavedRequests } from './saved-requests.ts'

interface Dependencies {
  session: CurrentSession
  environments: Environments
  requestVariables: RequestVariables
  time: Pick<Time, 'clock' | 'elapsed' | 'wait'>
  random: Pick<Randomness, 'newId'>
  net: Pick<Net, 'warm'>
  stores: Pick<Stores, 'requests'>
  exchanges: LateExchanges
  heldHeaders: HeldHeaders
  clipboard: Pick<Clipboard, 'copyText' | 'copySecret'>
  files: Pick<Files, 'saveBody' | 'chooseFiles'>
  notices: Pick<Notices, 'changed'>
  bin: Bin
}

/** What a window offers about requests: saved ones, history, copies. */
export function createRequestDesk(deps: Dependencies) {
  const { session, exchanges, heldHeaders, environments } = deps
  const { requests } = deps.stores
  const { copyText } = deps.clipboard
  return {
    savedRequests: createSavedRequests({
      session,
      clock: deps.time.clock,
      newId: deps.random.newId,
      requests,
      exchanges,
      requestVariables: deps.requestVariables,
      copyText,
      bin: deps.bin,
    }),
    history: createExchangeHistory({
      session,
      exchanges,
      heldHeaders,
      copyText,
      saveBody: deps.files.saveBody,
      bin: deps.bin,
      changed: deps.notices.changed,
      elapsed: deps.time.elapsed,
      wait: deps.time.wait,
    }),
    responseHeaders: createResponseHeaders({
      heldHeaders,
      environments,
      copySecret: deps.clipboard.copySecret,
    }),
    chooseBodyFiles: async ({ several }: { several: boolean }): Promise<Result<{ paths: string[] }>> =>
      ok({ paths: await deps.files.chooseFiles(several) }),
    warmRequests: async (): Promise<Result<null>> => {
      await deps.net.warm()
      return ok(null)
    },
  }
}
