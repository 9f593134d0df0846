import { useEffect, useState } from 'react'
import { Lock } from 'lucide-react'
import type { LockSettings, LockSettingsView } from '@contract/vault.ts'
import { lockNow } from '../../lib/lock.ts'
import { useSession, useWorkspace } from '../../lib/workspace.ts'
import { Button } from '../../ui/button.tsx'
import { Field, Switch } from '../../ui/field.tsx'
import { Select } from '../../ui/select/select.tsx'
import { Notice } from '../../ui/notice.tsx'
import { asksForPassword } from './guard-words.ts'
import { Part } from './part.tsx'
import css from './settings.module.css'

const times: readonly (readonly [string, string])[] = [
  ['0', 'Never'],
  ['1', 'After 1 minute'],
  ['5', 'After 5 minutes'],
  ['15', 'After 15 minutes'],
  ['30', 'After 30 minutes'],
  ['60', 'After an hour'],
]

/** When Gatehouse locks. */
export function LockSection() {
  const workspace = useWorkspace()
  const { bridge, toasts, tabs } = workspace
  const lock = useSession((state) => state.boot?.lock)
  const [settings, setSettings] = useState<LockSettingsView | null>(null)
  useEffect(() => {
    void bridge.call['vault:read-lock-settings']({}).then((answer) => {
      if (answer.ok) setSettings(answer.value)
      else toasts.getState().fail(answer.error)
    })
  }, [bridge, toasts])
  if (!settings || !lock) return null

  async function save(wanted: LockSettings): Promise<void> {
    const answer = await bridge.call['vault:lock-settings'](wanted)
    if (answer.ok) setSettings(answer.value)
    else toasts.getState().fail(answer.error)
  }
  const asks = asksForPassword(lock.users.find(({ id }) => id === lock.user.id))
  const { idleMinutes, onScreenLock, screenLockUnseen } = settings
  const minutes = String(idleMinutes)
  const options = times.some(([value]) => value === minutes)
    ? times
    : [...times, [minutes, `After ${minutes} minutes`] as const]
  return (
    <>
      {!asks && (
        <div className={css.trouble}>
          <Notice
            tone="warn"
            title="Locking needs a password"
            actions={<Button onClick={() => tabs.getState().showSettings('vault')}>Set a password</Button>}
          >
            Without a password, a lock would not keep anyone out, so Gatehouse does not lock.
          </Notice>
        </div>
      )}
      <Part
        title="Now"
        says="Keys are wiped from memory and the window is cleared. Unlocking brings the same tabs back."
      >
        <div className={css.row}>
          <Button icon={<Lock />} disabled={!asks} onClick={() => void lockNow(workspace)}>
            Lock now
          </Button>
          <span className="faint">Ctrl+L, or the username in the status bar</span>
        </div>
      </Part>
      <Part title="Automatically" says="A refresh in progress is finished first; requests are canceled.">
        <div className={css.narrow}>
          <Field label="When keyboard and mouse are idle">
            <Select
              value={minutes}
              options={options}
              onPick={(value) => void save({ onScreenLock, idleMinutes: Number(value) })}
            />
          </Field>
        </div>
        <Switch
          label="When the screen locks or the computer sleeps"
          hint={
            screenLockUnseen &&
            'This system does not report when the screen locks, only when it sleeps. Set an idle time as well.'
          }
          checked={onScreenLock}
          onChange={(wanted) => void save({ idleMinutes, onScreenLock: wanted })}
        />
      </Part>
    </>
  )
}
