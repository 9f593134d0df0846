import { ArrowLeftRight, FlaskConical, ScanText, Settings, UserRound, Workflow } from 'lucide-react'
import type { Room } from '../lib/tabs.ts'
import { useSession, useTabs } from '../lib/workspace.ts'
import css from './rail.module.css'

const places: readonly (readonly [Room, string, typeof Settings])[] = [
  ['requests', 'Requests', ArrowLeftRight],
  ['accounts', 'Accounts', UserRound],
  ['token-bench', 'Token bench', ScanText],
  ['flows', 'Flows', Workflow],
  ['playground', 'Playground', FlaskConical],
  ['settings', 'Settings', Settings],
]

/** The rooms. Their order is that of Ctrl+1 to Ctrl+6. */
export function Rail() {
  const room = useTabs((state) => state.room)
  const goTo = useTabs((state) => state.goTo)
  const running = useSession((state) => state.boot?.playground.state === 'running')
  return (
    <nav className={`shell-rail ${css.rail}`} aria-label="Rooms" data-pane="rail" tabIndex={-1}>
      {places.map(([key, name, Icon], index) => (
        <button
          key={key}
          type="button"
          className={css.place}
          aria-label={key === 'playground' && running ? `${name}, running` : name}
          aria-current={room === key ? 'page' : undefined}
          aria-keyshortcuts={`Control+${index + 1}`}
          data-tip={`${name}  Ctrl ${index + 1}`}
          data-last={key === 'settings' || undefined}
          onClick={() => goTo(key)}
        >
          <Icon aria-hidden="true" />
          {key === 'playground' && running && <span className={css.dot} aria-hidden="true" />}
        </button>
      ))}
    </nav>
  )
}
