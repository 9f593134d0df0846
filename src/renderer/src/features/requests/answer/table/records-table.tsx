import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef } from 'react'
import { cellKind, cellText, columnsOf, readRecords, recordsTitle, type Column } from './json-records.ts'
import { copyItem, useCopyMenu } from '../../../../ui/menu/copy-menu.tsx'
import { cellTitle } from './cell-title.ts'
import { sharedWidths } from './column-widths.ts'
import { useRoom } from './use-room.ts'
import css from './records-table.module.css'

const rowHeight = 26
/** Between the edges of a column and its text, in characters. */
const padding = 3

/** A list of objects as a table, of which only the rows in view are drawn. */
export function RecordsTable({ text }: { text: string }) {
  const box = useRef<HTMLDivElement>(null)
  const records = useMemo(() => readRecords(text), [text])
  const { columns, left } = useMemo(() => columnsOf(records?.rows ?? []), [records])
  const rows = records?.rows ?? []
  const room = useRoom(box)
  const view = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  })
  const menu = useCopyMenu((target) => {
    const cell = target.closest('td')
    const at = Number(cell?.closest('tr')?.getAttribute('aria-rowindex')) - 2
    const row = rows[at]
    const column = columns[(cell?.cellIndex ?? 0) - 1]
    if (!row || !column) return []
    const value = cellText(row[column.name])
    return [
      ...(value === '' ? [] : [copyItem('Copy value', value)]),
      copyItem('Copy row as JSON', JSON.stringify(row, null, 2)),
    ]
  })
  if (!records) return null
  const items = view.getVirtualItems()
  const above = items[0]?.start ?? 0
  const below = view.getTotalSize() - (items.at(-1)?.end ?? 0)
  const indexWidth = String(rows.length - 1).length + padding
  const widths = sharedWidths(columns, room - indexWidth - columns.length * padding)
  const total = widths.reduce((sum, width) => sum + width + padding, indexWidth)
  return (
    <>
      <div
        ref={box}
        className={css.box}
        tabIndex={0}
        role="region"
        aria-label="Body as a table"
        onContextMenu={menu.onContextMenu}
      >
        <table
          className={css.table}
          style={{ width: `max(100%, ${total}ch)` }}
          aria-label={recordsTitle(records, columns.length + left)}
          aria-rowcount={rows.length + 1}
        >
          <colgroup>
            <col style={{ width: `${indexWidth}ch` }} />
            {columns.map(({ name }, at) => (
              <col key={name} style={{ width: `${(widths[at] ?? 0) + padding}ch` }} />
            ))}
          </colgroup>
          <thead>
            <tr aria-rowindex={1}>
              <th scope="col" className={css.index}>
                <span className="visually-hidden">Index</span>
              </th>
              {columns.map(({ name, numeric }) => (
                <th key={name} scope="col" data-numeric={numeric} title={name}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {above > 0 && <tr aria-hidden="true" style={{ height: above }} />}
            {items.map(({ index }) => (
              <tr key={index} className={css.row} aria-rowindex={index + 2}>
                <th scope="row" className={css.index}>
                  {index}
                </th>
                {columns.map((column) => (
                  <Cell key={column.name} value={rows[index]?.[column.name]} column={column} />
                ))}
              </tr>
            ))}
            {below > 0 && <tr aria-hidden="true" style={{ height: below }} />}
          </tbody>
        </table>
      </div>
      <p className={css.foot}>
        <span>{recordsTitle(records, columns.length + left)}</span>
        {left > 0 && <span>showing the first {columns.length}</span>}
        {records.beside.length > 0 && (
          <span className="clip" title={records.beside.join('\n')}>
            other fields: {records.beside.join(' · ')}
          </span>
        )}
      </p>
      {menu.menu}
    </>
  )
}

function Cell({ value, column }: { value: unknown; column: Column }) {
  const text = cellText(value)
  return (
    <td data-kind={cellKind(value)} data-numeric={column.numeric} title={cellTitle(text)}>
      {text}
    </td>
  )
}
