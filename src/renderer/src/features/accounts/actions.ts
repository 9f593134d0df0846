import type { AccountSummary } from '@contract/accounts.ts'
import type { ConnectionView } from '@contract/connections.ts'
import type { RequestDraft } from '@contract/requests.ts'
import type { Workspace } from '../../lib/workspace.ts'

export function openAccount({ tabs }: Workspace, account: AccountSummary): void {
  tabs
    .getState()
    .open({ kind: 'account', accountId: account.id }, { title: account.displayName, accountId: account.id })
}

export function openConnection({ tabs }: Workspace, connection: ConnectionView): void {
  tabs.getState().open({ kind: 'connection', connectionId: connection.id }, { title: connection.name })
}

/** Starts the playground and shows its connection, from which one signs in. */
export async function startPlayground(workspace: Workspace): Promise<void> {
  await workspace.session.getState().startPlayground()
  const playground = workspace.session.getState().boot?.playground
  if (playground?.state !== 'running') return
  await workspace.directory.getState().load()
  const made = workspace.directory.getState().connections.find(({ id }) => id === playground.connectionId)
  if (made) openConnection(workspace, made)
}

/** Into the bin, with its accounts. */
export async function removeConnection(workspace: Workspace, id: string): Promise<void> {
  const { bridge, toasts, directory, tabs } = workspace
  const answer = await bridge.call['connections:remove']({ id })
  if (!answer.ok) return toasts.getState().fail(answer.error)
  await directory.getState().load()
  tabs.getState().drop(`connection:${id}`)
}

/** Opens a request that calls as this account; with a URL it is sent at once. */
export function callAs({ tabs }: Workspace, accountId: string, call?: { name: string; url: string }): void {
  const name = call?.name ?? 'New request'
  tabs.getState().open(
    {
      kind: 'request',
      seed: { from: 'draft', name, draft: blankDraft(call?.url ?? '', accountId), send: call !== undefined },
    },
    { title: name, method: 'GET', accountId },
  )
}

function blankDraft(url: string, accountId: string): RequestDraft {
  return {
    method: 'GET',
    url,
    query: [],
    headers: [],
    body: { kind: 'none' },
    accountId,
  }
}
