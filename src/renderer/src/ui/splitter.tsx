import {
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
} from 'react'
import css from './splitter.module.css'

interface Props {
  first: ReactNode
  second: ReactNode
  label: string
  /** Percent of the whole that the first part takes. */
  start?: number
}

const clamp = (percent: number): number => Math.min(75, Math.max(25, percent))

/** Two parts with a bar between them that can be moved by pointer and arrow keys; one above the other
 *  where there is little room (container query in the style sheet). */
export const Splitter = ({ first, second, label, start = 42 }: Props) => {
  // Until it is moved: `start` side by side, less one above the other, where the second part needs the room.
  const [moved, setPercent] = useState<number>()
  const percent = moved ?? start
  const upper = moved ?? start * 0.75
  const shares = {
    '--first': `${percent}fr`,
    '--second': `${100 - percent}fr`,
    '--upper': `${upper}fr`,
    '--lower': `${100 - upper}fr`,
  }
  const root = useRef<HTMLDivElement>(null)

  const follow = (event: PointerEvent<HTMLDivElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !root.current) return
    const box = root.current.getBoundingClientRect()
    const stacked = event.currentTarget.offsetWidth > event.currentTarget.offsetHeight
    const share = stacked ? (event.clientY - box.top) / box.height : (event.clientX - box.left) / box.width
    setPercent(clamp(share * 100))
  }
  const onKey = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: -2, ArrowUp: -2, ArrowRight: 2, ArrowDown: 2 }[event.key]
    if (by === undefined) return
    event.preventDefault()
    setPercent(clamp(percent + by))
  }
  return (
    <div className={css.outer}>
      <div className={css.root} ref={root} style={shares as CSSProperties}>
        <div className={css.part}>{first}</div>
        <div
          className={css.bar}
          role="separator"
          tabIndex={0}
          aria-label={label}
          aria-valuenow={Math.round(percent)}
          aria-valuemin={25}
          aria-valuemax={75}
          onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
          onPointerMove={follow}
          onKeyDown={onKey}
        />
        <div className={css.part}>{second}</div>
      </div>
    </div>
  )
}
