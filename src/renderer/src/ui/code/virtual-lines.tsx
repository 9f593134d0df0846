import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, type ReactNode } from 'react'
import css from './virtual-lines.module.css'

const lineHeight = 19
/** Browsers lay out nothing taller than this (33.5 million pixels in Chromium). */
const mostLines = 1_700_000

interface Props {
  count: number
  label: string
  /** Null while the line is on its way. */
  line: (index: number) => ReactNode
  /** What is before a line; its number when left out. */
  mark?: (index: number) => string
}

/** Any number of lines, of which only those that can be seen are drawn. */
export function VirtualLines({ count, label, line, mark }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const shown = Math.min(count, mostLines)
  const rows = useVirtualizer({
    count: shown,
    getScrollElement: () => box.current,
    estimateSize: () => lineHeight,
    overscan: 12,
  })
  const items = rows.getVirtualItems()
  return (
    <div ref={box} className={css.box} role="document" aria-label={label} tabIndex={0}>
      <div className={css.space} style={{ height: rows.getTotalSize() }}>
        <div className={css.rows} style={{ transform: `translateY(${items[0]?.start ?? 0}px)` }}>
          {items.map(({ index }) => (
            <div key={index} className={css.line} data-line={index}>
              <span className={css.mark} aria-hidden={mark === undefined}>
                {mark ? mark(index) : index + 1}
              </span>
              <span className={css.text}>{line(index) ?? <span className="faint">…</span>}</span>
            </div>
          ))}
        </div>
      </div>
      {count > mostLines && (
        <p className={css.cut}>The first {mostLines.toLocaleString('en')} lines are shown.</p>
      )}
    </div>
  )
}
