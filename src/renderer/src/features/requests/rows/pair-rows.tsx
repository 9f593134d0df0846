import { Plus, X } from 'lucide-react'
import type { Pair } from '@contract/requests.ts'
import { useSession } from '../../../lib/workspace.ts'
import { withoutSpacesAround } from '../../../lib/invisible.ts'
import { IconButton } from '../../../ui/button.tsx'
import { InvisibleNotice } from '../../../ui/invisible-notice.tsx'
import { NamesInput } from '../../../ui/names/names-input.tsx'
import { blankPair } from '../drafts.ts'
import { useRequestVariables } from '../scope/scope-context.ts'
import css from './pair-rows.module.css'

const notes = {
  parameter: (
    <>
      Added to the URL as <code>?name=value</code>.
    </>
  ),
  header: 'Sent in addition to those set by the body and the account.',
  variable: 'Of this request alone, before all others of the name.',
  field: 'Sent as a form: names and values are encoded.',
} as const

interface Props {
  /** What a row is. */
  noun: keyof typeof notes
  rows: Pair[]
  onChange: (rows: Pair[]) => void
}

/** Names and values in rows; an empty row always waits at the end. */
export function PairRows({ noun, rows, onChange }: Props) {
  const environment = useSession((state) => state.boot?.environment.name ?? '')
  const variables = useRequestVariables()
  const shown = [...rows, blankPair]
  const set = (index: number, part: Partial<Pair>): void =>
    onChange(
      shown
        .map((row, at) => (at === index ? { ...row, ...part } : row))
        .filter((row, at) => at < rows.length || row.name !== '' || row.value !== ''),
    )
  return (
    <div className={css.rows} role="group" aria-label={`${noun} rows`}>
      {rows.length > 0 && (
        <div className={css.names} aria-hidden="true">
          <span>Name</span>
          <span>Value</span>
        </div>
      )}
      {shown.map((row, index) => {
        const last = index === rows.length
        const which = `${noun} ${index + 1}`
        return (
          <div key={index} className={css.row} data-off={!row.enabled}>
            {last ? (
              <Plus className={css.plus} aria-hidden="true" />
            ) : (
              <input
                type="checkbox"
                aria-label={`Use ${which}`}
                className={css.check}
                checked={row.enabled}
                onChange={(event) => set(index, { enabled: event.target.checked })}
              />
            )}
            <NamesInput
              aria-label={`Name of ${which}`}
              className={css.text}
              placeholder={last ? `Add a ${noun}` : 'name'}
              value={row.name}
              variables={variables}
              onText={(name) => set(index, { name })}
            />
            <NamesInput
              aria-label={`Value of ${which}`}
              className={css.text}
              placeholder={last ? '' : 'value'}
              value={row.value}
              variables={variables}
              onText={(value) => set(index, { value })}
            />
            {last ? (
              <span className={css.gap} />
            ) : (
              <IconButton
                label={`Remove ${which}`}
                onClick={() => onChange(rows.filter((_, at) => at !== index))}
              >
                <X />
              </IconButton>
            )}
          </div>
        )
      })}
      {noun === 'header' &&
        rows.map(({ name, value }, index) => (
          <InvisibleNotice
            key={index}
            label={name === '' ? `Value of header ${index + 1}` : name}
            // A space at the end is on the way to the next word, and no server sees it (RFC 9110 section 5.5).
            text={withoutSpacesAround(value)}
            onTakeOut={(without) => set(index, { value: without })}
          />
        ))}
      <p className={css.note}>
        <span>{notes[noun]}</span>
        <span>
          <code>{'{{name}}'}</code> inserts an environment variable {environment}.
        </span>
      </p>
    </div>
  )
}
