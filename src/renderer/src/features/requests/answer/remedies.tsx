import { ArrowLeftRight, Forward, KeyRound, LogIn, Send, UserRoundCheck } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { Remedy } from '@contract/requests.ts'
import { useDirectory, useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { ProxyLoginDialog } from '../../../ui/proxy-login/proxy-login-dialog.tsx'
import { requests } from '../store.ts'
import css from './refusal-card.module.css'

const icons: Record<Remedy['kind'], ReactNode> = {
  'sign-in': <LogIn />,
  'send-as': <UserRoundCheck />,
  environment: <ArrowLeftRight />,
  follow: <Forward />,
  'allow-token': <Send />,
  'proxy-login': <KeyRound />,
}

/** What a press of a button can do about a refused call; while the browser is waited for, how to stop that. */
export function Remedies({ tabId, remedies }: { tabId: string; remedies: Remedy[] }) {
  const { bridge, toasts } = useWorkspace()
  const mending = requests.use((state) => state.open[tabId]?.mending)
  const somebodyElse = requests.use((state) => state.open[tabId]?.somebodyElse)
  const other = useDirectory((state) => state.accounts.find(({ id }) => id === somebodyElse)?.displayName)
  const follow = requests.use((state) => state.follow)
  const stop = requests.use((state) => state.stopFollowing)

  /** The proxy whose password is asked for. */
  const [asking, setAsking] = useState<Extract<Remedy, { kind: 'proxy-login' }> | null>(null)

  async function onFollow(remedy: Remedy): Promise<void> {
    if (remedy.kind === 'proxy-login') return setAsking(remedy)
    const failure = await follow(tabId, remedy)
    if (failure) toasts.getState().fail(failure)
  }
  return (
    <div className={css.remedies}>
      {/* Is there before its text comes: a region that comes with its text is not read out. */}
      <span role="status">
        {mending
          ? 'Waiting for you to sign in in the browser; the request is then sent again.'
          : other !== undefined &&
            `${other} signed in, which is not this request’s account. Nothing was sent.`}
      </span>
      {mending ? (
        <Button small onClick={() => void stop(tabId)}>
          Cancel
        </Button>
      ) : (
        <>
          {somebodyElse !== undefined && other !== undefined && (
            <SendAs tabId={tabId} accountId={somebodyElse} name={other} />
          )}
          {remedies.map((remedy, index) => (
            <Button
              key={remedy.label}
              small
              look={index === 0 && somebodyElse === undefined ? 'primary' : 'plain'}
              icon={icons[remedy.kind]}
              onClick={() => void onFollow(remedy)}
            >
              {remedy.label}
            </Button>
          ))}
        </>
      )}
      {asking && (
        <ProxyLoginDialog
          proxy={asking.proxy}
          action="Save and send"
          onClose={() => setAsking(null)}
          onSave={async (login) => {
            const answer = await bridge.call['network:save-login'](login)
            if (!answer.ok) return answer.error
            setAsking(null)
            return follow(tabId, asking)
          }}
        />
      )}
    </div>
  )
}

/** A sign-in ended as another person than the request calls as: whether to send as them is for the user to say. */
function SendAs({ tabId, accountId, name }: { tabId: string; accountId: string; name: string }) {
  const follow = requests.use((state) => state.follow)
  const label = `Send as ${name}`
  return (
    <Button
      small
      look="primary"
      icon={<UserRoundCheck />}
      onClick={() => void follow(tabId, { kind: 'send-as', label, accountId })}
    >
      {label}
    </Button>
  )
}
