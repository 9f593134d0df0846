import { useEffect, useState } from 'react'
import { Copy, KeyRound, Plus, Trash2 } from 'lucide-react'
import type { RingKeyView } from '@contract/tokens/keys.ts'
import { keyIn, optionsOf } from '@contract/tables/keys-of.ts'
import { ringKeyForms, ringKeyTypes } from '@contract/tables/ring-key-types.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Field, Switch, TextInput } from '../../ui/field.tsx'
import { Menu, MenuAction } from '../../ui/menu/menu.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Select } from '../../ui/select/select.tsx'
import { Tag } from '../../ui/tag.tsx'
import { KeyFields } from './key-fields.tsx'
import { ring } from './ring-store.ts'
import { noKey } from './bench-input.ts'
import css from './key-ring.module.css'

const types = optionsOf(ringKeyTypes, ({ label }) => label)

/** Keys of one's own: made, imported, copied, served. */
export function KeyRing() {
  const { ring: view, failure, load, serve } = ring.use((state) => state)
  useEffect(() => void load(), [load])
  const keys = view?.keys ?? []
  return (
    <div className={css.ring}>
      <section aria-label="Keys" className={css.keys}>
        <h1>Key ring</h1>
        <p className="note">
          Keys that you make or import, encrypted in the vault. Sign, verify, encrypt and decrypt with them;
          their private keys are never shown.
        </p>
        {view !== null && keys.length === 0 && <p className="note">No keys yet. Make or import one.</p>}
        {keys.length > 0 && (
          <ul className={css.list} aria-label="Key ring">
            {keys.map((key) => (
              <Key key={key.id} ringKey={key} />
            ))}
          </ul>
        )}
        <Switch
          label="Serve the public keys on this computer"
          hint="As a JWK Set (RFC 7517), for an API under development, until you switch it off or quit."
          checked={view?.servedAt !== undefined}
          onChange={(on) => void serve(on)}
        />
        {view?.servedAt !== undefined && <code className="selectable wrap-any">{view.servedAt}</code>}
      </section>
      <section aria-label="Add a key" className={css.add}>
        {failure && <Notice tone="bad" title={failure.message} next={failure.next} />}
        <MakeKey />
        <ImportKey />
      </section>
    </div>
  )
}

function Key({ ringKey }: { ringKey: RingKeyView }) {
  const remove = ring.use((state) => state.remove)
  const rename = ring.use((state) => state.rename)
  const copy = ring.use((state) => state.copy)
  const { id, name } = ringKey
  function onName(next: string): void {
    if (next.trim() !== name) void rename(id, next)
  }
  return (
    <li>
      <span className="grow">
        <TextInput
          aria-label={`Name of ${name}`}
          defaultValue={name}
          key={name}
          maxLength={80}
          onBlur={(event) => onName(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur()
          }}
        />
        {ringKey.readable ? (
          <span className={css.facts}>
            <Tag>{ringKey.type}</Tag>
            {!ringKey.canSign && !ringKey.canDecrypt && <Tag>public</Tag>}
            <span className="mono faint wrap-any" title="Thumbprint (RFC 7638)">
              {ringKey.thumbprint}
            </span>
          </span>
        ) : (
          <span className={css.facts}>
            <Tag tone="bad">unreadable</Tag> <span className="note">{ringKey.why.message}</span>
          </span>
        )}
      </span>
      {ringKey.readable && (
        <Menu
          trigger={
            <IconButton label={`Copy ${name}`}>
              <Copy />
            </IconButton>
          }
        >
          {ringKey.forms.map((form) => (
            <MenuAction key={form} icon={<Copy />} onPick={() => void copy(ringKey, form)}>
              {ringKeyForms[form].label}
            </MenuAction>
          ))}
        </Menu>
      )}
      <IconButton label={`Delete ${name}`} onClick={() => void remove(id)}>
        <Trash2 />
      </IconButton>
    </li>
  )
}

function MakeKey() {
  const make = ring.use((state) => state.make)
  const busy = ring.use((state) => state.busy)
  const [name, setName] = useState('')
  const [type, setType] = useState<string>('p-256')
  async function onMake(): Promise<void> {
    if (await make(name, keyIn(ringKeyTypes, type) ?? 'p-256')) setName('')
  }
  return (
    <div className={css.part} role="group" aria-label="Make a key">
      <h2>Make a key</h2>
      <Field label="Kind of key">
        <Select options={types} value={type} onPick={setType} />
      </Field>
      <Field label="Name" hint="Optional.">
        <TextInput value={name} maxLength={80} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Button look="primary" icon={<KeyRound />} busy={busy} onClick={() => void onMake()}>
        Make key
      </Button>
    </div>
  )
}

function ImportKey() {
  const take = ring.use((state) => state.take)
  const busy = ring.use((state) => state.busy)
  const [name, setName] = useState('')
  const [key, setKey] = useState(noKey)
  async function onImport(): Promise<void> {
    if (!(await take(name, key))) return
    setName('')
    setKey(noKey)
  }
  return (
    <div className={css.part} role="group" aria-label="Import a key">
      <h2>Import a key</h2>
      <KeyFields
        value={key}
        onChange={setKey}
        view={null}
        trouble={null}
        hint="Of a JWK Set, every key is imported."
        algorithms={[]}
        alone
      />
      <Field label="Name" hint="Optional.">
        <TextInput value={name} maxLength={80} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Button icon={<Plus />} busy={busy} disabled={key.text.trim() === ''} onClick={() => void onImport()}>
        Import key
      </Button>
    </div>
  )
}
