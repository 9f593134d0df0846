import { Copy } from 'lucide-react'
import type { RedirectUris, SchemeState } from '@contract/scheme.ts'
import { moment, relative } from '../../lib/format.ts'
import { useNow } from '../../lib/use-now.ts'
import { useScheme } from '../../lib/use-scheme.ts'
import { useWorkspace } from '../../lib/workspace.ts'
import { IconButton } from '../../ui/button.tsx'
import { Address } from '../../ui/list/address.tsx'
import { KeyValueTable } from '../../ui/list/key-value-table.tsx'
import { SchemeNotice } from '../../ui/scheme-notice.tsx'
import { Part } from './part.tsx'
import css from './settings.module.css'

const kinds: readonly (readonly [keyof RedirectUris, string, string])[] = [
  ['custom-scheme', 'Custom scheme', 'The system returns the response here. For native or public clients.'],
  [
    'loopback',
    'Loopback',
    'A port is chosen at each sign-in, as RFC 8252 recommends. If the provider requires a fixed one, set it in the connection.',
  ],
]

/** What to register at a provider, and whether answers by the app's custom scheme reach this app. */
export function RedirectSection() {
  const scheme = useScheme()
  const now = useNow()
  const { state } = scheme
  return (
    <>
      <Part
        title="Register this with the provider"
        says="A provider sends its response only to a registered address. Each connection’s page says which one it uses."
      >
        {state && <Register redirects={state.redirects} />}
      </Part>
      <Part
        title="Custom scheme"
        says={
          <>
            After a sign-in, the browser passes <code>app.gatehouse.desktop:</code> to the system, and the
            system to a program. Connections with a loopback redirect do not need this.
          </>
        }
      >
        <SchemeNotice {...scheme} />
        {state && (
          <KeyValueTable
            label="Custom scheme"
            rows={[
              [
                'Opened by',
                state.registered === true ? 'this Gatehouse' : (state.handler ?? 'no known program'),
              ],
              [
                'Last test',
                state.lastTest
                  ? `${state.lastTest.worked ? 'returned' : 'did not return'} · ${moment(state.lastTest.at, now)}, ${relative(state.lastTest.at, now)}`
                  : 'not since startup',
              ],
            ]}
          />
        )}
      </Part>
    </>
  )
}

function Register({ redirects }: Pick<SchemeState, 'redirects'>) {
  const { bridge, toasts } = useWorkspace()
  async function copy(redirect: keyof RedirectUris): Promise<void> {
    const answer = await bridge.call['scheme:copy']({ redirect })
    if (answer.ok) toasts.getState().show('Copied.', 'ok')
    else toasts.getState().fail(answer.error)
  }
  return (
    <KeyValueTable
      label="Register this with the provider"
      rows={kinds.map(([kind, name, says]) => [
        name,
        <>
          <span className={css.wire}>
            <code className="selectable wrap-any">
              <Address text={redirects[kind]} />
            </code>
            <IconButton label={`Copy the redirect: ${name.toLowerCase()}`} onClick={() => void copy(kind)}>
              <Copy />
            </IconButton>
          </span>
          <span className="note">{says}</span>
        </>,
      ])}
    />
  )
}
