import { useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import css from './virtual-lines.module.css'

const lineHeight = 19
/** Browsers lay out nothing taller than 33.5 million pixels: beyond this the scroll bar moves over several lines at once,
 *  and wheel and keys over single ones all the same. */
const tallest = 30_000_000
const spare = 8

interface Props {
  count: number
  label: string
  /** Null while the line is on its way. */
  line: (index: number) => ReactNode
  /** What is before a line; its number when left out. */
  mark?: (index: number) => string
  /** The line to be brought into view; another object is another wish. */
  goTo?: { line: number }
  /** The highlighted line. */
  current?: number
}

/** Lines without a limit on their number, of which only those in view are drawn. */
export function ManyLines({ count, label, line, mark, goTo, current }: Props) {
  const box = useRef<HTMLDivElement>(null)
  /** The first line in view, with how much of it is above, and where the scroll bar is. */
  const [at, setAt] = useState({ line: 0, scroll: 0 })
  /** The same, for what happens between two drawings. */
  const top = useRef(0)
  /** The place that the scroll bar was given here: an event of it is no wish of the user's. */
  const placed = useRef(0)
  const [view, setView] = useState(600)
  const height = Math.min(count * lineHeight + 8, tallest)
  const isScaled = count * lineHeight > tallest
  const lastTop = Math.max(0, count - view / lineHeight)

  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const watcher = new ResizeObserver(() => setView(element.clientHeight))
    watcher.observe(element)
    return () => watcher.disconnect()
  }, [])

  function scrollOf(line: number): number {
    if (!isScaled) return line * lineHeight
    return lastTop === 0 ? 0 : (line / lastTop) * (height - view)
  }
  function place(line: number): void {
    const element = box.current
    if (!element) return
    top.current = Math.max(0, Math.min(lastTop, line))
    element.scrollTop = scrollOf(top.current)
    placed.current = element.scrollTop
    setAt({ line: top.current, scroll: element.scrollTop })
  }
  function onScroll(): void {
    const scroll = box.current?.scrollTop ?? 0
    if (Math.abs(scroll - placed.current) < 1) return
    placed.current = scroll
    top.current = isScaled ? (scroll / Math.max(1, height - view)) * lastTop : scroll / lineHeight
    setAt({ line: top.current, scroll })
  }
  useLayoutEffect(() => {
    if (goTo) place(goTo.line - Math.floor(view / lineHeight / 3))
    // Another wish, and nothing else, moves the lines.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [goTo])
  useLayoutEffect(() => {
    const element = box.current
    if (!element || !isScaled) return
    function onWheel(event: WheelEvent): void {
      if (event.ctrlKey || event.deltaY === 0) return
      event.preventDefault()
      const pixels = event.deltaMode === 1 ? event.deltaY * lineHeight : event.deltaY
      place(top.current + pixels / lineHeight)
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  })
  function onKey(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    const page = Math.max(1, Math.floor(view / lineHeight) - 1)
    const moves: Record<string, () => void> = {
      ArrowDown: () => place(top.current + 2),
      ArrowUp: () => place(top.current - 2),
      PageDown: () => place(top.current + page),
      PageUp: () => place(top.current - page),
      Home: () => place(0),
      End: () => place(lastTop),
    }
    const move = moves[event.key]
    if (!move) return
    event.preventDefault()
    move()
  }

  const first = Math.max(0, Math.floor(at.line) - spare)
  const last = Math.min(count, Math.ceil(at.line + view / lineHeight) + spare)
  const offset = at.scroll - (at.line - first) * lineHeight
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
        <div className={css.rows} style={{ transform: `translateY(${Math.max(0, offset)}px)` }}>
          {Array.from({ length: Math.max(0, last - first) }, (_, place) => {
            const index = first + place
            return (
              <div
                key={index}
                className={css.line}
                data-line={index}
                data-current={index === current || undefined}
              >
                <span className={css.mark} aria-hidden={mark === undefined}>
                  {mark ? mark(index) : index + 1}
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
