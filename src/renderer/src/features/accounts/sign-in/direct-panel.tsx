import { useState, type ComponentType, type SubmitEvent } from 'react'
import { KeyRound } from 'lucide-react'
import type { ConnectionView } from '@contract/connections.ts'
import type { DirectGrantInput, TokenSource } from '@contract/grants.ts'
import type { FormGrant } from '@contract/tables/grants.ts'
import { tokenTypes } from '@contract/words.ts'
import { useDirectory, useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Choice, Field, TextArea, TextInput } from '../../../ui/field.tsx'
import { Select } from '../../../ui/select/select.tsx'
import css from './sign-in-panel.module.css'

/** What a grant without a browser has to be given. */
export function DirectPanel({ connection, grant }: { connection: ConnectionView; grant: FormGrant }) {
  const { directory } = useWorkspace()
  const [busy, setBusy] = useState(false)
  const Form = forms[grant]
  function onInput(input: DirectGrantInput): void {
    setBusy(true)
    void directory
      .getState()
      .getDirectly(connection.id, input)
      .finally(() => setBusy(false))
  }
  return (
    <section className={css.panel} aria-label="Get a token" aria-busy={busy}>
      <Form connection={connection} onInput={onInput} />
    </section>
  )
}

interface FormProps {
  connection: ConnectionView
  onInput: (input: DirectGrantInput) => void
}

const forms: Record<FormGrant, ComponentType<FormProps>> = {
  password: PasswordForm,
  jwt_bearer: AssertionForm,
  token_exchange: ExchangeForm,
}

function shortType(type: string): string {
  return type.slice(type.lastIndexOf(':') + 1).replace('_', ' ')
}

function PasswordForm({ onInput }: { onInput: (input: DirectGrantInput) => void }) {
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  function submit(event: SubmitEvent): void {
    event.preventDefault()
    onInput({ grant: 'password', username, password })
    setPassword('')
  }
  return (
    <form className={css.direct} onSubmit={submit}>
      <Field label="Username">
        <TextInput required value={username} onChange={(event) => setUsername(event.target.value)} />
      </Field>
      <Field label="Password" hint="Sent once, to the token endpoint. Not stored.">
        <TextInput
          type="password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      <Submit />
    </form>
  )
}

function AssertionForm({
  connection,
  onInput,
}: {
  connection: ConnectionView
  onInput: (input: DirectGrantInput) => void
}) {
  const [source, setSource] = useState<'sign' | 'paste'>(connection.clientKey ? 'sign' : 'paste')
  const [text, setText] = useState('')
  function submit(event: SubmitEvent): void {
    event.preventDefault()
    onInput({ grant: 'jwt_bearer', from: source === 'sign' ? { subject: text } : { assertion: text } })
  }
  return (
    <form className={css.direct} onSubmit={submit}>
      {connection.clientKey && (
        <Choice
          legend="Assertion"
          value={source}
          options={[
            ['sign', 'Sign one here'],
            ['paste', 'Paste one'],
          ]}
          onPick={(picked) => {
            setSource(picked === 'paste' ? 'paste' : 'sign')
            setText('')
          }}
        />
      )}
      {source === 'sign' ? (
        <Field label="Subject" hint="Who the token is for: sub of the assertion.">
          <TextInput mono required value={text} onChange={(event) => setText(event.target.value)} />
        </Field>
      ) : (
        <Field label="Assertion" hint="A JWT that the provider trusts.">
          <TextArea rows={3} required value={text} onChange={(event) => setText(event.target.value)} />
        </Field>
      )}
      <Submit />
    </form>
  )
}

function ExchangeForm({ onInput }: { onInput: (input: DirectGrantInput) => void }) {
  const accounts = useDirectory((state) => state.accounts)
  const [from, setFrom] = useState(accounts[0]?.id ?? 'pasted')
  const [kind, setKind] = useState<'access' | 'refresh' | 'id'>('access')
  const [token, setToken] = useState('')
  const [type, setType] = useState<(typeof tokenTypes)[number]>(tokenTypes[0])
  function submit(event: SubmitEvent): void {
    event.preventDefault()
    const subject: TokenSource = from === 'pasted' ? { token, type } : { accountId: from, kind }
    onInput({ grant: 'token_exchange', subject })
  }
  return (
    <form className={css.direct} onSubmit={submit}>
      <Field label="Token from">
        <Select
          value={from}
          options={[
            ...accounts.map(({ id, displayName }) => [id, displayName] as const),
            ['pasted', 'somewhere else (paste it)'] as const,
          ]}
          onPick={setFrom}
        />
      </Field>
      {from === 'pasted' ? (
        <>
          <Field label="Token type">
            <Select
              value={type}
              options={tokenTypes.map((one) => [one, shortType(one)] as const)}
              onPick={(picked) => setType(tokenTypes.find((one) => one === picked) ?? tokenTypes[0])}
            />
          </Field>
          <Field label="Token">
            <TextArea rows={3} required value={token} onChange={(event) => setToken(event.target.value)} />
          </Field>
        </>
      ) : (
        <Field label="Token type" hint="It leaves the vault only to be sent.">
          <Select
            value={kind}
            options={[
              ['access', 'access token'],
              ['id', 'ID token'],
              ['refresh', 'refresh token'],
            ]}
            onPick={(picked) => setKind(picked === 'id' || picked === 'refresh' ? picked : 'access')}
          />
        </Field>
      )}
      <Submit />
    </form>
  )
}

function Submit() {
  return (
    <div>
      <Button type="submit" look="primary" icon={<KeyRound />}>
        Get a token
      </Button>
    </div>
  )
}
