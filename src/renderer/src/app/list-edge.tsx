import { useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { listWidths } from '@contract/words.ts'
import { useWorkspace } from '../lib/workspace.ts'
import css from './list-edge.module.css'

/** How far an arrow key moves the edge, in pixels. */
const step = 16

/** The edge of the list, by which it is made wider and narrower: by pointer, by arrow keys, Home and End; a double
 *  click or Enter brings back the usual width. */
export function ListEdge({ width }: { width: number }) {
  const { session } = useWorkspace()
  const from = useRef<number>(undefined)

  function set(to: number, done: boolean): void {
    const { least, most } = listWidths
    session.getState().setListWidth(Math.round(Math.min(Math.max(to, least), most)), done)
  }
  function onPointerDown(event: PointerEvent<HTMLDivElement>): void {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    from.current = event.clientX - width
  }
  function onPointerMove({ clientX }: PointerEvent): void {
    if (from.current !== undefined) set(clientX - from.current, false)
  }
  function end(): void {
    if (from.current === undefined) return
    from.current = undefined
    set(width, true)
  }
  function onKey(event: KeyboardEvent): void {
    const to: Record<string, number> = {
      ArrowLeft: width - step,
      ArrowRight: width + step,
      Home: listWidths.least,
      End: listWidths.most,
      Enter: listWidths.usual,
    }
    const wanted = to[event.key]
    if (wanted === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    set(wanted, true)
  }
  return (
    <div
      className={css.edge}
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label="Width of the list"
      aria-controls="list-pane"
      aria-valuenow={width}
      aria-valuemin={listWidths.least}
      aria-valuemax={listWidths.most}
      aria-valuetext={`${width} pixels`}
      title="Drag to resize the list; double-click to reset"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={end}
      onPointerCancel={end}
      onDoubleClick={() => set(listWidths.usual, true)}
      onKeyDown={onKey}
    />
  )
}
