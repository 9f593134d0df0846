import type { ClipboardEvent } from 'react'
import type { Pair } from '@contract/requests.ts'
import { withoutSpacesAround } from '../../../lib/invisible.ts'
import { InvisibleNotice } from '../../../ui/invisible-notice.tsx'
import { useRemoveRow } from '../../../ui/list/use-remove-row.ts'
import { NamesInput } from '../../../ui/names/names-input.tsx'
import { blankPair } from '../drafts.ts'
import type { RowSuggestions } from './known-headers.ts'
import { pairsAsText, rowsPasted, type RowsAsText } from './rows-text.ts'
import { useRequestVariables } from '../scope/scope-context.ts'
import { rowCalled, RowEnd, RowStart } from './row-ends.tsx'
import css from './pair-rows.module.css'

const notes = {
  parameter: 'The query of the URL, exactly as it is sent.',
  header: 'Sent in addition to those set by the body and the account.',
  variable: 'For this request only. They override others with the same name.',
  field: 'Sent as a form: names and values are encoded.',
} as const

interface Props<Row extends Pair> {
  /** What a row is. */
  noun: keyof typeof notes
  rows: Row[]
  onChange: (rows: Row[]) => void
  suggest?: RowSuggestions | undefined
  asText: RowsAsText<Row>
  /** Puts into a row what was typed. */
  write: (row: Row | Pair, part: Partial<Pair>) => Row
}

/** Rows of which nothing but name and value is known. */
export function PlainRows(props: Omit<Props<Pair>, 'asText' | 'write'>) {
  return <PairRows {...props} asText={pairsAsText} write={(row, part) => ({ ...row, ...part })} />
}

/** Names and values in rows; an empty row always waits at the end. Lines that are pasted into a name become rows. */
export function PairRows<Row extends Pair>({ noun, rows, onChange, suggest, asText, write }: Props<Row>) {
  const variables = useRequestVariables()
  const remove = useRemoveRow(rows, onChange)
  const shown: (Row | Pair)[] = [...rows, blankPair]
  function set(index: number, part: Partial<Pair>): void {
    const row = write(shown[index] ?? blankPair, part)
    if (index < rows.length || row.name !== '' || row.value !== '') onChange(rows.toSpliced(index, 1, row))
  }
  function paste(index: number, event: ClipboardEvent): void {
    const { name = '', value = '' } = rows[index] ?? {}
    const isBlank = name === '' && value === ''
    const pasted = rowsPasted(asText, event.clipboardData.getData('text/plain'), isBlank)
    if (pasted === undefined) return
    event.preventDefault()
    onChange(rows.toSpliced(isBlank ? index : index + 1, isBlank ? 1 : 0, ...pasted))
  }
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
          <div key={index} className={css.row} data-off={!row.enabled} data-last={last}>
            <RowStart
              which={which}
              last={last}
              enabled={row.enabled}
              onEnabled={(enabled) => set(index, { enabled })}
            />
            <NamesInput
              aria-label={`Name of ${which}`}
              className={css.text}
              placeholder={last ? `Add a ${noun}` : 'name'}
              value={row.name}
              variables={variables}
              suggestions={suggest?.names}
              onText={(name) => set(index, { name })}
              onPaste={(event) => paste(index, event)}
            />
            <NamesInput
              aria-label={`Value of ${which}`}
              className={css.text}
              placeholder={last ? '' : 'value'}
              value={row.value}
              variables={variables}
              suggestions={suggest?.values(row.name)}
              onText={(value) => set(index, { value })}
            />
            <RowEnd which={which} last={last} onRemove={() => remove(index, rowCalled(row.name, which))} />
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
          <code>{'{{name}}'}</code> inserts a variable.
        </span>
      </p>
    </div>
  )
}
