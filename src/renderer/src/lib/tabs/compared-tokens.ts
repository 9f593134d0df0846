import { keyIn } from '@contract/tables/keys-of.ts'
import type { TokenKind } from '@contract/tokens/tokens.ts'
import type { Workspace } from '../workspace.ts'

/** Where the two tokens that are compared come from, each as `tokenOrigin` names it; empty where it is pasted. Never a
 *  token: they are kept with the tabs. */
export interface ComparedTokens {
  one: string
  other: string
}

const form = 'compared-tokens'
export const benchTaskForm = 'bench-task'

/** The tokens of an account, as a list of them calls them. */
export const tokenKinds = {
  access: 'access token',
  id: 'ID token',
  refresh: 'refresh token',
} as const satisfies Record<TokenKind, string>

/** Names one of an account's tokens. */
export function tokenOrigin(accountId: string, kind: TokenKind): string {
  return `account:${accountId}:${kind}`
}

/** Names a token that is pinned. */
export function pinOrigin(id: string): string {
  return `pin:${id}`
}

export function readOrigin(
  origin: string,
): { accountId: string; kind: TokenKind } | { pin: string } | undefined {
  const [room, id = '', name = ''] = origin.split(':')
  const kind = keyIn(tokenKinds, name)
  if (room === 'pin') return { pin: id }
  return room === 'account' && kind !== undefined ? { accountId: id, kind } : undefined
}

export function readCompared({ unsaved }: Pick<Workspace, 'unsaved'>): ComparedTokens {
  const kept = unsaved.getState().forms[form]
  const members = new Map<string, unknown>(
    typeof kept === 'object' && kept !== null ? Object.entries(kept) : [],
  )
  return { one: textOf(members.get('one')), other: textOf(members.get('other')) }
}

export function keepCompared({ unsaved }: Pick<Workspace, 'unsaved'>, compared: ComparedTokens): void {
  const isEmpty = compared.one === '' && compared.other === ''
  unsaved.getState().put(form, isEmpty ? undefined : compared)
}

/** Opens the token bench with this token as the first of two, or beside the one that is there. */
export function compareToken(workspace: Pick<Workspace, 'unsaved' | 'tabs'>, origin: string): void {
  const { one, other } = readCompared(workspace)
  const beside = one !== '' && one !== origin && other === ''
  keepCompared(
    workspace,
    beside ? { one, other: origin } : { one: origin, other: other === origin ? '' : other },
  )
  workspace.unsaved.getState().put(benchTaskForm, 'compare')
  workspace.tabs.getState().goTo('token-bench')
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
