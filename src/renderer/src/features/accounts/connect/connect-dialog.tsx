import { useId, useRef, useState, type SubmitEvent } from 'react'
import type { ConnectFound } from '@contract/connect.ts'
import type { ConnectionView, ProviderView } from '@contract/connections.ts'
import type { Failure } from '@contract/result.ts'
import { useEnvironment, useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Choice, Field, Switch } from '../../../ui/field.tsx'
import { NamesInput } from '../../../ui/names/names-input.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Resumed } from '../../../ui/resumed.tsx'
import { openConnection } from '../actions.ts'
import { formFrom } from './connect-address.ts'
import { ClientFields } from './client-fields.tsx'
import { AdvancedFields } from './advanced-fields.tsx'
import { needsSecret, draftOf, wantsInsecure, withoutFilled, type ConnectionForm } from './connection-form.ts'
import { endpointFields } from './endpoint-fields.ts'
import { fieldOf, formFaults, type Faults } from './form-faults.ts'
import { Discovered } from './discovered.tsx'
import { FoundAddress } from './found-address.tsx'
import { useKeptForm } from './kept-form.ts'
import { RegisterOffer } from './register-offer.tsx'
import { TemplatePicker } from './template-picker.tsx'
import css from './connect-dialog.module.css'

interface Props {
  connection?: ConnectionView
  onClose: () => void
}

/** Makes a connection or edits one. */
export function ConnectDialog({ connection, onClose }: Props) {
  const workspace = useWorkspace()
  const formId = useId()
  const { form, setForm, resumed, startOver, done } = useKeptForm(connection)
  const variables = useEnvironment()
  const [found, setFound] = useState<ProviderView | null>(null)
  const [address, setAddress] = useState<ConnectFound | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState<'discover' | 'save' | null>(null)
  /** Fields that hold text of their own start over when an address has filled the form. */
  const [advancedKey, setAdvancedKey] = useState(0)
  /** What the last look-up put into the form. */
  const [filledIn, setFilledIn] = useState<Partial<ConnectionForm>>({})
  /** Faults are shown from the first try to save on. */
  const [tried, setTried] = useState(false)
  const element = useRef<HTMLFormElement>(null)
  function change(part: Partial<ConnectionForm>): void {
    setForm((now) => ({ ...now, ...part }))
    setFailure(null)
  }
  const missing = formFaults(form, {
    clientSecret: connection?.hasClientSecret ?? false,
    certificate: connection?.certificate !== undefined,
  })
  const place = failure && fieldOf(failure)
  const faults: Faults = {
    ...(tried && missing),
    ...(failure &&
      place && { [place]: failure.next ? `${failure.message} ${failure.next}` : failure.message }),
  }
  /** Brings the first fault before the user: its field, or what is said of the whole. */
  function showFault(): void {
    requestAnimationFrame(() => {
      const target = element.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-fault]')
      target?.focus()
      target?.scrollIntoView({ block: 'nearest' })
    })
  }

  /** Takes any address for a new connection; an edited one keeps what it is. */
  async function lookUp(text: string, byPost = false): Promise<void> {
    setBusy('discover')
    const { allowInsecure } = form
    const answer = await workspace.bridge.call['connect:read']({ text, allowInsecure, byPost })
    setBusy(null)
    setFailure(answer.ok ? null : answer.error)
    setAddress(answer.ok ? answer.value : null)
    setFound((answer.ok && answer.value.provider) || null)
    const filled = answer.ok ? formFrom(answer.value) : {}
    setForm((now) => ({ ...withoutFilled(now, filledIn), ...filled }))
    setFilledIn(filled)
    if (!answer.ok) showFault()
    setAdvancedKey((key) => key + 1)
  }
  async function discover(): Promise<void> {
    if (!connection) return lookUp(form.issuer)
    setBusy('discover')
    const answer = await workspace.bridge.call['connections:discover']({
      issuer: form.issuer,
      allowInsecure: form.allowInsecure,
    })
    setBusy(null)
    setFound(answer.ok ? answer.value : null)
    if (answer.ok) change({ issuer: answer.value.issuer })
    else {
      setFailure(answer.error)
      showFault()
    }
  }
  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    setTried(true)
    if (Object.keys(missing).length > 0) return showFault()
    setBusy('save')
    const answer = await workspace.bridge.call['connections:save'](draftOf(form))
    setBusy(null)
    if (!answer.ok) {
      setFailure(answer.error)
      return showFault()
    }
    await connected(answer.value)
  }
  async function connected(made: ConnectionView): Promise<void> {
    done()
    await workspace.directory.getState().load()
    openConnection(workspace, made)
    onClose()
  }

  const askByPost = (
    <Button small busy={busy === 'discover'} onClick={() => void lookUp(form.issuer, true)}>
      Try a POST request
    </Button>
  )
  return (
    <Dialog
      wide
      title={connection ? `Edit ${connection.name}` : 'Connect a provider'}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} look="primary" busy={busy === 'save'}>
            {connection ? 'Save' : 'Connect'}
          </Button>
        </>
      }
    >
      <form id={formId} ref={element} className={css.form} noValidate onSubmit={(event) => void save(event)}>
        <Resumed of={{ changed: resumed, forget: startOver }} />
        <Choice
          legend="How to find the provider"
          value={form.mode}
          options={[
            ['discover', 'From its issuer'],
            ['by-hand', 'Enter endpoints manually'],
          ]}
          onPick={(mode) => change({ mode: mode === 'by-hand' ? 'by-hand' : 'discover' })}
        />
        <div className={css.beside}>
          <Field
            label={connection || form.mode === 'by-hand' ? 'Issuer' : 'Issuer, or any address'}
            error={faults.issuer}
            hint={
              form.mode !== 'discover'
                ? undefined
                : connection
                  ? 'Its metadata is read from /.well-known; nothing is saved yet.'
                  : 'You can also paste a discovery document, an authorization URL or the URL of a protected API. It is only read; nothing is saved yet.'
            }
          >
            <NamesInput
              className={css.typed}
              inputMode="url"
              required
              variables={variables}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || form.mode !== 'discover' || found) return
                event.preventDefault()
                if (form.issuer.trim() !== '') void discover()
              }}
              data-first
              placeholder="https://login.example.com"
              value={form.issuer}
              onText={(issuer) => {
                change({ issuer })
                setFound(null)
                setAddress(null)
              }}
            />
          </Field>
          {form.mode === 'discover' && (
            <Button
              className={css.discover}
              disabled={form.issuer.trim() === ''}
              busy={busy === 'discover'}
              onClick={() => void discover()}
            >
              Discover
            </Button>
          )}
        </div>
        {!connection && form.mode === 'discover' && !found && (
          <TemplatePicker busy={busy === 'discover'} onAddress={(text) => void lookUp(text)} />
        )}
        <div className={css.told} aria-live="polite">
          {address && (
            <FoundAddress
              found={address}
              filled={filledParts(form)}
              needed={missing.clientSecret === undefined ? [] : ['Client secret']}
              actions={address.takesNoGet && askByPost}
            />
          )}
          {form.mode === 'discover' && found && (
            <Discovered provider={found} scope={form.scope} onScope={(scope) => change({ scope })} />
          )}
        </div>
        {address?.registers && form.mode === 'discover' && form.clientId.trim() === '' && (
          <RegisterOffer form={form} onConnected={connected} />
        )}
        {form.mode === 'by-hand' && (
          <div className={css.pair}>
            {endpointFields(form).map(([key, label, required]) => (
              <Field key={key} label={required ? label : `${label}, optional`} error={faults[key]}>
                <NamesInput
                  className={css.typed}
                  inputMode="url"
                  required={required}
                  variables={variables}
                  value={form[key]}
                  onText={(text) => change({ [key]: text })}
                />
              </Field>
            ))}
          </div>
        )}
        <ClientFields
          form={form}
          change={change}
          hasStoredSecret={connection?.hasClientSecret ?? false}
          connection={connection}
          faults={faults}
        />
        <AdvancedFields
          key={advancedKey}
          provider={found ?? connection?.provider}
          form={form}
          change={change}
        />
        <Switch
          label="Allow plain HTTP to another computer"
          hint="Only for this connection. Plain HTTP to this computer is always allowed."
          checked={form.allowInsecure}
          onChange={(allowInsecure) => change({ allowInsecure })}
        />
        {form.allowInsecure ? (
          <Notice tone="warn" title="Anyone in between can read and change the traffic">
            Codes, tokens and the client secret would travel unencrypted. Use this in a closed test network
            only.
          </Notice>
        ) : (
          wantsInsecure(form) && (
            <Notice tone="warn" title="This address is not encrypted">
              It will be refused unless you allow plain HTTP above.
            </Notice>
          )
        )}
        {failure && !place && (
          <div data-fault tabIndex={-1}>
            <Notice
              tone="bad"
              title={failure.message}
              next={failure.next}
              actions={failure.code === 'resource_no_get' && askByPost}
            >
              <code>{failure.code}</code>
            </Notice>
          </div>
        )}
      </form>
    </Dialog>
  )
}

/** Names of what was missing and has been typed since. */
function filledParts(form: ConnectionForm): ReadonlySet<string> {
  return new Set([
    ...(form.clientId.trim() ? ['Client ID'] : []),
    ...(form.scope.trim() ? ['Scope'] : []),
    ...(form.clientSecret || !needsSecret(form) ? ['Client secret'] : []),
    ...(form.tokenEndpoint.trim() ? ['Token endpoint'] : []),
  ])
}
