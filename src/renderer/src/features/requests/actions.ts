import type { ExchangeSummary, RequestDraft, SavedRequest } from '@contract/requests.ts'
import { pathOf } from '../../lib/format.ts'
import type { TabFace, TabSubject } from '../../lib/tabs/tabs.ts'
import type { Workspace } from '../../lib/workspace.ts'
import { cleanDraft } from './drafts.ts'

export function newRequest({ tabs }: Workspace): void {
  tabs.getState().open({ kind: 'request', seed: { from: 'blank' } }, { title: 'New request', method: 'GET' })
}

export function openSaved({ tabs }: Workspace, request: SavedRequest): void {
  tabs
    .getState()
    .open(
      { kind: 'request', seed: { from: 'saved', request } },
      { title: request.name, method: request.draft.method, accountId: request.draft.accountId },
    )
}

export function openExchange({ tabs }: Workspace, exchange: ExchangeSummary): void {
  tabs.getState().open(...exchangeTab(exchange))
}

/** Shows an exchange in the tab for what is only looked at. */
export function previewExchange({ tabs }: Workspace, exchange: ExchangeSummary): void {
  tabs.getState().preview(...exchangeTab(exchange))
}

/** Copies a command for a shell; a placeholder stands for the token. */
export async function copyCurl({ bridge, toasts }: Workspace, draft: RequestDraft): Promise<void> {
  const answer = await bridge.call['requests:copy-curl']({ draft: cleanDraft(draft) })
  if (answer.ok) toasts.getState().show('Command copied. Add the token yourself.', 'ok')
  else toasts.getState().fail(answer.error)
}

function exchangeTab({ id, url, method }: ExchangeSummary): [TabSubject, TabFace] {
  return [
    { kind: 'request', seed: { from: 'exchange', exchangeId: id } },
    { title: pathOf(url), method },
  ]
}
