import { useEffect, useRef, useState, type PointerEvent, type RefObject } from 'react'
import { useWorkspace } from '../../lib/workspace.ts'

/** How far the pointer goes before a press is a drag, in pixels. */
const threshold = 6

interface Held {
  id: string
  x: number
  /** Where the tab was, for Escape. */
  place: number
}

/** Tabs that follow the pointer: the dragged one changes places as it goes. Escape puts it back. */
export function useTabDrag(list: RefObject<HTMLElement | null>) {
  const { tabs } = useWorkspace()
  const held = useRef<Held>(undefined)
  const [dragged, setDragged] = useState<string>()

  useEffect(() => {
    function end(): void {
      held.current = undefined
      setDragged(undefined)
    }
    function onMove({ clientX }: globalThis.PointerEvent): void {
      const { current } = held
      if (!current || !list.current) return
      if (dragged === undefined) {
        if (Math.abs(clientX - current.x) >= threshold) setDragged(current.id)
        return
      }
      const order = tabs.getState().tabs.map(({ id }) => id)
      tabs.getState().move(current.id, placeAt(list.current, clientX, order.indexOf(current.id)))
    }
    function onKey(event: KeyboardEvent): void {
      const { current } = held
      if (event.key !== 'Escape' || !current || dragged === undefined) return
      event.preventDefault()
      tabs.getState().move(current.id, current.place)
      end()
    }
    window.addEventListener('pointermove', onMove)
    window.addEventListener('pointerup', end)
    window.addEventListener('pointercancel', end)
    window.addEventListener('keydown', onKey, true)
    return () => {
      window.removeEventListener('pointermove', onMove)
      window.removeEventListener('pointerup', end)
      window.removeEventListener('pointercancel', end)
      window.removeEventListener('keydown', onKey, true)
    }
  }, [tabs, list, dragged])

  function onPointerDown(event: PointerEvent, id: string): void {
    if (event.button !== 0) return
    held.current = {
      id,
      x: event.clientX,
      place: tabs.getState().tabs.findIndex((tab) => tab.id === id),
    }
  }
  return { dragged, onPointerDown }
}

/** The place among the tabs of a list at which one from `from` would be let go. */
function placeAt(list: HTMLElement, x: number, from: number): number {
  const middles = [...list.children].map((tab) => {
    const { left, width } = tab.getBoundingClientRect()
    return left + width / 2
  })
  return middles.filter((middle, index) => index !== from && middle < x).length
}
