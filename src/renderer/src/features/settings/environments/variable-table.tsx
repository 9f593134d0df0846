import { X } from 'lucide-react'
import { useState, type KeyboardEvent } from 'react'
import { useStore } from 'zustand'
import type { EnvironmentView } from '@contract/environments.ts'
import { discardForm } from '../../../lib/tabs/discard-form.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { useRemoveRow } from '../../../ui/list/use-remove-row.ts'
import { Tag } from '../../../ui/tag.tsx'
import {
  blankRow,
  changesOf,
  gridOf,
  isBlank,
  isTyped,
  withLater,
  withoutCell,
  withSecret,
  withText,
  type Row,
} from './variable-grid.ts'
import css from './variable-table.module.css'

const form = 'variables'

/** The variables of all environments: names in rows, environments in columns; an empty row always waits at the end.
 *  What was typed waits for Save, wherever the user goes meanwhile. */
export function VariableTable({ environments }: { environments: EnvironmentView[] }) {
  const workspace = useWorkspace()
  const { bridge, toasts, unsaved } = workspace
  const typed = useStore(unsaved, ({ forms }) => forms[form])
  const [busy, setBusy] = useState(false)
  const rows = isTyped(typed) ? withLater(typed, environments) : gridOf(environments)
  const changes = changesOf(rows, environments)

  function setRows(to: Row[]): void {
    const same = changesOf(to, environments).length === 0 && to.every(({ name }) => name !== '')
    const of = environments.map(({ id }) => id)
    unsaved.getState().put(form, same ? undefined : { rows: to, of })
  }
  function set(index: number, row: Row): void {
    const all = index === rows.length ? [...rows, row] : rows.with(index, row)
    setRows(all.filter((one, at) => at < rows.length || !isBlank(one)))
  }
  const remove = useRemoveRow(rows, setRows)
  async function save(): Promise<void> {
    setBusy(true)
    for (const change of changes) {
      const answer = await bridge.call['environments:save-variables'](change)
      if (answer.ok) continue
      setBusy(false)
      return toasts.getState().fail(answer.error)
    }
    setBusy(false)
    unsaved.getState().put(form, undefined)
    toasts.getState().show('Variables saved.', 'ok')
  }
  return (
    <>
      <div className={css.box} role="group" aria-label="Variables of all environments">
        <table className={css.table} aria-label="Variables" onKeyDown={onKey}>
          <thead>
            <tr>
              <th scope="col">Name</th>
              {environments.map(({ id, name, current }) => (
                <th scope="col" key={id}>
                  {name} {current && <Tag tone="accent">current</Tag>}
                </th>
              ))}
              <th scope="col" className={css.narrow}>
                Secret
              </th>
              <td />
            </tr>
          </thead>
          <tbody>
            {[...rows, blankRow].map((row, index) => (
              <VariableRow
                key={index}
                row={row}
                place={index}
                last={index === rows.length}
                environments={environments}
                onRow={(to) => set(index, to)}
                onRemove={() => remove(index, row.name === '' ? `Variable ${index + 1}` : `“${row.name}”`)}
              />
            ))}
          </tbody>
        </table>
      </div>
      <div className={css.actions}>
        <Button look="primary" busy={busy} disabled={changes.length === 0} onClick={() => void save()}>
          Save variables
        </Button>
        {changes.length > 0 && (
          <Button disabled={busy} onClick={() => discardForm(workspace, form)}>
            Discard changes
          </Button>
        )}
      </div>
    </>
  )
}

interface RowProps {
  row: Row
  place: number
  last: boolean
  environments: EnvironmentView[]
  onRow: (row: Row) => void
  onRemove: () => void
}

function VariableRow({ row, place, last, environments, onRow, onRemove }: RowProps) {
  const which = row.name || `variable ${place + 1}`
  return (
    <tr>
      <th scope="row">
        <input
          aria-label={`Name of ${which}`}
          placeholder={last ? 'Add a variable' : 'name'}
          spellCheck={false}
          value={row.name}
          onChange={(event) => onRow({ ...row, name: event.target.value })}
        />
      </th>
      {environments.map((environment) => {
        const { id, name } = environment
        const cell = row.cells[id]
        const kept = cell?.secret === true && cell.value === undefined
        return (
          <td key={id}>
            <span className={css.cell}>
              <input
                aria-label={`Value of ${which} in ${name}`}
                type={(cell?.secret ?? row.secret) ? 'password' : 'text'}
                autoComplete="off"
                placeholder={kept ? '•••••• kept' : cell ? 'empty' : last ? '' : 'not set'}
                spellCheck={false}
                value={cell?.value ?? ''}
                onChange={(event) => onRow(withText(row, id, event.target.value, environment))}
              />
              {kept && environments.length > 1 && (
                <IconButton
                  label={`Remove ${which} from ${name}`}
                  onClick={() => onRow(withoutCell(row, id))}
                >
                  <X />
                </IconButton>
              )}
            </span>
          </td>
        )
      })}
      <td className={css.narrow}>
        <input
          type="checkbox"
          aria-label={`${which} is secret`}
          checked={row.secret}
          disabled={last}
          onChange={(event) => onRow(withSecret(row, event.target.checked))}
        />
      </td>
      <td className={css.narrow}>
        {!last && (
          <IconButton label={`Remove ${which}`} onClick={onRemove}>
            <X />
          </IconButton>
        )}
      </td>
    </tr>
  )
}

/** Up and Down go to the same column of the next row. */
function onKey(event: KeyboardEvent<HTMLTableElement>): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  const cell = event.target instanceof HTMLInputElement ? event.target.closest('td, th') : null
  const row = cell?.closest('tr')
  if (by === 0 || !cell || !row || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
  const next = by === 1 ? row.nextElementSibling : row.previousElementSibling
  const place = [...row.children].indexOf(cell)
  const input = next?.children[place]?.querySelector('input:not(:disabled)')
  if (!(input instanceof HTMLInputElement)) return
  event.preventDefault()
  input.focus()
}
