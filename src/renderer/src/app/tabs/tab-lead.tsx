import { GitCompareArrows, ListChecks, Server, Workflow, type LucideIcon } from 'lucide-react'
import type { Tab, TabSubject } from '../../lib/tabs/tab.ts'
import { useDirectory } from '../../lib/workspace.ts'
import { Ring } from '../../ui/ring.tsx'
import { Method } from '../../ui/tag.tsx'
import { roomIcons } from '../room-parts.tsx'
import css from './tab-strip.module.css'

const icons: Record<Exclude<TabSubject['kind'], 'account' | 'request'>, LucideIcon> = {
  ...roomIcons,
  connection: Server,
  run: ListChecks,
  flow: Workflow,
  'flow-comparison': GitCompareArrows,
}

/** What is before a tab's title: the life of its token, its method, or what kind of tab it is. */
export function TabLead({ tab }: { tab: Tab }) {
  const life = useDirectory((state) => state.accounts.find(({ id }) => id === tab.face.accountId)?.life)
  const { kind } = tab.subject
  if (kind === 'account') return life ? <Ring life={life} /> : null
  if (kind === 'request') return <Method method={tab.face.method ?? 'GET'} />
  const Icon = icons[kind]
  return <Icon className={css.icon} aria-hidden="true" />
}
