import type { ReactNode } from 'react'
import css from './settings.module.css'

interface Props {
  title: string
  says: ReactNode
  /** The controls take the whole width, below. */
  wide?: boolean
  children: ReactNode
}

/** One thing that can be set: what it is on the left, the controls on the right. */
export function Part({ title, says, wide, children }: Props) {
  return (
    <section className={css.section} data-wide={wide}>
      <div>
        <h2>{title}</h2>
        <p className="note">{says}</p>
      </div>
      <div className={css.controls}>{children}</div>
    </section>
  )
}
