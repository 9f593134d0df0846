import { useState, type SubmitEvent } from 'react'
import type { NetworkSettings, NetworkView } from '@contract/network/network.ts'
import type { Failure } from '@contract/result.ts'
import { keyIn, keysOf } from '@contract/tables/keys-of.ts'
import { proxyKindTable } from '@contract/tables/proxy-kinds.ts'
import { useKept } from '../../../lib/tabs/use-kept.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { faultAt, FormFailure } from '../../../ui/form/form-failure.tsx'
import { Field, Switch, TextInput } from '../../../ui/field.tsx'
import { PasswordInput } from '../../../ui/password-input.tsx'
import { Part } from '../part.tsx'
import css from '../settings.module.css'
import { proxyDraft, typedProxy } from './typed-proxy.ts'

interface Props {
  view: NetworkView
  onSaved: (view: NetworkView) => void
}
type Proxy = NetworkSettings['proxy']

const atFields = ['proxy_pac', 'proxy_address', 'proxy_name', 'proxy_password_again']

/** Which proxy messages go through. */
export function ProxyPart({ view, onSaved }: Props) {
  const { bridge, toasts } = useWorkspace()
  const kept = useKept('proxy', typedProxy(view.settings))
  const typed = kept.form
  const { proxy, except, password } = typed
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  function change(part: Partial<Proxy>): void {
    kept.change({ proxy: { ...proxy, ...part } })
    setFailure(null)
  }

  function discard(): void {
    kept.discard()
    setFailure(null)
  }
  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    const answer = await bridge.call['network:save'](proxyDraft(typed))
    setBusy(false)
    if (!answer.ok) return setFailure(answer.error)
    onSaved(answer.value)
    kept.forget()
    toasts.getState().show('Proxy saved.', 'ok')
  }
  return (
    <Part
      title="Proxy"
      says="For sign-in and requests. Servers on this computer are reached directly by default."
    >
      <form className={css.form} onSubmit={(event) => void save(event)}>
        <fieldset className={css.guards}>
          <legend>Proxy to use</legend>
          {keysOf(proxyKindTable).map((kind) => (
            <label key={kind} className={css.guard}>
              <input
                type="radio"
                name="proxy"
                value={kind}
                checked={kind === proxy.kind}
                onChange={(event) => {
                  const picked = keyIn(proxyKindTable, event.target.value)
                  if (picked) change({ kind: picked })
                }}
              />
              <span>
                <strong>{proxyKindTable[kind].choice}</strong>
                <span className={css.means}>{proxyKindTable[kind].says}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {proxy.kind === 'pac' && (
          <Field
            label="Address of the PAC file"
            error={faultAt(failure, 'proxy_pac')}
            hint="Loaded and run by Chromium, isolated from Gatehouse."
          >
            <TextInput
              mono
              required
              placeholder="https://proxy.example.com/proxy.pac"
              value={proxy.pac ?? ''}
              onChange={(event) => change({ pac: event.target.value })}
            />
          </Field>
        )}
        {proxy.kind === 'by-hand' && (
          <>
            <Field
              label="Proxy"
              error={faultAt(failure, 'proxy_address')}
              hint="host:port; start with https:// if the proxy itself uses TLS, with socks5:// or socks4:// for SOCKS."
            >
              <TextInput
                mono
                required
                placeholder="proxy.example.com:3128"
                value={proxy.address ?? ''}
                onChange={(event) => change({ address: event.target.value })}
              />
            </Field>
            <div className={css.pair}>
              <Field label="Name" error={faultAt(failure, 'proxy_name')} hint="If the proxy requires one.">
                <TextInput
                  value={proxy.username ?? ''}
                  onChange={(event) => change({ username: event.target.value })}
                />
              </Field>
              <Field
                label="Password"
                error={faultAt(failure, 'proxy_password_again')}
                hint="Encrypted in the vault, sent only to the proxy."
              >
                <PasswordInput
                  autoComplete="off"
                  placeholder={view.hasProxyPassword ? '•••••••• kept' : ''}
                  value={password ?? ''}
                  onType={(text) => {
                    kept.change({ password: text })
                    setFailure(null)
                  }}
                />
              </Field>
            </div>
            <Field
              label="Except these hosts"
              hint="Separated by commas: api.example.com, *.example.com, 192.168.*, 10.0.0.0/8, fd00::/8, host:8080, <local> for names without a dot."
            >
              <TextInput
                mono
                value={except}
                onChange={(event) => kept.change({ except: event.target.value })}
              />
            </Field>
            <Switch
              label="Also for servers on this computer"
              hint="localhost and 127.0.0.1 are otherwise reached directly."
              checked={proxy.loopback === true}
              onChange={(loopback) => change({ loopback })}
            />
          </>
        )}
        <FormFailure failure={failure} atFields={atFields} />
        <div className={css.row}>
          <Button type="submit" look="primary" busy={busy}>
            Save the proxy
          </Button>
          {kept.changed && (
            <Button disabled={busy} onClick={discard}>
              Discard changes
            </Button>
          )}
        </div>
      </form>
    </Part>
  )
}
