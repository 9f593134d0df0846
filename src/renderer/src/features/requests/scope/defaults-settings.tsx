import { useState } from 'react'
import type { ScopeView } from '@contract/collection-scope.ts'
import type { SendSettings, SettingName } from '@contract/sending/settings.ts'
import { defined } from '@contract/defined.ts'
import { Field, TextInput } from '../../../ui/field.tsx'
import { Select } from '../../../ui/select/select.tsx'
import { InheritedRows } from './inherited-rows.tsx'
import css from './defaults-dialog.module.css'

interface Props {
  settings: SendSettings
  above: ScopeView | undefined
  onChange: (settings: SendSettings) => void
}

/** What is changed; undefined is inherited. */
type Changed = { [Name in keyof SendSettings]?: SendSettings[Name] | undefined }

const follows: [string, string][] = [
  ['', 'Inherited'],
  ['true', 'Follow'],
  ['false', 'Do not follow'],
]
const called: Record<SettingName, string> = {
  timeout: 'Time limit',
  followRedirects: 'Redirects',
  maxRedirects: 'Redirects at most',
  http2: 'HTTP/2',
}
const most = { timeout: 86_400_000, maxRedirects: 50 }

/** How requests are sent by the word of a folder or a collection. */
export function DefaultsSettings({ settings, above, onChange }: Props) {
  const { followRedirects } = settings
  function set(part: Changed): void {
    onChange(defined({ ...settings, ...part }))
  }
  return (
    <div className={css.part}>
      <Count
        label="Time limit in milliseconds"
        hint="Empty: inherited. 0 leaves the usual limit."
        value={settings.timeout}
        most={most.timeout}
        onChange={(timeout) => set({ timeout })}
      />
      <Field label="Redirects">
        <Select
          options={follows}
          value={followRedirects === undefined ? '' : String(followRedirects)}
          onPick={(picked) => set({ followRedirects: picked === '' ? undefined : picked === 'true' })}
        />
      </Field>
      <Count
        label="Redirects at most"
        hint="Empty: inherited."
        value={settings.maxRedirects}
        most={most.maxRedirects}
        onChange={(maxRedirects) => set({ maxRedirects })}
      />
      <InheritedRows
        title="Inherited"
        rows={(above?.settings ?? []).map(({ name, text, from }) => ({
          name: called[name],
          value: text,
          from,
        }))}
      />
    </div>
  )
}

interface CountProps {
  label: string
  hint: string
  value: number | undefined
  most: number
  onChange: (value: number | undefined) => void
}

/** A whole number, or none. Anything else is said and not taken over. */
function Count({ label, hint, value, most: limit, onChange }: CountProps) {
  const [text, setText] = useState(value === undefined ? '' : String(value))
  const number = Number(text)
  const isFit = text.trim() === '' || (/^\d{1,9}$/.test(text.trim()) && number <= limit)
  return (
    <Field
      label={label}
      hint={hint}
      {...(!isFit && { error: `A whole number up to ${limit.toLocaleString('en')}.` })}
    >
      <TextInput
        inputMode="numeric"
        value={text}
        onChange={(event) => {
          const typed = event.target.value
          setText(typed)
          const trimmed = typed.trim()
          if (trimmed === '') onChange(undefined)
          else if (/^\d{1,9}$/.test(trimmed) && Number(trimmed) <= limit) onChange(Number(trimmed))
        }}
      />
    </Field>
  )
}
