import type { JsonChange } from '../../../../lib/json/compare.ts'
import css from './compare.module.css'

const signs = { added: '+', removed: '−', changed: '≠' }
const words = { added: 'added', removed: 'removed', changed: 'changed' }
const shownRows = 300

/** What is other in two things, a row each. */
export function ChangeTable({
  label,
  what,
  changes,
}: {
  label: string
  what: string
  changes: JsonChange[]
}) {
  return (
    <>
      <table className={css.changes} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">Kind</span>
            </th>
            <th scope="col">{what}</th>
            <th scope="col">Before</th>
            <th scope="col">Now</th>
          </tr>
        </thead>
        <tbody>
          {changes.slice(0, shownRows).map(({ kind, path, before, after }, index) => (
            <tr key={index} data-kind={kind}>
              <td>
                <span className={css.sign} role="img" aria-label={words[kind]} title={words[kind]}>
                  {signs[kind]}
                </span>
              </td>
              <th scope="row">{path}</th>
              <td>{before}</td>
              <td>{after}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {changes.length > shownRows && (
        <p className={css.none}>
          The first {shownRows} of {changes.length.toLocaleString('en')} differences.
        </p>
      )}
    </>
  )
}
