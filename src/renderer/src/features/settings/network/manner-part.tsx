import { useState, type SubmitEvent } from 'react'
import type { NetworkManner, NetworkView } from '@contract/network/network.ts'
import type { Failure } from '@contract/result.ts'
import { useKept } from '../../../lib/tabs/use-kept.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Field, Switch, TextInput } from '../../../ui/field.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Select } from '../../../ui/select/select.tsx'
import { Part } from '../part.tsx'
import css from '../settings.module.css'
import { mannerOf, typedManner, usualRedirects, type TypedManner } from './typed-manner.ts'

interface Props {
  view: NetworkView
  onSaved: (view: NetworkView) => void
}

const families = [
  ['both', 'IPv4 and IPv6 side by side'],
  ['ipv4', 'IPv4 only'],
  ['ipv6', 'IPv6 only'],
] as const

/** How connections are made, and how long is waited. */
export function MannerPart({ view, onSaved }: Props) {
  const { bridge, toasts } = useWorkspace()
  const kept = useKept('limits', typedManner(view.settings.manner ?? {}))
  const typed = kept.form
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  function change(part: Partial<TypedManner>): void {
    kept.change(part)
    setFailure(null)
  }
  function discard(): void {
    kept.discard()
    setFailure(null)
  }
  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    const manner: NetworkManner = mannerOf(typed)
    const answer = await bridge.call['network:save-manner'](manner)
    setBusy(false)
    if (!answer.ok) return setFailure(answer.error)
    onSaved(answer.value)
    kept.forget()
    toasts.getState().show('Limits and connections saved.', 'ok')
  }
  return (
    <Part
      title="Limits & connections"
      says="In seconds, for requests and sign-in. Leave empty for the defaults: 15, 60 and 120 for requests, 10, 10 and 30 for sign-in."
    >
      <form className={css.form} onSubmit={(event) => void save(event)}>
        <div className={css.pair}>
          <Seconds label="Connect timeout" value={typed.connect} onType={(connect) => change({ connect })} />
          <Seconds label="Response timeout" value={typed.pause} onType={(pause) => change({ pause })} />
          <Seconds label="Total timeout" value={typed.total} onType={(total) => change({ total })} />
        </div>
        <div className={css.narrow}>
          <Field
            label="Maximum response size"
            hint="In megabytes, 1000 by default. A longer response is cut off there, and says so."
          >
            <TextInput
              type="number"
              min={1}
              max={1_000_000}
              placeholder="1000"
              value={typed.megabytes}
              onChange={(event) => change({ megabytes: event.target.value })}
            />
          </Field>
        </div>
        <Switch
          label="Follow redirects"
          hint="For requests. Tokens and cookies are never sent on to another server; sign-in follows no redirects."
          checked={typed.follows}
          onChange={(follows) => change({ follows })}
        />
        {typed.follows && (
          <div className={css.narrow}>
            <Field label="Maximum redirects" hint={`${usualRedirects} by default, at most 50.`}>
              <TextInput
                type="number"
                min={1}
                max={50}
                placeholder={usualRedirects}
                value={typed.redirects}
                onChange={(event) => change({ redirects: event.target.value })}
              />
            </Field>
          </div>
        )}
        <Switch
          label="Keep connections open"
          hint="The next message to the same server needs no new handshake."
          checked={typed.keepsOpen}
          onChange={(keepsOpen) => change({ keepsOpen })}
        />
        <Switch
          label="HTTP/2"
          hint="With servers that offer it; others get HTTP/1.1."
          checked={typed.http2}
          onChange={(http2) => change({ http2 })}
        />
        <div className={css.narrow}>
          <Field label="Addresses">
            <Select
              value={typed.family}
              options={families}
              onPick={(picked) => change({ family: families.find(([id]) => id === picked)?.[0] ?? 'both' })}
            />
          </Field>
        </div>
        {failure && <Notice tone="bad" title={failure.message} next={failure.next} />}
        <div className={css.row}>
          <Button type="submit" look="primary" busy={busy} disabled={view.trouble !== undefined}>
            Save limits and connections
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

function Seconds({ label, value, onType }: { label: string; value: string; onType: (text: string) => void }) {
  return (
    <Field label={label}>
      <TextInput
        type="number"
        min={1}
        max={86_400}
        placeholder="default"
        value={value}
        onChange={(event) => onType(event.target.value)}
      />
    </Field>
  )
}
