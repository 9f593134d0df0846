import { useState } from 'react'
import type { Pair, QueryRow } from '@contract/requests.ts'
import { typedRow } from '@contract/tables/addresses.ts'
import { Button } from '../../../ui/button.tsx'
import { TextArea } from '../../../ui/field.tsx'
import type { RowSuggestions } from './known-headers.ts'
import { PairRows } from './pair-rows.tsx'
import { isTextual, pairsAsText, queryAsText, sameRows, type RowsAsText } from './rows-text.ts'
import css from './rows-or-text.module.css'

interface Props {
  noun: 'header' | 'field'
  rows: Pair[]
  suggest?: RowSuggestions
  onChange: (rows: Pair[]) => void
}

/** Names and values in rows, or as text to paste and to edit at once. */
export function RowsOrText(props: Props) {
  return (
    <Either {...props} asText={pairsAsText} write={(row, part) => ({ ...row, ...part })} form="name: value" />
  )
}

/** The query of the address. */
export function QueryRows({ rows, onChange }: { rows: QueryRow[]; onChange: (rows: QueryRow[]) => void }) {
  return (
    <Either
      noun="parameter"
      rows={rows}
      onChange={onChange}
      asText={queryAsText}
      write={typedRow}
      form="name=value"
    />
  )
}

interface EitherProps<Row extends Pair> {
  noun: 'parameter' | 'header' | 'field'
  rows: Row[]
  suggest?: RowSuggestions
  onChange: (rows: Row[]) => void
  asText: RowsAsText<Row>
  /** Puts into a row what was typed. */
  write: (row: Row | Pair, part: Partial<Pair>) => Row
  /** What a line looks like. */
  form: string
}

function Either<Row extends Pair>({ noun, rows, suggest, onChange, asText, write, form }: EitherProps<Row>) {
  const [typed, setTyped] = useState<string | null>(null)
  const textual = isTextual(asText, rows)
  if (typed === null || !textual)
    return (
      <>
        <PairRows
          noun={noun}
          rows={rows}
          suggest={suggest}
          onChange={onChange}
          asText={asText}
          write={write}
        />
        <div className={css.foot}>
          <Button
            look="quiet"
            small
            disabled={!textual}
            title={textual ? undefined : 'A row is empty, has a line break, or has a colon in its name'}
            onClick={() => setTyped(asText.write(rows))}
          >
            Edit as text
          </Button>
        </div>
      </>
    )
  // What was changed elsewhere meanwhile, as in the address, goes before.
  const text = sameRows(asText.read(typed), rows) ? typed : asText.write(rows)
  return (
    <div className={css.text}>
      <TextArea
        autoFocus
        aria-label={`All ${noun}s`}
        rows={10}
        placeholder={`${form}\n# ${form} of a row that is off`}
        value={text}
        onChange={(event) => {
          setTyped(event.target.value)
          onChange(asText.read(event.target.value))
        }}
      />
      <div className={css.foot}>
        <Button look="quiet" small onClick={() => setTyped(null)}>
          Edit as rows
        </Button>
        <span className="note">
          A row is a line: <code>{form}</code>. One that begins with <code># </code> is off.
        </span>
      </div>
    </div>
  )
}
