import { X } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button, IconButton } from '../../../ui/button.tsx'
import type { RunSettings } from './runs-store.ts'
import css from './run-page.module.css'

type Data = RunSettings['data']

/** Characters of a file, as the contract has it. */
const mostText = 1_048_576

/** The file whose rows are the variables of a run: CSV with names in its first line, or a JSON list of objects. */
export function RunData({ data, onData }: { data: Data; onData: (data: Data) => void }) {
  const input = useRef<HTMLInputElement>(null)
  const [trouble, setTrouble] = useState('')
  async function take(file: File | undefined): Promise<void> {
    if (!file) return
    if (file.size > mostText) return setTrouble('The file is over 1 MB, too large for data.')
    const text = await file.text()
    setTrouble('')
    onData({ name: file.name.slice(0, 200), kind: /\.json$/i.test(file.name) ? 'json' : 'csv', text })
  }
  return (
    <div className={css.data} role="group" aria-label="Data">
      <span className={css.label}>Data</span>
      <span className={css.file}>
        {data && <span className="clip">{data.name}</span>}
        <Button small onClick={() => input.current?.click()}>
          {data ? 'Change…' : 'Choose CSV or JSON…'}
        </Button>
        {data && (
          <IconButton
            label="Run without data"
            onClick={(event) => {
              event.currentTarget.parentElement?.querySelector('button')?.focus()
              onData(undefined)
            }}
          >
            <X />
          </IconButton>
        )}
      </span>
      <input
        ref={input}
        type="file"
        accept=".csv,.json,text/csv,application/json"
        aria-label="Data file"
        hidden
        onChange={(event) => {
          void take(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      {trouble !== '' && (
        <p role="alert" className={css.trouble}>
          {trouble}
        </p>
      )}
    </div>
  )
}
