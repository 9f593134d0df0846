import type { Pair } from '@contract/requests.ts'
import { NamesInput } from '../../../ui/names/names-input.tsx'
import css from '../rows/pair-rows.module.css'
import { useRequestVariables } from './scope-context.ts'

interface Props {
  /** The names in the address’s path. */
  names: readonly string[]
  rows: readonly Pair[]
  onChange: (rows: Pair[]) => void
}

/** What stands for each `:name` in the path of the address. */
export function PathRows({ names, rows, onChange }: Props) {
  const variables = useRequestVariables()
  if (names.length === 0) return null
  function set(name: string, value: string): void {
    const others = rows.filter((row) => row.name !== name)
    onChange([...others, { name, value, enabled: true }])
  }
  return (
    <div className={css.rows} role="group" aria-label="path rows">
      {names.map((name) => (
        <div key={name} className={css.row}>
          <span aria-hidden="true" className="faint mono">
            :
          </span>
          <span className={`${css.text ?? ''} ${css.fixed ?? ''}`}>{name}</span>
          <NamesInput
            aria-label={`Value of :${name} in the path`}
            className={css.text}
            placeholder="value"
            value={rows.find((row) => row.name === name)?.value ?? ''}
            variables={variables}
            onText={(value) => set(name, value)}
          />
          <span className={css.gap} />
        </div>
      ))}
      <p className={css.note}>
        In place of <code>:name</code> in the path.
      </p>
    </div>
  )
}
