import { defined } from '@contract/defined'
import type { ScopeView } from '@contract/collection-scope.ts'
import type { SendSettings, SettingName } from '@contract/sending/settings.ts'
import { Field, TextInput } from '../../../ui/field.tsx'
import { Select } from '../../../ui/select/select.tsx'
import css from './send-settings-form.module.css'

interface Props {
  settings: SendSettings
  /** What is passed on to it by its folders. */
  inherited: ScopeView['settings']
  /** Whose they are: a file of the format has no place for HTTP/2 but a request's. */
  of: 'request' | 'folder'
  onChange: (settings: SendSettings) => void
}

const choices = [
  ['', 'Inherited'],
  ['yes', 'Yes'],
  ['no', 'No'],
] as const
/** Seconds and redirects that may be typed. */
const longestSeconds = 86_400
const mostRedirects = 50

/** How a request is sent, or those of a folder; each says what holds where it is left alone, and where that comes
 *  from. */
export function SendSettingsForm({ settings, inherited, of, onChange }: Props) {
  function set(part: { [Name in SettingName]?: SendSettings[Name] }): void {
    onChange(defined({ ...settings, ...part }))
  }
  function otherwise(name: SettingName): string {
    const found = inherited.find((each) => each.name === name)
    return found ? `Inherited: ${found.text}, from ${found.from}.` : 'Inherited from Settings › Network.'
  }
  return (
    <div className={css.form} data-of={of} role="group" aria-label={`Settings of this ${of}`}>
      <Field label="Follow redirects" hint={otherwise('followRedirects')}>
        <Select
          options={choices}
          value={choiceOf(settings.followRedirects)}
          onPick={(picked) => set({ followRedirects: markOf(picked) })}
        />
      </Field>
      <Field label="Maximum redirects" hint={otherwise('maxRedirects')}>
        <TextInput
          type="number"
          min={0}
          max={mostRedirects}
          placeholder="Inherited"
          disabled={settings.followRedirects === false}
          value={settings.maxRedirects ?? ''}
          onChange={(event) => set({ maxRedirects: countIn(event.target.value, mostRedirects) })}
        />
      </Field>
      <Field label="Total timeout in seconds" hint={otherwise('timeout')}>
        <TextInput
          type="number"
          min={0}
          max={longestSeconds}
          step="any"
          placeholder="Inherited"
          value={settings.timeout === undefined ? '' : settings.timeout / 1_000}
          onChange={(event) => set({ timeout: millisecondsIn(event.target.value) })}
        />
      </Field>
      {of === 'request' && (
        <Field label="HTTP/2, if the server offers it" hint={otherwise('http2')}>
          <Select
            options={choices}
            value={choiceOf(settings.http2)}
            onPick={(picked) => set({ http2: markOf(picked) })}
          />
        </Field>
      )}
    </div>
  )
}

function choiceOf(mark: boolean | undefined): (typeof choices)[number][0] {
  return mark === undefined ? '' : mark ? 'yes' : 'no'
}

function markOf(picked: string): boolean | undefined {
  return picked === '' ? undefined : picked === 'yes'
}

function countIn(text: string, most: number): number | undefined {
  const number = Math.round(Number(text))
  return text.trim() === '' || Number.isNaN(number) ? undefined : Math.min(Math.max(0, number), most)
}

function millisecondsIn(text: string): number | undefined {
  return text.trim() === '' || Number.isNaN(Number(text))
    ? undefined
    : countIn(String(Number(text) * 1_000), longestSeconds * 1_000)
}
