import { useEffect, useState } from 'react'
import { Plus } from 'lucide-react'
import type { CookieJarView, CookiesView, CookieView } from '@contract/network/cookies.ts'
import type { Result } from '@contract/result.ts'
import { useDirectory, useEnvironment, useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Confirm } from '../../../ui/dialog.tsx'
import { Switch } from '../../../ui/field.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Part } from '../part.tsx'
import css from '../settings.module.css'
import { CookieDialog } from './cookie-dialog.tsx'
import { CookieTable } from './cookie-table.tsx'

/** The cookies of the current environment: a jar for each account, and one for requests without any. */
export function CookiesSection() {
  const { bridge, toasts } = useWorkspace()
  const environment = useEnvironment()
  const accounts = useDirectory((state) => state.accounts)
  const [view, setView] = useState<CookiesView | null>(null)
  const [asking, setAsking] = useState<{ accountId: string | null; cookie?: CookieView } | null>(null)
  const [clearing, setClearing] = useState<CookieJarView | null>(null)
  function show(answer: Result<CookiesView>): void {
    if (answer.ok) setView(answer.value)
    else toasts.getState().fail(answer.error)
  }
  const environmentId = environment?.id
  useEffect(() => {
    function read(): void {
      void bridge.call['cookies:list']({}).then((answer) => {
        if (answer.ok) setView(answer.value)
      })
    }
    read()
    return bridge.on('changed', ({ area }) => {
      if (area === 'cookies') read()
    })
  }, [bridge, environmentId])
  if (!view) return null
  const nameOf = (accountId: string | null): string =>
    accountId === null
      ? 'Requests without an account'
      : (accounts.find(({ id }) => id === accountId)?.displayName ?? 'An account of another environment')
  const jars: CookieJarView[] = view.jars.some(({ accountId }) => accountId === null)
    ? view.jars
    : [...view.jars, { accountId: null, cookies: [] }]
  return (
    <>
      <Part
        title="Cookies"
        says={`Each account has its own cookie jar, so that sessions never mix. Shown for the environment ${environment?.name ?? ''}. Encrypted in the vault, never in the history.`}
      >
        <Switch
          label="Keep and send cookies"
          hint="For requests. A Cookie header in the request takes precedence over a cookie of the same name."
          checked={view.kept}
          onChange={(on) => void bridge.call['cookies:keep']({ on }).then(show)}
        />
      </Part>
      {jars.map((jar) => (
        <Part
          key={jar.accountId ?? ''}
          wide
          title={nameOf(jar.accountId)}
          says={jar.cookies.length === 0 ? 'No cookies yet.' : ''}
        >
          {jar.trouble !== undefined && <Notice tone="warn" title={jar.trouble} />}
          {jar.cookies.length > 0 && (
            <CookieTable
              jar={jar}
              label={`Cookies: ${nameOf(jar.accountId)}`}
              onChange={(cookie) => setAsking({ accountId: jar.accountId, cookie })}
              onAnswer={show}
            />
          )}
          <div className={css.row}>
            <Button icon={<Plus />} onClick={() => setAsking({ accountId: jar.accountId })}>
              Add a cookie
            </Button>
            {(jar.cookies.length > 0 || jar.trouble !== undefined) && (
              <Button onClick={() => setClearing(jar)}>Remove all</Button>
            )}
          </div>
        </Part>
      ))}
      {clearing && (
        <Confirm
          title={`Remove all cookies of “${nameOf(clearing.accountId)}”?`}
          action="Remove all"
          onConfirm={() => {
            setClearing(null)
            void bridge.call['cookies:clear']({ accountId: clearing.accountId }).then(show)
          }}
          onClose={() => setClearing(null)}
        >
          Servers will not recognize it until it signs in there again. The cookies can be restored from the
          bin for an hour.
        </Confirm>
      )}
      {asking && (
        <CookieDialog
          {...asking}
          onClose={() => setAsking(null)}
          onSaved={(saved) => {
            setAsking(null)
            setView(saved)
          }}
        />
      )}
    </>
  )
}
