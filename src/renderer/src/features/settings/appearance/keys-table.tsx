import { shortcuts } from '../../../lib/shortcuts.ts'
import { useSession } from '../../../lib/workspace.ts'
import { Kbd } from '../../../ui/tag.tsx'
import css from '../settings.module.css'

/** The keys that exist. */
export function KeysTable() {
  const mac = useSession((state) => state.boot?.platform === 'darwin')
  return (
    <dl className={css.keys}>
      {shortcuts.map(({ press, says }) => (
        <div key={press}>
          <dt>{says}</dt>
          <dd>
            {press.split(' ').map((key) => (
              // The system has Cmd Tab for itself.
              <Kbd key={key}>
                {mac && key === 'Ctrl' && !press.endsWith('Tab') ? 'Cmd' : key === '-' ? '−' : key}
              </Kbd>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  )
}
