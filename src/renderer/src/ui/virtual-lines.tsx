import { useRef, useState, type ReactNode } from 'react'
import css from './virtual-lines.module.css'

const lineHeight = 19
/** Browsers lay out nothing taller than this (33.5 million pixels in Chromium). */
const mostLines = 1_700_000
const overscan = 12

interface Props {
  count: number
  label: string
  /** Null while the line is on its way. */
  line: (index: number) => ReactNode
  /** What stands before a line; its number when left out. */
  mark?: (index: number) => string
}

/** Any number of lines, of which only those that can be seen are drawn. */
export const VirtualLines = ({ count, label, line, mark }: Props) => {
  const [view, setView] = useState({ top: 0, height: 800 })
  const box = useRef<HTMLDivElement>(null)
  const shown = Math.min(count, mostLines)
  const first = Math.max(0, Math.floor(view.top / lineHeight) - overscan)
  const last = Math.min(shown, Math.ceil((view.top + view.height) / lineHeight) + overscan)
  const rows: ReactNode[] = []
  for (let index = first; index < last; index += 1) {
    rows.push(
      <div key={index} className={css.line}>
        <span className={css.mark}>{mark ? mark(index) : index + 1}</span>
        <span className={css.text}>{line(index) ?? <span className="faint">…</span>}</span>
      </div>,
    )
  }
  return (
    <div
      ref={box}
      className={css.box}
      role="document"
      aria-label={label}
      tabIndex={0}
      onScroll={(event) =>
        setView({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })
      }
    >
      <div className={css.space} style={{ height: shown * lineHeight }}>
        <div className={css.rows} style={{ transform: `translateY(${first * lineHeight}px)` }}>
          {rows}
        </div>
      </div>
      {count > mostLines && (
        <p className={css.cut}>The first {mostLines.toLocaleString('en')} lines are shown.</p>
      )}
    </div>
  )
}
