import type { Virtualizer } from '@tanstack/react-virtual'
import { useEffect, useState, type RefObject } from 'react'
import type { TreeRow } from './tree-rows.ts'

/** Gives a row the focus, by its key. One that is far from sight is drawn only once it is scrolled to; one that is not
 *  among the rows gets none. */
export function useRowFocus(
  rows: readonly TreeRow[],
  view: Virtualizer<HTMLDivElement, Element>,
  box: RefObject<HTMLDivElement | null>,
): (key: string) => void {
  const [wanted, setWanted] = useState<{ key: string }>()
  useEffect(() => {
    if (!wanted) return
    const index = rows.findIndex(({ key }) => key === wanted.key)
    if (index >= 0) view.scrollToIndex(index)
    const frame = requestAnimationFrame(() => {
      box.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(wanted.key)}"]`)?.focus()
      setWanted((now) => (now === wanted ? undefined : now))
    })
    return () => cancelAnimationFrame(frame)
  }, [wanted, rows, view, box])
  return (key) => setWanted({ key })
}
