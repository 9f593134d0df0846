import { shortcuts } from '../../lib/shortcuts.ts'
import { useSession } from '../../lib/workspace.ts'
import { Kbd } from '../../ui/tag.tsx'
import css from './settings.module.css'

/** Taken by the main process, which alone can change the size. */
const ofTheWindow = [
  { press: 'Ctrl +', says: 'Larger text' },
  { press: 'Ctrl -', says: 'Smaller text' },
  { press: 'Ctrl 0', says: 'Usual size of text' },
]

/** The keys that exist. */
export const KeysTable = () => {
  const mac = useSession((state) => state.boot?.platform === 'darwin')
  return (
    <dl className={css.keys}>
      {[...shortcuts, ...ofTheWindow].map(({ press, says }) => (
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
