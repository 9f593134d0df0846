import { Lock } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import type { Failure } from '@contract/result.ts'
import type { LockReason } from '@contract/vault.ts'
import { useSession, useWorkspace } from '../lib/workspace.ts'
import { Button } from '../ui/button.tsx'
import { Field, Select, TextInput } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { useReadyMark, useTheme } from './use-window.ts'
import css from './lock-screen.module.css'

const reasons: Record<LockReason, string> = {
  password: 'A password guards the vault.',
  'by-hand': 'It was locked by hand.',
  idle: 'It locked because nobody used it for a while.',
  'screen-lock': 'It locked with the screen.',
  suspend: 'It locked when the computer went to sleep.',
}

/** Stands in the window's place while the vault is locked. */
export const LockScreen = ({ onUnlocked }: { onUnlocked: () => void }) => {
  const { bridge } = useWorkspace()
  const lock = useSession((state) => state.boot?.lock)
  const [userId, setUserId] = useState(lock?.user.id ?? '')
  const [password, setPassword] = useState('')
  const [failure, setFailure] = useState<Failure | null>(lock?.trouble ?? null)
  const [busy, setBusy] = useState(false)
  useTheme()
  useReadyMark()
  if (!lock) return null

  const user = lock.users.find(({ id }) => id === userId)
  const needsPassword = user ? user.guard === 'password' || user.guard === 'both' : true
  const unlock = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    const answer = await bridge.call['vault:unlock']({
      userId,
      password: needsPassword ? password : undefined,
    })
    setBusy(false)
    setPassword('')
    setFailure(answer.ok ? null : answer.error)
    if (answer.ok && !answer.value.locked) onUnlocked()
  }
  return (
    <main className={css.screen}>
      <form className={css.card} onSubmit={(event) => void unlock(event)}>
        <Lock className={css.icon} aria-hidden="true" />
        <h1>Gatehouse is locked</h1>
        <p className="note">{reasons[lock.reason ?? 'password']} Its keys are not in memory.</p>
        {lock.users.length > 1 && (
          <Field label="User">
            <Select
              value={userId}
              options={lock.users.map(({ id, username }) => [id, username] as const)}
              onPick={setUserId}
            />
          </Field>
        )}
        {needsPassword && (
          <Field label={`Password of ${user?.username ?? lock.user.username}`}>
            <TextInput
              type="password"
              autoComplete="current-password"
              autoFocus
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          </Field>
        )}
        {failure && <Notice tone="bad" title={failure.message} next={failure.next} />}
        <Button
          type="submit"
          look="primary"
          busy={busy}
          disabled={needsPassword && password === ''}
          autoFocus={!needsPassword}
        >
          Unlock
        </Button>
      </form>
    </main>
  )
}
