import { Plus, X } from 'lucide-react'
import type { DefaultsView } from '@contract/collection-scope.ts'
import { IconButton } from '../../../ui/button.tsx'
import css from './file-variable-rows.module.css'

type Row = DefaultsView['variables'][number]
const blank: Row = { name: '', value: '', enabled: true, secret: false }

interface Props {
  rows: Row[]
  onChange: (rows: Row[]) => void
}

/** Variables of a file; an empty row always waits at the end. Of a secret one the file has the name alone. */
export function FileVariableRows({ rows, onChange }: Props) {
  const shown = [...rows, blank]
  const set = (index: number, part: Partial<Row>): void =>
    onChange(
      shown
        .map((row, at) => (at === index ? { ...row, ...part } : row))
        .filter((row, at) => at < rows.length || row.name !== '' || row.value !== ''),
    )
  return (
    <div className={css.rows} role="group" aria-label="variable rows">
      <div className={css.names} aria-hidden="true">
        <span>Name</span>
        <span>Value</span>
        <span>Secret</span>
      </div>
      {shown.map((row, index) => {
        const last = index === rows.length
        const which = row.name || `variable ${index + 1}`
        return (
          <div key={index} className={css.row} data-off={!row.enabled}>
            {last ? (
              <Plus className={css.plus} aria-hidden="true" />
            ) : (
              <input
                type="checkbox"
                aria-label={`Use ${which}`}
                checked={row.enabled}
                onChange={(event) => set(index, { enabled: event.target.checked })}
              />
            )}
            <input
              className={css.text}
              aria-label={`Name of variable ${index + 1}`}
              placeholder={last ? 'Add a variable' : 'name'}
              spellCheck={false}
              value={row.name}
              onChange={(event) => set(index, { name: event.target.value })}
            />
            <input
              className={css.text}
              aria-label={`Value of variable ${index + 1}`}
              type={row.secret ? 'password' : 'text'}
              autoComplete="off"
              spellCheck={false}
              placeholder={row.secret ? (row.entered ? '•••••• in your vault' : 'not entered yet') : ''}
              value={row.value}
              onChange={(event) => set(index, { value: event.target.value })}
            />
            <input
              type="checkbox"
              aria-label={`${which} is secret`}
              checked={row.secret}
              disabled={last}
              onChange={(event) => set(index, { secret: event.target.checked })}
            />
            {last ? (
              <span />
            ) : (
              <IconButton label={`Remove ${which}`} onClick={() => onChange(rows.toSpliced(index, 1))}>
                <X />
              </IconButton>
            )}
          </div>
        )
      })}
      <p className={css.note}>
        Values are saved in the file and shared with the folder. For a secret, only the name is; its value is
        kept in your vault.
      </p>
    </div>
  )
}
