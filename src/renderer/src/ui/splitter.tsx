import { useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { Group, Panel, Separator, type GroupImperativeHandle, type Layout } from 'react-resizable-panels'
import css from './splitter.module.css'

interface Props {
  first: ReactNode
  second: ReactNode
  label: string
  /** Percent of the whole that the first part takes. */
  start?: number
  /** The same where it is above the second part, which is mostly the one that needs the room. */
  above?: number
}

/** Narrower than this the parts are one above the other, in pixels. */
const sideBySide = 780

/** Two parts with a bar between them that can be moved by pointer and arrow keys; one above the other where
 *  there is little room. What is in them stays as it is when that changes, and the bar is where it was last. */
export function Splitter({ first, second, label, start = 42, above = start * 0.75 }: Props) {
  const outer = useRef<HTMLDivElement>(null)
  const group = useRef<GroupImperativeHandle>(null)
  const left = useRef(new Map<boolean, Layout | undefined>())
  const [stacked, setStacked] = useState<boolean>()
  useLayoutEffect(() => {
    if (!outer.current) return
    let now = outer.current.offsetWidth < sideBySide
    setStacked(now)
    const watch = new ResizeObserver(([entry]) => {
      if (!entry || entry.contentRect.width < sideBySide === now) return
      left.current.set(now, group.current?.getLayout())
      now = !now
      setStacked(now)
    })
    watch.observe(outer.current)
    return () => watch.disconnect()
  }, [])
  const share = stacked ? above : start
  useLayoutEffect(() => {
    if (stacked === undefined || left.current.size === 0) return
    group.current?.setLayout(left.current.get(stacked) ?? { first: share, second: 100 - share })
  }, [stacked, share])
  return (
    <div className={css.outer} ref={outer}>
      {stacked !== undefined && (
        <Group groupRef={group} className={css.root} orientation={stacked ? 'vertical' : 'horizontal'}>
          <Panel id="first" className={css.part} defaultSize={`${share}%`} minSize="25%">
            {first}
          </Panel>
          <Separator className={css.bar} aria-label={label} data-stacked={stacked} />
          <Panel id="second" className={css.part} minSize="25%">
            {second}
          </Panel>
        </Group>
      )}
    </div>
  )
}
