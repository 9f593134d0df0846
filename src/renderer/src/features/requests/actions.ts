import type { CollectionRequest } from '@contract/collections.ts'
import type { ExchangeSummary, RequestDraft } from '@contract/requests.ts'
import { pathOf } from '../../lib/format.ts'
import type { FileOfTab, PlaceOfTab } from '../../lib/tabs/file-of-tab.ts'
import type { TabFace, TabSubject } from '../../lib/tabs/tab.ts'
import type { Workspace } from '../../lib/workspace.ts'
import type { FoundLink } from './answer/links/find-links.ts'
import { blankDraft, cleanDraft, draftOfExchange } from './drafts.ts'

export function newRequest({ tabs }: Workspace): void {
  tabs.getState().open({ kind: 'request', seed: { from: 'blank' } }, { title: 'New request', method: 'GET' })
}

/** Opens a request of a collection. */
export function openFile({ tabs }: Workspace, request: CollectionRequest): void {
  const { name, draft } = request
  tabs
    .getState()
    .open(
      { kind: 'request', seed: { from: 'file', request } },
      { title: name, method: draft.method, accountId: draft.accountId },
    )
}

/** Opens the request of a file. */
export async function openPlace(
  workspace: Workspace,
  place: { collectionId: string; path: string },
): Promise<void> {
  const answer = await workspace.bridge.call['collections:read'](place)
  if (answer.ok) openFile(workspace, answer.value)
  else workspace.toasts.getState().fail(answer.error)
}

/** Shows what can be run: a folder, all of a collection, or what was picked of one. */
export function openRun(
  { tabs }: Workspace,
  rows: readonly { collectionId: string; path: string; name: string; kind: string }[],
): void {
  const [first, more] = rows
  if (!first) return
  const { collectionId, path } = first
  const isFolder = more === undefined && (first.kind === 'folder' || first.kind === 'collection')
  const name = more === undefined ? first.name : `${rows.length} items`
  const paths = isFolder ? undefined : rows.map((row) => row.path)
  tabs
    .getState()
    .open(
      { kind: 'run', collectionId, folder: isFolder ? path : '', name, ...(paths && { paths }) },
      { title: `Run · ${name}` },
    )
}

export function openExchange({ tabs }: Workspace, exchange: ExchangeSummary): void {
  tabs.getState().open(...exchangeTab(exchange))
}

/** Shows an exchange in the tab for what is only looked at. */
export function previewExchange({ tabs }: Workspace, exchange: ExchangeSummary): void {
  tabs.getState().preview(...exchangeTab(exchange))
}

/** Opens a link of a response as a new request. What the first one was sent with goes to its own server alone: for another
 *  one nothing is filled in, as for any address that is typed. `within`: the place whose headers and auth the first one inherits. */
export function openLink(
  { tabs }: Workspace,
  { headers, accountId, auth, variables, path }: RequestDraft,
  { url, isSame }: Pick<FoundLink, 'url' | 'isSame'>,
  within?: PlaceOfTab,
): void {
  const along = isSame
    ? { headers: headers.filter(({ name }) => !ofBody.test(name)), accountId, auth, variables, path }
    : { headers: [], accountId: null }
  const draft: RequestDraft = { ...blankDraft, url, ...along }
  tabs.getState().open(
    {
      kind: 'request',
      seed: { from: 'draft', name: '', draft, send: false, ...(isSame && within && { within }) },
    },
    { title: pathOf(url), method: draft.method, accountId: draft.accountId },
  )
}

/** Headers that say something of a body. */
const ofBody = /^\s*content-/i

/** Copies a command for a shell; a placeholder stands for the token. */
export async function copyCurl(
  { bridge, toasts }: Workspace,
  draft: RequestDraft,
  file?: Pick<FileOfTab, 'collectionId' | 'path'>,
): Promise<void> {
  const answer = await bridge.call['requests:copy-curl']({
    draft: cleanDraft(draft),
    ...(file && { file: { collectionId: file.collectionId, path: file.path } }),
  })
  const says = draft.accountId === null ? 'Command copied.' : 'Command copied. Add the token yourself.'
  if (answer.ok) toasts.getState().show(says, 'ok')
  else toasts.getState().fail(answer.error)
}

/** Sends an earlier request again in its own tab, with the token that its account has by now; `asItWas`: with the one that
 *  it carried, or not at all. */
export async function sendAgain(
  { bridge, tabs, directory, toasts }: Workspace,
  id: string,
  asItWas = false,
): Promise<void> {
  const answer = await bridge.call['exchanges:get']({ id })
  if (!answer.ok) return toasts.getState().fail(answer.error)
  const accountIds = directory.getState().accounts.map((account) => account.id)
  const draft = draftOfExchange(answer.value, accountIds)
  const name = pathOf(draft.url)
  tabs.getState().open(
    {
      kind: 'request',
      seed: { from: 'draft', name: '', draft, send: true, ...(asItWas && { sameTokenAs: id }) },
    },
    { title: name, method: draft.method, accountId: draft.accountId },
  )
}

/** The same of an earlier request, as it was sent; one that calls as no one gets no token. */
export async function copyExchangeCurl(workspace: Workspace, id: string): Promise<void> {
  const answer = await workspace.bridge.call['exchanges:get']({ id })
  if (!answer.ok) return workspace.toasts.getState().fail(answer.error)
  const carried = answer.value.carried?.accountId
  await copyCurl(workspace, draftOfExchange(answer.value, carried ? [carried] : []))
}

function exchangeTab({ id, url, method }: ExchangeSummary): [TabSubject, TabFace] {
  return [
    { kind: 'request', seed: { from: 'exchange', exchangeId: id } },
    { title: pathOf(url), method },
  ]
}
