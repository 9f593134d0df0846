import css from './key-value-table.module.css'

interface Props {
  label: string
  rows: readonly (readonly [string, React.ReactNode])[]
  /** Names are wire data, e.g. header names. */
  wire?: boolean
}

export function KeyValueTable({ label, rows, wire }: Props) {
  return (
    <table className={css.table} aria-label={label}>
      <tbody>
        {rows.map(([name, value], index) => (
          <tr key={`${index}:${name}`}>
            <th scope="row" className={wire ? 'mono' : ''}>
              {name}
            </th>
            <td className={wire ? 'mono' : ''}>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
