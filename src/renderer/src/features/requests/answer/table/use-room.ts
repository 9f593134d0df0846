import { useLayoutEffect, useState, type RefObject } from 'react'

/** How many characters of its table fit beside each other in a box; 0 before it is laid out. */
export function useRoom(box: RefObject<HTMLElement | null>): number {
  const [room, setRoom] = useState(0)
  useLayoutEffect(() => {
    const outer = box.current
    if (!outer) return
    const measure = (): void =>
      setRoom(Math.floor(outer.clientWidth / characterWidth(outer.firstElementChild ?? outer)))
    measure()
    const watch = new ResizeObserver(measure)
    watch.observe(outer)
    return () => watch.disconnect()
  }, [box])
  return room
}

/** Pixels of one character where the element is; the font is of one width. */
export function characterWidth(element: Element): number {
  return Number.parseFloat(getComputedStyle(element).fontSize) * 0.6 || 7
}
