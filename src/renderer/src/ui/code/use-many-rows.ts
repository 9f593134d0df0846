import { useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react'

/** Browsers lay out nothing taller than 33.5 million pixels: beyond this the scroll bar moves over several rows at once,
 *  and wheel and keys over single ones all the same. */
const tallest = 30_000_000
const spare = 8

/** Pixels. `head`: above the rows, in view wherever they are. */
interface Measures {
  count: number
  rowHeight: number
  head?: number
  foot?: number
}

/** Rows without a limit on their number, of which only those in view are drawn. */
export interface ManyRows {
  box: RefObject<HTMLDivElement | null>
  /** Of all rows. */
  height: number
  /** The first row that is drawn, the one behind the last, and where the first one is. */
  first: number
  last: number
  offset: number
  /** Rows in view, and the first of them. */
  page: number
  top: number
  onScroll: () => void
  /** Scrolls by arrow and page keys; true where it did. */
  scrollBy: (event: KeyboardEvent) => boolean
  place: (row: number) => void
  /** Brings a row into view that is not. */
  reveal: (row: number) => void
}

export function useManyRows({ count, rowHeight, head = 0, foot = 0 }: Measures): ManyRows {
  const box = useRef<HTMLDivElement>(null)
  /** The first row in view, with how much of it is above, and where the scroll bar is. */
  const [at, setAt] = useState({ row: 0, scroll: 0 })
  /** The same, for what happens between two drawings. */
  const top = useRef(0)
  /** The place that the scroll bar was given here: an event of it is no wish of the user's. */
  const placed = useRef(0)
  const [view, setView] = useState(600)
  const height = Math.min(count * rowHeight + foot, tallest)
  const isScaled = count * rowHeight > tallest
  const lastTop = Math.max(0, count - view / rowHeight)
  const page = Math.max(1, Math.floor(view / rowHeight) - 1)

  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const watcher = new ResizeObserver(() => setView(Math.max(rowHeight, element.clientHeight - head)))
    watcher.observe(element)
    return () => watcher.disconnect()
  }, [head, rowHeight])

  function scrollOf(row: number): number {
    if (!isScaled) return row * rowHeight
    return lastTop === 0 ? 0 : (row / lastTop) * (height - view)
  }
  function place(row: number): void {
    const element = box.current
    if (!element) return
    top.current = Math.max(0, Math.min(lastTop, row))
    element.scrollTop = scrollOf(top.current)
    placed.current = element.scrollTop
    setAt({ row: top.current, scroll: element.scrollTop })
  }
  function reveal(row: number): void {
    if (row < top.current) place(row)
    else if (row > top.current + view / rowHeight - 1) place(row - view / rowHeight + 1)
  }
  function onScroll(): void {
    const scroll = box.current?.scrollTop ?? 0
    if (Math.abs(scroll - placed.current) < 1) return
    placed.current = scroll
    top.current = isScaled ? (scroll / Math.max(1, height - view)) * lastTop : scroll / rowHeight
    setAt({ row: top.current, scroll })
  }
  useLayoutEffect(() => {
    const element = box.current
    if (!element || !isScaled) return
    function onWheel(event: WheelEvent): void {
      if (event.ctrlKey || event.deltaY === 0) return
      event.preventDefault()
      const pixels = event.deltaMode === 1 ? event.deltaY * rowHeight : event.deltaY
      place(top.current + pixels / rowHeight)
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  })
  function scrollBy(event: KeyboardEvent): boolean {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return false
    const moves: Record<string, () => void> = {
      ArrowDown: () => place(top.current + 2),
      ArrowUp: () => place(top.current - 2),
      PageDown: () => place(top.current + page),
      PageUp: () => place(top.current - page),
      Home: () => place(0),
      End: () => place(lastTop),
    }
    const move = moves[event.key]
    if (!move) return false
    event.preventDefault()
    move()
    return true
  }

  const first = Math.max(0, Math.floor(at.row) - spare)
  return {
    box,
    height,
    first,
    last: Math.min(count, Math.ceil(at.row + view / rowHeight) + spare),
    offset: Math.max(0, at.scroll - (at.row - first) * rowHeight),
    page,
    top: Math.ceil(at.row),
    onScroll,
    scrollBy,
    place,
    reveal,
  }
}
