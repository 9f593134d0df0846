import { useState } from 'react'
import type { Pair } from '@contract/requests.ts'
import { Button } from '../../../ui/button.tsx'
import { TextArea } from '../../../ui/field.tsx'
import { PairRows } from './pair-rows.tsx'
import { isTextual, rowsOfText, textOfRows } from './rows-text.ts'
import css from './rows-or-text.module.css'

interface Props {
  noun: 'parameter' | 'header' | 'field'
  rows: Pair[]
  onChange: (rows: Pair[]) => void
}

/** Names and values in rows, or as text to paste and to edit at once. */
export function RowsOrText({ noun, rows, onChange }: Props) {
  const [text, setText] = useState<string | null>(null)
  if (text === null)
    return (
      <>
        <PairRows noun={noun} rows={rows} onChange={onChange} />
        <div className={css.foot}>
          <Button
            look="quiet"
            small
            disabled={!isTextual(rows)}
            title={isTextual(rows) ? undefined : 'A row has a line break, or a colon in its name'}
            onClick={() => setText(textOfRows(rows))}
          >
            Edit as text
          </Button>
        </div>
      </>
    )
  return (
    <div className={css.text}>
      <TextArea
        autoFocus
        aria-label={`All ${noun}s`}
        rows={10}
        placeholder={'name: value\n# name: value of a row that is off'}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          onChange(rowsOfText(event.target.value))
        }}
      />
      <div className={css.foot}>
        <Button look="quiet" small onClick={() => setText(null)}>
          Edit as rows
        </Button>
        <span className="note">
          A row is a line: <code>name: value</code>. One that begins with <code># </code> is off.
        </span>
      </div>
    </div>
  )
}
