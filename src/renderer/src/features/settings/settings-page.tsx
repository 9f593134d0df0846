import { Lock, LockOpen } from 'lucide-react'
import type { Theme } from '@contract/app.ts'
import { useSession, useWorkspace } from '../../lib/workspace.ts'
import { Choice } from '../../ui/field.tsx'
import { KeyValueTable } from '../../ui/key-value-table.tsx'
import css from './settings.module.css'

const themes: readonly (readonly [Theme, string])[] = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
]
const platforms = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' }

export const SettingsPage = () => {
  const { toasts } = useWorkspace()
  const boot = useSession((state) => state.boot)
  const setTheme = useSession((state) => state.setTheme)
  if (!boot) return null

  const pick = async (value: string): Promise<void> => {
    const theme = themes.find(([key]) => key === value)?.[0] ?? 'system'
    const failure = await setTheme(theme)
    if (failure) toasts.getState().fail(failure)
  }
  const sealed = boot.protection.kind !== 'memory'
  const Icon = sealed ? Lock : LockOpen
  return (
    <div className={css.page}>
      <h1>Settings</h1>
      <section className={css.section}>
        <div>
          <h2>Appearance</h2>
          <p className="note">Light, dark, or what the desktop says.</p>
        </div>
        <Choice legend="Theme" value={boot.theme} options={themes} onPick={(value) => void pick(value)} />
      </section>
      <section className={css.section}>
        <div>
          <h2>Storage</h2>
          <p className="note">What protects tokens and client secrets on this computer.</p>
        </div>
        <div className={css.storage} data-sealed={sealed}>
          <Icon aria-hidden="true" />
          <div className="selectable">
            <strong>{boot.protection.label}</strong>
            <p>{boot.protection.says}</p>
            <p className="faint">
              Backend: <code>{boot.protection.backend}</code>
            </p>
          </div>
        </div>
      </section>
      <section className={css.section}>
        <div>
          <h2>About</h2>
          <p className="note">No account with us, no cloud, no telemetry.</p>
        </div>
        <KeyValueTable
          label="About"
          rows={[
            ['Gatehouse', boot.version],
            ['System', platforms[boot.platform]],
            ['User', boot.user.username],
            ['Environment', boot.environment.name],
          ]}
        />
      </section>
    </div>
  )
}
