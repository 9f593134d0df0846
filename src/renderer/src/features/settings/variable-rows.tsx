import { useState } from 'react'
import { X } from 'lucide-react'
import { useStore } from 'zustand'
import type { EnvironmentView } from '@contract/environments.ts'
import { useWorkspace } from '../../lib/workspace.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import css from './settings.module.css'

interface Row {
  name: string
  secret: boolean
  /** Left out: a secret whose value stays as it is. */
  value?: string
}

const blank: Row = { name: '', secret: false, value: '' }

/** The variables of an environment; an empty row always waits at the end. What was typed waits for Save, wherever the
 *  user goes meanwhile. */
export function VariableRows({ environment }: { environment: EnvironmentView }) {
  const { bridge, toasts, unsaved } = useWorkspace()
  const form = `variables:${environment.id}`
  const typed = useStore(unsaved, ({ forms }) => forms[form])
  const rows: Row[] = isRows(typed) ? typed : environment.variables
  const [busy, setBusy] = useState(false)
  const changed = JSON.stringify(rows) !== JSON.stringify(environment.variables)
  const shown = [...rows, blank]

  function setRows(to: Row[]): void {
    const same = JSON.stringify(to) === JSON.stringify(environment.variables)
    unsaved.getState().put(form, same ? undefined : to)
  }
  const set = (index: number, part: Partial<Row>): void =>
    setRows(
      shown
        .map((row, at) => (at === index ? { ...row, ...part } : row))
        .filter((row, at) => at < rows.length || !isBlank(row)),
    )
  async function save(): Promise<void> {
    setBusy(true)
    const answer = await bridge.call['environments:save-variables']({ id: environment.id, variables: rows })
    setBusy(false)
    if (!answer.ok) return toasts.getState().fail(answer.error)
    unsaved.getState().put(form, undefined)
    toasts.getState().show('Variables saved.', 'ok')
  }
  return (
    <>
      <div className={css.variables} role="group" aria-label="Variables">
        <div className={`${css.variable} ${css.heads}`} aria-hidden="true">
          <span>name</span>
          <span>value</span>
          <span>secret</span>
          <span className={css.gapIcon} />
        </div>
        {shown.map((row, index) => {
          const last = index === rows.length
          const which = row.name || `variable ${index + 1}`
          return (
            <div key={index} className={css.variable}>
              <input
                aria-label={`Name of ${which}`}
                placeholder={last ? 'Add a variable' : 'name'}
                spellCheck={false}
                value={row.name}
                onChange={(event) => set(index, { name: event.target.value })}
              />
              <input
                aria-label={`Value of ${which}`}
                type={row.secret ? 'password' : 'text'}
                autoComplete="off"
                placeholder={row.secret && row.value === undefined ? 'kept; type to replace' : 'value'}
                spellCheck={false}
                value={row.value ?? ''}
                onChange={(event) => set(index, { value: event.target.value })}
              />
              <label className={css.secret}>
                <input
                  type="checkbox"
                  aria-label={`${which} is secret`}
                  checked={row.secret}
                  disabled={last}
                  onChange={(event) => set(index, { secret: event.target.checked })}
                />
              </label>
              {last ? (
                <span className={css.gapIcon} />
              ) : (
                <IconButton
                  label={`Remove ${which}`}
                  onClick={() => setRows(rows.filter((_, at) => at !== index))}
                >
                  <X />
                </IconButton>
              )}
            </div>
          )
        })}
      </div>
      <div className={css.row}>
        <Button look="primary" busy={busy} disabled={!changed} onClick={() => void save()}>
          Save variables
        </Button>
        {changed && (
          <Button disabled={busy} onClick={() => setRows(environment.variables)}>
            Discard changes
          </Button>
        )}
      </div>
    </>
  )
}

function isRows(value: unknown): value is Row[] {
  return (
    Array.isArray(value) &&
    value.every(
      (row: Partial<Row> | null) =>
        typeof row?.name === 'string' &&
        typeof row.secret === 'boolean' &&
        (row.value === undefined || typeof row.value === 'string'),
    )
  )
}

function isBlank(row: Row): boolean {
  return row.name === '' && !row.value && !row.secret
}
