import { Pause, Play, Square } from 'lucide-react'
import { useState } from 'react'
import type { TabSubject } from '../../../lib/tabs/tab.ts'
import { useDirectory, useSession } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Field, TextInput } from '../../../ui/field.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Select } from '../../../ui/select/select.tsx'
import { EnvironmentSelect } from '../scope/environment-select.tsx'
import { useScope } from '../scope/scope-context.ts'
import { RunData } from './run-data.tsx'
import { RunResults } from './run-results.tsx'
import { RunTags } from './run-tags.tsx'
import { RunUnsent } from './run-unsent.tsx'
import { runs, type RunSettings } from './runs-store.ts'
import css from './run-page.module.css'

interface Props {
  tabId: string
  subject: Extract<TabSubject, { kind: 'run' }>
}

/** A folder of a collection that is sent request by request: what is set for it, and what comes of it. */
export function RunPage({ tabId, subject }: Props) {
  const store = runs.use((state) => state)
  const environment = useSession((state) => state.boot?.environment.name ?? '')
  const { settings, view, failure } = store.of(tabId)
  const isUnderWay = view?.state === 'running' || view?.state === 'paused'
  const set = (part: Partial<RunSettings>): void => store.set(tabId, part)
  const { collectionId, folder, name, paths } = subject
  const scope = useScope({ collectionId, path: folder === '' ? '' : `${folder}/` })
  /** One button, so that whoever pressed it keeps the focus. */
  const main = isUnderWay
    ? view.state === 'running'
      ? { label: 'Pause', icon: <Pause />, act: () => void store.pause(tabId, true) }
      : { label: 'Resume', icon: <Play />, act: () => void store.pause(tabId, false) }
    : {
        label: view ? 'Run again' : 'Run',
        icon: <Play />,
        act: () => void store.start(tabId, { collectionId, folder, ...(paths && { paths }) }),
      }
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1>Run “{name}”</h1>
        <p className="note">
          Sends its requests one after another, in the environment {environment}, and evaluates their checks.
          Scripts are not run.
        </p>
      </header>
      <fieldset className={css.settings} disabled={isUnderWay} aria-label="Settings of the run">
        <Field label="Call as">
          <CallAs value={settings.callAs} disabled={isUnderWay} onPick={(callAs) => set({ callAs })} />
        </Field>
        {scope !== undefined && scope.environments.length > 0 && (
          <Field label="Environment">
            <EnvironmentSelect
              collectionId={collectionId}
              scope={scope}
              label="Environment"
              disabled={isUnderWay}
            />
          </Field>
        )}
        <RunData data={settings.data} onData={(data) => set({ data })} />
        {settings.data === undefined && (
          <Field label="Iterations">
            <Count value={settings.times} least={1} most={10_000} onCount={(times) => set({ times })} />
          </Field>
        )}
        <Field label="Delay in ms">
          <Count value={settings.delay} least={0} most={600_000} onCount={(delay) => set({ delay })} />
        </Field>
        <RunTags
          collectionId={collectionId}
          tags={settings.tags}
          disabled={isUnderWay}
          onTags={(tags) => set({ tags })}
        />
        <label className={css.stop}>
          <input
            type="checkbox"
            checked={settings.stopAtFailure}
            onChange={(event) => set({ stopAtFailure: event.target.checked })}
          />
          Stop at the first failure
        </label>
      </fieldset>
      <RunUnsent of={{ collectionId, folder, ...(paths && { paths }) }} settings={settings} />
      <div className={css.actions}>
        <Button look={view?.state === 'running' ? 'plain' : 'primary'} icon={main.icon} onClick={main.act}>
          {main.label}
        </Button>
        {view && (
          <Button
            icon={<Square />}
            aria-disabled={!isUnderWay}
            onClick={() => isUnderWay && void store.cancel(tabId)}
          >
            Cancel
          </Button>
        )}
      </div>
      {failure && (
        <Notice tone="bad" title={failure.message} next={failure.next}>
          <code>{failure.code}</code>
        </Notice>
      )}
      {view && <RunResults tabId={tabId} view={view} />}
    </div>
  )
}

interface CallAsProps {
  value: RunSettings['callAs']
  disabled: boolean
  onPick: (value: RunSettings['callAs']) => void
}

const own = 'own'
const noAccount = 'none'

function CallAs({ value, disabled, onPick }: CallAsProps) {
  const accounts = useDirectory((state) => state.accounts)
  const options: [string, string][] = [
    [own, 'As set in each request'],
    [noAccount, 'No token'],
    ...accounts.map(({ id, displayName }): [string, string] => [id, displayName]),
  ]
  return (
    <Select
      options={options}
      disabled={disabled}
      value={value ?? noAccount}
      onPick={(picked) => onPick(picked === noAccount ? null : picked)}
    />
  )
}

interface CountProps {
  value: number
  least: number
  most: number
  onCount: (count: number) => void
}

/** A whole number that can be empty while one types. */
function Count({ value, least, most, onCount }: CountProps) {
  const [typed, setTyped] = useState(String(value))
  return (
    <TextInput
      type="number"
      inputMode="numeric"
      min={least}
      max={most}
      value={typed}
      onChange={(event) => {
        setTyped(event.target.value)
        const count = event.target.valueAsNumber
        if (Number.isInteger(count) && count >= least && count <= most) onCount(count)
      }}
      onBlur={() => setTyped(String(value))}
    />
  )
}
