import { useLayoutEffect, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react'
import { useManyRows } from './use-many-rows.ts'
import css from './virtual-lines.module.css'

const lineHeight = 19
/** Of the lines in view, so much is above the one that is gone to. */
const above = 0.33

interface Props {
  /** Rows: lines, but for what is folded away. */
  count: number
  label: string
  /** Null while the line is on its way. */
  line: (line: number) => ReactNode
  /** What is before the number of a line. */
  lead?: (line: number) => ReactNode
  /** The line that a row shows, and the row of a line; the same where nothing is folded. */
  lineIn?: (row: number) => number
  rowOf?: (line: number) => number
  /** The line to be brought into view; another object is another wish. */
  goTo?: { line: number } | undefined
  /** The highlighted line. */
  current?: number | undefined
  onPick?: ((line: number) => void) | undefined
  /** Told of keys first, with the first row in view; answers a row that is to be in view. */
  onKey?: (event: KeyboardEvent, first: number) => number | undefined
}

const same = (index: number): number => index

/** Lines without a limit on their number, of which only those in view are drawn. */
export function ManyLines(props: Props) {
  const { count, label, line, lead, lineIn = same, rowOf = same, goTo, current, onPick } = props
  const rows = useManyRows({ count, rowHeight: lineHeight, foot: 8 })
  useLayoutEffect(() => {
    if (goTo) rows.place(rowOf(goTo.line) - Math.floor((rows.page + 1) * above))
    // Another wish, and nothing else, moves the lines.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [goTo])
  function onKey(event: KeyboardEvent): void {
    const row = event.target === event.currentTarget ? props.onKey?.(event, rows.top) : undefined
    if (row !== undefined) rows.reveal(row)
    else if (!event.defaultPrevented) rows.onKey(event)
  }

  const { first, last } = rows
  return (
    <div
      ref={rows.box}
      className={css.box}
      role="document"
      aria-label={label}
      tabIndex={0}
      onScroll={rows.onScroll}
      onKeyDown={onKey}
    >
      <div className={css.space} style={{ height: rows.height }}>
        <div
          className={css.rows}
          style={
            {
              transform: `translateY(${rows.offset}px)`,
              '--digits': `${String(lineIn(Math.max(0, count - 1)) + 1).length}ch`,
            } as CSSProperties
          }
        >
          {Array.from({ length: Math.max(0, last - first) }, (_, place) => {
            const index = lineIn(first + place)
            return (
              <div
                key={index}
                className={css.line}
                data-line={index}
                data-current={index === current || undefined}
                onClick={() => onPick?.(index)}
              >
                <span className={css.mark} aria-hidden="true">
                  {lead?.(index)}
                  {index + 1}
                </span>
                <span className={css.text}>{line(index) ?? <span className="faint">…</span>}</span>
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}
