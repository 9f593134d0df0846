import { useId, useLayoutEffect, useMemo, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { count as counted } from '../../../../lib/format.ts'
import { useWorkspace } from '../../../../lib/workspace.ts'
import { useManyRows } from '../../../../ui/code/use-many-rows.ts'
import { useCopyMenu } from '../../../../ui/menu/copy-menu.tsx'
import { columnLooks, setWidths, sharedWidths } from './column-widths.ts'
import { cellTitle } from './cell-title.ts'
import { characterWidth, useRoom } from './use-room.ts'
import { useTableRows } from './use-table-rows.ts'
import css from './records-table.module.css'

const rowHeight = 26
/** Between the edges of a column and its text, in characters. */
const padding = 3

interface Props {
  id: string
  /** Rows that have come. */
  count: number
  /** The row to be brought into view; another object is another wish. */
  goTo?: { line: number } | undefined
  /** The highlighted row. */
  current?: number | undefined
}

/** CSV or a list in JSON as a table, of which only the rows in view are there. Arrow keys move from value to value. */
export function BodyTable({ id, count, goTo, current }: Props) {
  const { bridge, toasts } = useWorkspace()
  const name = useId()
  const { head, sample, row } = useTableRows(id)
  const { box, height, first, last, offset, page, onScroll, place, reveal } = useManyRows({
    count,
    rowHeight,
    head: rowHeight,
    foot: rowHeight,
  })
  const looks = useMemo(() => columnLooks(head.columns, sample), [head.columns, sample])
  const room = useRoom(box)
  const [set, setSet] = useState<Record<string, number>>({})
  const [at, setAt] = useState({ row: 0, column: 0 })
  const [gone, setGone] = useState(goTo)
  if (goTo !== gone) {
    setGone(goTo)
    if (goTo !== undefined) setAt({ ...at, row: goTo.line })
  }
  useLayoutEffect(() => {
    if (goTo === undefined) return
    place(goTo.line - Math.floor(page / 3))
    // Another wish, and nothing else, moves the rows.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [goTo])

  const indexWidth = String(count).length + padding
  const wished = head.columns.map((column, index) => {
    const width = set[column]
    return width === undefined ? (looks[index] ?? { width: 8, whole: 8 }) : { width, whole: width }
  })
  const shared = sharedWidths(wished, room - indexWidth - wished.length * padding)
  const widths = shared.map((width) => width + padding)
  const total = widths.reduce((sum, width) => sum + width, indexWidth)

  async function copy(what: { row: number; column?: number }): Promise<void> {
    const copied = await bridge.call['bodies:copy-cell']({ id, ...what })
    if (!copied.ok) toasts.getState().fail(copied.error)
    else toasts.getState().show(what.column === undefined ? 'Row copied.' : 'Value copied.', 'ok')
  }
  const menu = useCopyMenu((target) => {
    const cell = target.closest('td')
    const index = Number(cell?.closest('tr')?.getAttribute('aria-rowindex')) - 2
    if (!cell || !(index >= 0)) return []
    const column = cell.cellIndex - 1
    setAt({ row: index, column })
    return [
      { label: 'Copy value', keys: 'Ctrl C', run: () => void copy({ row: index, column }) },
      { label: 'Copy row', run: () => void copy({ row: index }) },
    ]
  })
  function widen(column: number, by: number): void {
    const key = head.columns[column]
    if (key === undefined) return
    const before = shared[column] ?? setWidths.least
    setSet({ ...set, [key]: Math.max(setWidths.least, Math.min(setWidths.most, Math.round(before + by))) })
  }
  function onKey(event: KeyboardEvent): void {
    const isCommand = event.ctrlKey || event.metaKey
    if (isCommand && event.key.toLowerCase() === 'c') {
      if (!getSelection()?.isCollapsed) return
      event.preventDefault()
      return void copy(at)
    }
    if (event.altKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      event.preventDefault()
      return widen(at.column, event.key === 'ArrowLeft' ? -setWidths.step : setWidths.step)
    }
    if (event.altKey) return
    const moves: Record<string, Partial<typeof at>> = {
      ArrowDown: { row: at.row + 1 },
      ArrowUp: { row: at.row - 1 },
      ArrowLeft: { column: at.column - 1 },
      ArrowRight: { column: at.column + 1 },
      PageDown: { row: at.row + page },
      PageUp: { row: at.row - page },
      Home: isCommand ? { row: 0, column: 0 } : { column: 0 },
      End: isCommand ? { row: count - 1 } : { column: head.columns.length - 1 },
    }
    const move = moves[event.key]
    if (!move || (isCommand && event.key !== 'Home' && event.key !== 'End')) return
    event.preventDefault()
    const to = {
      row: within(move.row ?? at.row, count),
      column: within(move.column ?? at.column, head.columns.length),
    }
    setAt(to)
    reveal(to.row)
    showColumn(box.current, to.column)
  }

  const below = Math.max(0, height - rowHeight - offset - (last - first) * rowHeight)
  const columns = counted(head.columns.length + head.left, 'column')
  const title = `${head.name === undefined ? '' : `${head.name}: `}${count.toLocaleString('en')} ${count === 1 ? 'row' : 'rows'}, ${columns}`

  return (
    <>
      <div
        ref={box}
        className={css.box}
        tabIndex={0}
        role="grid"
        aria-label="Body as a table"
        aria-rowcount={count + 1}
        aria-colcount={head.columns.length + 1}
        aria-activedescendant={`${name}-${at.row}-${at.column}`}
        onScroll={onScroll}
        onKeyDown={onKey}
        onContextMenu={menu.onContextMenu}
      >
        <table className={css.table} role="presentation" style={{ width: `max(100%, ${total}ch)` }}>
          <colgroup>
            <col style={{ width: `${indexWidth}ch` }} />
            {widths.map((width, index) => (
              <col key={head.columns[index]} style={{ width: `${width}ch` }} />
            ))}
          </colgroup>
          <thead role="rowgroup">
            <tr role="row" aria-rowindex={1}>
              <th role="columnheader" className={css.index}>
                <span className="visually-hidden">Row</span>
              </th>
              {head.columns.map((column, index) => (
                <th key={column} role="columnheader" data-numeric={looks[index]?.numeric} title={column}>
                  {column}
                  <Handle onDrag={(characters) => widen(index, characters)} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {offset > 0 && <tr role="presentation" style={{ height: offset }} />}
            {Array.from({ length: Math.max(0, last - first) }, (_, drawn) => {
              const index = first + drawn
              const cells = row(index, count)
              return (
                <tr
                  key={index}
                  role="row"
                  className={css.row}
                  aria-rowindex={index + 2}
                  data-current={index === current || undefined}
                >
                  <th role="rowheader" className={css.index}>
                    {index + 1}
                  </th>
                  {head.columns.map((column, number) => {
                    const cell = cells?.[number]
                    const isAt = index === at.row && number === at.column
                    return (
                      <td
                        key={column}
                        id={`${name}-${index}-${number}`}
                        role="gridcell"
                        aria-selected={isAt}
                        data-kind={cell?.kind}
                        data-numeric={looks[number]?.numeric}
                        title={cell ? cellTitle(cell.text) : undefined}
                        onClick={() => setAt({ row: index, column: number })}
                      >
                        {cells === undefined ? '…' : cell?.text}
                      </td>
                    )
                  })}
                </tr>
              )
            })}
            {below > 0 && <tr role="presentation" style={{ height: below }} />}
          </tbody>
        </table>
      </div>
      <p className={css.foot}>
        <span>{title}</span>
        {head.left > 0 && <span>showing the first {head.columns.length} columns</span>}
        <span className="clip faint grow">Drag a heading’s edge, or press Alt ←→, to resize</span>
      </p>
      {menu.menu}
    </>
  )
}

function within(index: number, count: number): number {
  return Math.max(0, Math.min(count - 1, index))
}

/** Scrolls sideways as far as a column needs. */
function showColumn(box: HTMLElement | null, column: number): void {
  const cell = box?.querySelectorAll<HTMLElement>('thead th')[column + 1]
  if (!box || !cell) return
  const left = cell.offsetLeft
  const right = left + cell.offsetWidth
  if (left < box.scrollLeft) box.scrollLeft = column === 0 ? 0 : left
  else if (right > box.scrollLeft + box.clientWidth) box.scrollLeft = right - box.clientWidth
}

/** The edge of a heading, which is dragged; keys do the same (see the table). */
function Handle({ onDrag }: { onDrag: (characters: number) => void }) {
  const [from, setFrom] = useState<number>()
  function move(event: PointerEvent<HTMLSpanElement>): void {
    if (from === undefined) return
    const ch = characterWidth(event.currentTarget)
    const by = Math.trunc((event.clientX - from) / ch)
    if (by === 0) return
    setFrom(from + by * ch)
    onDrag(by)
  }
  return (
    <span
      className={css.handle}
      aria-hidden="true"
      data-dragged={from !== undefined || undefined}
      onPointerDown={(event) => {
        event.preventDefault()
        event.currentTarget.setPointerCapture(event.pointerId)
        setFrom(event.clientX)
      }}
      onPointerMove={move}
      onPointerUp={() => setFrom(undefined)}
      onPointerCancel={() => setFrom(undefined)}
    />
  )
}
