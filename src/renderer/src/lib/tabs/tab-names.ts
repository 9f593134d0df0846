import type { AccountSummary } from '@contract/accounts.ts'
import type { ConnectionView } from '@contract/connections.ts'
import { hostOf } from '../format.ts'
import type { Tab } from './tab.ts'

/** How a tab is told from its neighbours. */
export interface TabName {
  /** Only where another tab has the same title. */
  detail?: string
  /** All that names it, for the pointer that rests on it. */
  tip: string
}

interface Known {
  accounts: readonly AccountSummary[]
  connections: readonly ConnectionView[]
}

interface Facts {
  detail?: string
  /** Tells those apart whose detail is the same too. */
  finer?: string
}

/** Names of the open tabs, in their order. */
export function nameTabs(tabs: readonly Tab[], known: Known): TabName[] {
  const all = tabs.map((tab) => ({ title: tab.face.title, ...factsOf(tab, known) }))
  return all.map(({ title, detail, finer }, index) => {
    const same = all.filter((other, at) => at !== index && other.title === title)
    const told = same.every((other) => other.detail !== detail) ? detail : (finer ?? detail)
    const whole = [title, detail, finer].filter((text) => text !== undefined)
    return { ...(same.length > 0 && told !== undefined && { detail: told }), tip: whole.join(' · ') }
  })
}

function factsOf({ subject }: Tab, { accounts, connections }: Known): Facts {
  if (subject.kind === 'account') {
    const account = accounts.find(({ id }) => id === subject.accountId)
    const connection = connections.find(({ id }) => id === account?.connectionId)
    return { detail: connection?.name, finer: account && hostOf(account.issuer) }
  }
  if (subject.kind !== 'connection') return {}
  const connection = connections.find(({ id }) => id === subject.connectionId)
  return { detail: 'connection', finer: connection && hostOf(connection.provider.issuer) }
}
