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

function same(index: number): number {
  return index
}

/** Lines without a limit on their number, of which only those in view are drawn. */
export function ManyLines(props: Props) {
  const { count, label, line, lead, lineIn = same, rowOf = same, goTo, current, onPick } = props
  const { box, height, first, last, offset, page, top, onScroll, scrollBy, place, reveal } = useManyRows({
    count,
    rowHeight: lineHeight,
    foot: 8,
  })
  useLayoutEffect(() => {
    if (goTo) place(rowOf(goTo.line) - Math.floor((page + 1) * above))
    // Another wish, and nothing else, moves the lines.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [goTo])
  function onKey(event: KeyboardEvent): void {
    const row = event.target === event.currentTarget ? props.onKey?.(event, top) : undefined
    if (row !== undefined) reveal(row)
    else if (!event.defaultPrevented) scrollBy(event)
  }

  return (
    <div
      ref={box}
      className={css.box}
      role="document"
      aria-label={label}
      tabIndex={0}
      onScroll={onScroll}
      onKeyDown={onKey}
    >
      <div className={css.space} style={{ height }}>
        <div
          className={css.rows}
          style={
            {
              transform: `translateY(${offset}px)`,
              '--digits': `${String(lineIn(Math.max(0, count - 1)) + 1).length}ch`,
            } as CSSProperties
          }
        >
          {Array.from({ length: Math.max(0, last - first) }, (_, row) => {
            const index = lineIn(first + row)
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
