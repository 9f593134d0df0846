import { useEffect, useState } from 'react'
import type { PendingSignIn, RedirectHold } from '@contract/accounts.ts'
import type { Failure } from '@contract/result.ts'
import { redirectTable } from '@contract/tables/redirect-kinds.ts'
import { useNow } from '../../../lib/use-now.ts'
import { useReturned } from '../../../lib/use-returned.ts'
import { useScheme } from '../../../lib/use-scheme.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { SchemeNotice } from '../../../ui/scheme-notice.tsx'

/** Milliseconds until the provider's page is asked for; a quick sign-in is over by then. */
const askAfter = 3_000
/** Milliseconds until it is worth a look whether the response can come at all. */
export const slowAfter = 10_000

/** What may hold the redirect of a sign-in: at once where the provider's page forbids it, else when it is slow, or the
 *  user comes back without it. */
export function SlowRedirect({ pending }: { pending: PendingSignIn }) {
  const now = useNow()
  const returned = useReturned()
  const waited = now - pending.startedAt
  const hold = useHold(pending.id, returned || waited > askAfter)
  const slow = returned || waited > slowAfter
  if (hold === null || (!slow && hold.found !== 'form-action')) return null
  const system = redirectTable[pending.redirectKind ?? 'custom-scheme'].waits === 'system'
  return (
    <>
      <HoldNotice id={pending.id} hold={hold} />
      {slow && system && hold.found !== 'form-action' && <Scheme />}
    </>
  )
}

function useHold(id: string, ask: boolean): RedirectHold | null {
  const { bridge } = useWorkspace()
  const [hold, setHold] = useState<RedirectHold | null>(null)
  useEffect(() => {
    if (!ask) return undefined
    let gone = false
    void bridge.call['sign-in:what-holds']({ id }).then((answer) => {
      if (!gone && answer.ok) setHold(answer.value)
    })
    return () => {
      gone = true
    }
  }, [bridge, id, ask])
  return hold
}

function HoldNotice({ id, hold }: { id: string; hold: RedirectHold }) {
  const { bridge, toasts } = useWorkspace()
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  async function byLoopback(): Promise<void> {
    setBusy(true)
    const answer = await bridge.call['sign-in:by-loopback']({ id })
    setBusy(false)
    if (!answer.ok) return setFailure(answer.error)
    toasts.getState().show('Signing in through loopback. The connection now uses this redirect.', 'ok')
  }
  return (
    <>
      <Notice
        tone={hold.found === 'form-action' ? 'warn' : 'plain'}
        title={
          hold.found === 'form-action'
            ? 'The provider’s page keeps the browser from coming back'
            : 'Signed in, but nothing happened?'
        }
        next={hold.next}
        actions={
          hold.loopback && (
            <Button look="primary" busy={busy} onClick={() => void byLoopback()}>
              Use loopback instead
            </Button>
          )
        }
      >
        {hold.says}
      </Notice>
      {failure && <Notice tone="bad" title={failure.message} next={failure.next} />}
    </>
  )
}

/** Whether the system hands the scheme to this app. */
function Scheme() {
  return <SchemeNotice {...useScheme()} />
}
