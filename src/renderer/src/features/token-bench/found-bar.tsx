import { Field } from '../../ui/field.tsx'
import { Tag } from '../../ui/tag.tsx'
import { Select } from '../../ui/select/select.tsx'
import { bench } from './store.ts'
import css from './token-bench.module.css'

const fates = {
  matched: 'signed by the issuer',
  unmatched: 'not signed by the issuer',
  repeated: 'present twice',
  misplaced: 'misplaced',
} as const

/** Which of the tokens in the text is shown, and what was done to read it. */
export function FoundBar() {
  const found = bench.use((state) => state.found)
  const pick = bench.use((state) => state.pick)
  const choose = bench.use((state) => state.choose)
  const disclosures = bench.use((state) => state.disclosures)
  const notes = found[pick]?.notes ?? []
  if (found.length < 2 && notes.length === 0 && disclosures.length === 0) return null
  const options = found.map(
    ({ label }, index) => [String(index), `${index + 1}: ${label || 'without a name'}`] as const,
  )
  return (
    <div className={css.found}>
      {found.length > 1 && (
        <Field label={`${found.length} tokens found`}>
          <Select options={options} value={String(pick)} onPick={(next) => void choose(Number(next))} />
        </Field>
      )}
      {notes.map((note) => (
        <p key={note} className="note">
          {note}
        </p>
      ))}
      {disclosures.length > 0 && (
        <dl className={css.disclosures} aria-label="Disclosures">
          {disclosures.map((each, index) => (
            <div key={index}>
              <dt className="mono">{each.readable ? (each.name ?? 'list element') : 'unreadable'}</dt>
              <dd className="mono wrap-any selectable">
                {each.readable ? each.value : ''}
                {each.readable && each.fate && (
                  <>
                    {' '}
                    <Tag tone={each.fate === 'matched' ? 'ok' : 'bad'}>{fates[each.fate]}</Tag>
                  </>
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  )
}
