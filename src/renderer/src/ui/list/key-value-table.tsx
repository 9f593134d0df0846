import { copyItem, useCopyMenu } from '../menu/copy-menu.tsx'
import css from './key-value-table.module.css'

interface Props {
  label: string
  rows: readonly (readonly [string, React.ReactNode])[]
  /** Names are wire data, e.g. header names. */
  wire?: boolean
}

export function KeyValueTable({ label, rows, wire }: Props) {
  const menu = useCopyMenu((target) => {
    const row = target.closest('tr')
    const [name, value] = rows[row?.rowIndex ?? -1] ?? []
    if (name === undefined || typeof value !== 'string' || value === '') return []
    return [
      copyItem('Copy value', value),
      copyItem('Copy name', name),
      ...(wire ? [copyItem('Copy line', `${name}: ${value}`)] : []),
    ]
  })
  return (
    <>
      <table className={css.table} aria-label={label} onContextMenu={menu.onContextMenu}>
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
      {menu.menu}
    </>
  )
}
