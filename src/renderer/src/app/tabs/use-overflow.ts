import { useEffect, useState, type RefObject } from 'react'
import { showInStrip } from './show-tab.ts'

/** Whether the tabs are wider than their strip. Told by the browser after a layout, which is never asked for. */
export function useOverflow(
  strip: RefObject<HTMLElement | null>,
  tabs: RefObject<HTMLElement | null>,
): boolean {
  const [overflows, setOverflows] = useState(false)
  useEffect(() => {
    if (!strip.current || !tabs.current) return
    const widths = new Map<Element, number>()
    const seen = new ResizeObserver((entries) => {
      for (const { target, borderBoxSize } of entries) widths.set(target, borderBoxSize[0]?.inlineSize ?? 0)
      const [room, needed] = [strip, tabs].map(({ current }) => (current && widths.get(current)) ?? 0)
      setOverflows((needed ?? 0) > (room ?? 0) + 1)
      // A narrower window must not hide the open one.
      const open = strip.current?.querySelector('[data-active="true"]')
      if (open && entries.some(({ target }) => target === strip.current)) showInStrip(open)
    })
    seen.observe(strip.current)
    seen.observe(tabs.current)
    return () => seen.disconnect()
  }, [strip, tabs])
  return overflows
}
