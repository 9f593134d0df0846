import type { ExchangeSummary, SavedRequest } from '@contract/requests.ts'
import { pathOf } from '../../lib/format.ts'
import type { Workspace } from '../../lib/workspace.ts'

export const newRequest = ({ tabs }: Workspace): void => {
  tabs.getState().open({ kind: 'request', seed: { from: 'blank' } }, { title: 'New request', method: 'GET' })
}

export const openSaved = ({ tabs }: Workspace, request: SavedRequest): void => {
  tabs
    .getState()
    .open(
      { kind: 'request', seed: { from: 'saved', request } },
      { title: request.name, method: request.draft.method, accountId: request.draft.accountId },
    )
}

export const openExchange = ({ tabs }: Workspace, exchange: ExchangeSummary): void => {
  tabs
    .getState()
    .open(
      { kind: 'request', seed: { from: 'exchange', exchangeId: exchange.id } },
      { title: pathOf(exchange.url), method: exchange.method },
    )
}
