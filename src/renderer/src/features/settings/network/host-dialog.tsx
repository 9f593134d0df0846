import { useId, useState, type SubmitEvent } from 'react'
import type { HostRule, HostRuleDraft, NetworkView } from '@contract/network/network.ts'
import type { Failure } from '@contract/result.ts'
import { useKept } from '../../../lib/tabs/use-kept.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { faultAt, FormFailure } from '../../../ui/form/form-failure.tsx'
import { Choice, Field, Switch, TextArea, TextInput } from '../../../ui/field.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { PasswordInput } from '../../../ui/password-input.tsx'
import { Resumed } from '../../../ui/resumed.tsx'
import css from '../settings.module.css'

interface Props {
  rule?: HostRule
  onClose: () => void
  onSaved: (view: NetworkView) => void
}
type Source = 'kept' | 'none' | 'file' | 'pem'
interface Typed {
  host: string
  address: string
  unchecked: boolean
  source: Source
  certificate: string
  key: string
  passphrase: string
}

const atFields = ['host_unfit', 'host_taken', 'host_address_unfit']

/** Sets what holds for one server. */
export function HostDialog({ rule, onClose, onSaved }: Props) {
  const { bridge } = useWorkspace()
  const form = useId()
  const kept = useKept<Typed>(`server:${rule?.host ?? ''}`, {
    host: rule?.host ?? '',
    address: rule?.address ?? '',
    unchecked: rule?.unchecked === true,
    source: rule?.certificate ? 'kept' : 'none',
    certificate: '',
    key: '',
    passphrase: '',
  })
  const { form: typed, change } = kept
  const { host, address, unchecked, source } = typed
  const [file, setFile] = useState<string | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)

  async function choose(): Promise<void> {
    const answer = await bridge.call['network:choose-certificate']({})
    if (!answer.ok) return setFailure(answer.error)
    setFailure(null)
    if (answer.value.name !== null) setFile(answer.value.name)
  }
  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    const answer = await bridge.call['network:save-host']({
      host,
      unchecked,
      ...(address.trim() !== '' && { address }),
      ...(rule && { was: rule.host }),
      ...certificateOf(typed),
    })
    setBusy(false)
    if (!answer.ok) return setFailure(answer.error)
    kept.forget()
    onSaved(answer.value)
  }
  return (
    <Dialog
      title={rule ? `Edit ${rule.host}` : 'Add a server'}
      onClose={onClose}
      wide
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} look="primary" busy={busy}>
            Save
          </Button>
        </>
      }
    >
      <form id={form} className={css.form} onSubmit={(event) => void save(event)}>
        <Resumed of={kept} />
        <Field
          label="Server"
          error={faultAt(failure, 'host_unfit', 'host_taken')}
          hint="api.example.com, api.example.com:8443, or *.example.com for all below it."
        >
          <TextInput
            mono
            required
            data-first
            value={host}
            onChange={(event) => change({ host: event.target.value })}
          />
        </Field>
        <Field
          label="Address"
          error={faultAt(failure, 'host_address_unfit')}
          hint="An IP address or host name to connect to instead of what DNS returns. The server still sees its own name."
        >
          <TextInput
            mono
            placeholder="from DNS"
            value={address}
            onChange={(event) => change({ address: event.target.value })}
          />
        </Field>
        <span className={css.label}>Client certificate</span>
        <Choice
          legend="Client certificate"
          value={source}
          options={[
            ...(rule?.certificate ? ([['kept', 'Unchanged']] as const) : []),
            ['none', 'None'],
            ['file', 'File'],
            ['pem', 'PEM text'],
          ]}
          onPick={(picked) => change({ source: picked as Source })}
        />
        {source === 'kept' && rule?.certificate && <p className="note">{rule.certificate.subject}</p>}
        {source === 'file' && (
          <>
            <div className={css.row}>
              <Button onClick={() => void choose()}>Choose a PEM or PKCS#12 file</Button>
              <span className="mono wrap-any">{file}</span>
            </div>
            <Field
              label="Passphrase"
              hint="If the file or its key has one. An encrypted copy is kept in the vault."
            >
              <PasswordInput
                autoComplete="off"
                value={typed.passphrase}
                onType={(passphrase) => change({ passphrase })}
              />
            </Field>
          </>
        )}
        {source === 'pem' && (
          <>
            <Field label="Certificate" hint="PEM, the client certificate first.">
              <TextArea
                required
                rows={4}
                value={typed.certificate}
                onChange={(event) => change({ certificate: event.target.value })}
              />
            </Field>
            <Field label="Private key" hint="PEM, without a passphrase. Encrypted in the vault.">
              <TextArea
                required
                rows={4}
                value={typed.key}
                onChange={(event) => change({ key: event.target.value })}
              />
            </Field>
          </>
        )}
        <Switch
          label="Do not check this server’s certificate"
          hint="Anyone in between can then read and change what is sent, including tokens. It is safer to add its authority in Settings › Certificate authorities."
          checked={unchecked}
          onChange={(on) => change({ unchecked: on })}
        />
        {unchecked && (
          <Notice tone="bad" title="TLS to this server will not be checked">
            It is marked in red wherever it applies, until you turn it off here.
          </Notice>
        )}
        <FormFailure failure={failure} atFields={atFields} />
      </form>
    </Dialog>
  )
}

function certificateOf(typed: Typed): Pick<HostRuleDraft, 'certificate'> {
  switch (typed.source) {
    case 'kept':
      return {}
    case 'none':
      return { certificate: null }
    case 'file':
      return { certificate: { kind: 'file', passphrase: typed.passphrase } }
    case 'pem':
      return { certificate: { kind: 'pem', certificate: typed.certificate, key: typed.key } }
  }
}
