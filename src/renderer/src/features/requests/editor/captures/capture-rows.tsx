import type { Capture } from '@contract/sending/captures.ts'
import { captureScopeTable, isOwnCapture } from '@contract/tables/own-checks.ts'
import { keyIn, optionsOf } from '@contract/tables/keys-of.ts'
import { useRemoveRow } from '../../../../ui/list/use-remove-row.ts'
import { Select } from '../../../../ui/select/select.tsx'
import { rowCalled, RowEnd, RowStart } from '../../rows/row-ends.tsx'
import css from './capture-rows.module.css'

const blank: Capture = { name: '', expression: '', scope: 'runtime', enabled: true }
const scopes = optionsOf(captureScopeTable, ({ label }) => label)

interface Props {
  captures: Capture[]
  onChange: (captures: Capture[]) => void
  /** Whether the request is in a collection, whose variables they become. */
  isPlaced: boolean
}

/** Which variables get a value from the response, in rows; an empty one always waits at the end. */
export function CaptureRows({ captures, onChange, isPlaced }: Props) {
  const remove = useRemoveRow(captures, onChange)
  const set = (index: number, part: Partial<Capture>): void =>
    onChange(
      [...captures, blank]
        .map((row, at) => (at === index ? { ...row, ...part } : row))
        .filter((row, at) => at < captures.length || row.name !== '' || row.expression !== ''),
    )
  return (
    <section className={css.box} aria-label="Captured from the response">
      <h3 className={css.title}>Captured from the response</h3>
      {[...captures, blank].map((row, index) => {
        const last = index === captures.length
        const which = `capture ${index + 1}`
        return (
          <div key={index} className={css.row} data-off={!row.enabled}>
            <RowStart
              which={which}
              last={last}
              enabled={row.enabled}
              onEnabled={(enabled) => set(index, { enabled })}
            />
            <input
              aria-label={`Variable of ${which}`}
              className={css.text}
              placeholder={last ? 'Add a capture' : 'variable'}
              value={row.name}
              spellCheck={false}
              onChange={(event) => set(index, { name: event.target.value })}
            />
            <input
              aria-label={`Source of ${which}`}
              className={`${css.text} ${css.source}`}
              placeholder={last ? '' : 'res.body.id'}
              value={row.expression}
              spellCheck={false}
              onChange={(event) => set(index, { expression: event.target.value })}
            />
            <Select
              aria-label={`Scope of ${which}`}
              className={css.scope}
              data-look="field"
              options={scopes}
              value={row.scope}
              disabled={last}
              onPick={(scope) => set(index, { scope: keyIn(captureScopeTable, scope) ?? 'runtime' })}
            />
            <RowEnd which={which} last={last} onRemove={() => remove(index, rowCalled(row.name, which))} />
          </div>
        )
      })}
      <p className={css.note}>
        After each response: <code>res.body.id</code>, <code>res.headers["location"]</code> or a JSONPath such
        as <code>$.items[0].id</code>. Values are kept in your profile, never in the folder; secret ones are
        masked. “Everywhere” comes before all other variables of that name.
        {captures.some(isOwnCapture) && (
          <span>
            JSONPath is read by Gatehouse alone: in a collection it is kept under <code>extensions</code>.
          </span>
        )}
        {!isPlaced && captures.length > 0 && (
          <span>Only a request in a collection captures values: save this one into a collection.</span>
        )}
      </p>
    </section>
  )
}
