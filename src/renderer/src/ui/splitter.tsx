import { useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { Group, Panel, Separator } from 'react-resizable-panels'
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
 *  there is little room. */
export function Splitter({ first, second, label, start = 42, above = start * 0.75 }: Props) {
  const outer = useRef<HTMLDivElement>(null)
  const [stacked, setStacked] = useState<boolean>()
  useLayoutEffect(() => {
    if (!outer.current) return
    setStacked(outer.current.offsetWidth < sideBySide)
    const watch = new ResizeObserver(([entry]) => {
      if (entry) setStacked(entry.contentRect.width < sideBySide)
    })
    watch.observe(outer.current)
    return () => watch.disconnect()
  }, [])
  const share = stacked ? above : start
  return (
    <div className={css.outer} ref={outer}>
      {stacked !== undefined && (
        <Group key={String(stacked)} className={css.root} orientation={stacked ? 'vertical' : 'horizontal'}>
          <Panel className={css.part} defaultSize={`${share}%`} minSize="25%">
            {first}
          </Panel>
          <Separator className={css.bar} aria-label={label} data-stacked={stacked} />
          <Panel className={css.part} minSize="25%">
            {second}
          </Panel>
        </Group>
      )}
    </div>
  )
}
