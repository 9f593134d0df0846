import { pressOf, rooms, roomTable } from '../lib/rooms.ts'
import { useSession, useTabs } from '../lib/workspace.ts'
import { roomIcons } from './room-parts.tsx'
import css from './rail.module.css'

/** The rooms. Their order is that of Ctrl+1 and so on. */
export function Rail() {
  const room = useTabs((state) => state.room)
  const goTo = useTabs((state) => state.goTo)
  const running = useSession((state) => state.boot?.playground.state === 'running')
  return (
    <nav className={`shell-rail ${css.rail}`} aria-label="Main" data-pane="rail" tabIndex={-1}>
      {rooms.map((key) => {
        const { name } = roomTable[key]
        const Icon = roomIcons[key]
        return (
          <button
            key={key}
            type="button"
            className={css.place}
            aria-label={key === 'playground' && running ? `${name}, running` : undefined}
            aria-current={room === key ? 'page' : undefined}
            aria-keyshortcuts={pressOf(key).replace('Ctrl ', 'Control+')}
            title={`${name} (${pressOf(key).replace(' ', '+')})`}
            data-last={key === 'settings' || undefined}
            onClick={(event) => {
              goTo(key)
              event.currentTarget.closest('.shell')?.scrollTo({ top: 0 })
            }}
          >
            <Icon aria-hidden="true" />
            <span className={css.name}>{name}</span>
            {key === 'playground' && running && <span className={css.dot} data-mark="" aria-hidden="true" />}
          </button>
        )
      })}
    </nav>
  )
}
