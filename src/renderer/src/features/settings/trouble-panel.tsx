import { useState } from 'react'
import type { Failure } from '@contract/result.ts'
import type { UserView } from '@contract/vault.ts'
import { useWorkspace } from '../../lib/workspace.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { asksForPassword } from './guard-words.ts'
import { PasswordDialog } from './password-dialog.tsx'
import css from './settings.module.css'

/** Where the stored secrets do not open: why, and the four ways on. Nothing was deleted. */
export function TroublePanel({ trouble, user }: { trouble: Failure; user: UserView | undefined }) {
  const { bridge, tabs, toasts } = useWorkspace()
  const [asking, setAsking] = useState<'password' | 'set-aside' | null>(null)

  async function retry(password?: string): Promise<Failure | null> {
    const answer = await (password === undefined || user === undefined
      ? bridge.call['vault:retry']({})
      : bridge.call['vault:unlock']({ userId: user.id, password }))
    if (!answer.ok) return answer.error
    return answer.value.trouble ?? null
  }
  async function start(): Promise<void> {
    if (asksForPassword(user)) return setAsking('password')
    const failure = await retry()
    if (failure) toasts.getState().fail(failure)
  }
  async function setAside(): Promise<void> {
    setAsking(null)
    const answer = await bridge.call['vault:set-aside']({})
    if (answer.ok) toasts.getState().show('The old key was set aside. New secrets are stored again.', 'ok')
    else toasts.getState().fail(answer.error)
  }
  return (
    <div className={css.trouble}>
      <Notice
        tone="bad"
        title={trouble.message}
        next={trouble.next}
        actions={
          <>
            <Button look="primary" onClick={() => void start()}>
              Try again
            </Button>
            <Button onClick={() => tabs.getState().showSettings('backups')}>Restore a backup…</Button>
            <Button onClick={() => tabs.getState().showSettings('export')}>Import an export…</Button>
            <Button onClick={() => setAsking('set-aside')}>Set the key aside…</Button>
          </>
        }
      >
        Nothing was deleted: connections, accounts and history are here, and their stored secrets stay
        encrypted. Until this is resolved, new secrets stay in memory only.
      </Notice>
      {asking === 'password' && (
        <PasswordDialog
          title="Open the vault again"
          label="Password"
          action="Try again"
          onPassword={retry}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === 'set-aside' && (
        <Confirm
          title="Continue with a new key?"
          action="Set the old key aside"
          onConfirm={() => void setAside()}
          onClose={() => setAsking(null)}
        >
          <p>
            Stored tokens stay unreadable, and you have to sign in to every account again. The old key and its
            secrets are kept: if the keyring returns, they can be opened again.
          </p>
        </Confirm>
      )}
    </div>
  )
}
