import { FlaskConical, GitCompareArrows, ScanText, Server, Settings, Workflow } from 'lucide-react'
import type { Tab } from '../../lib/tabs.ts'
import { useDirectory } from '../../lib/workspace.ts'
import { Ring } from '../../ui/ring.tsx'
import { Method } from '../../ui/tag.tsx'
import css from './tab-strip.module.css'

const icons = {
  connection: Server,
  'token-bench': ScanText,
  flow: Workflow,
  'flow-comparison': GitCompareArrows,
  playground: FlaskConical,
  settings: Settings,
}

/** What stands before a tab's title: the life of its token, its method, or what kind of tab it is. */
export function TabLead({ tab }: { tab: Tab }) {
  const life = useDirectory((state) => state.accounts.find(({ id }) => id === tab.face.accountId)?.life)
  const { kind } = tab.subject
  if (kind === 'account') return life ? <Ring life={life} /> : null
  if (kind === 'request') return <Method method={tab.face.method ?? 'GET'} />
  const Icon = icons[kind]
  return <Icon className={css.icon} aria-hidden="true" />
}
