import type { ReactNode } from 'react'
import css from './settings.module.css'

/** One thing that can be set: what it is on the left, the controls on the right. */
export function Part({ title, says, children }: { title: string; says: ReactNode; children: ReactNode }) {
  return (
    <section className={css.section}>
      <div>
        <h2>{title}</h2>
        <p className="note">{says}</p>
      </div>
      <div className={css.controls}>{children}</div>
    </section>
  )
}
