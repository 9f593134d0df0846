import { Database } from 'lucide-react'
import { EmptyState } from '../ui/empty-state.tsx'
import css from './app.module.css'

/** The whole window while the data takes longer to open than anyone waits silently. */
export function Opening() {
  return (
    <main className={`shell-main ${css.alone}`}>
      <div className={css.told} role="status">
        <EmptyState icon={<Database />} title="Opening your data">
          <p>
            This takes longer after an update, when a backup is made first, or while another program or the
            keyring is using your data.
          </p>
        </EmptyState>
      </div>
    </main>
  )
}
