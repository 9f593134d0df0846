import type { ReactNode } from 'react'
import css from './inherited-rows.module.css'

interface Row {
  name: string
  value: string
  from: string
  /** The request has its own, which is used instead. */
  replaced?: boolean
}

/** What comes to a request from elsewhere, each with where it is from. */
export function InheritedRows({
  title,
  rows,
  children,
}: {
  title: string
  rows: readonly Row[]
  children?: ReactNode
}) {
  if (rows.length === 0 && !children) return null
  return (
    <section className={css.box} aria-label={title}>
      <h3 className={css.title}>{title}</h3>
      <ul className={css.rows}>
        {rows.map(({ name, value, from, replaced }, index) => (
          <li key={index} className={css.row} data-replaced={replaced}>
            <span className="mono clip" title={name}>
              {name}
            </span>
            <span className="mono clip" title={value}>
              {value}
            </span>
            <span className={`clip ${css.from}`} title={replaced ? undefined : from}>
              {replaced ? 'replaced here' : `from ${from}`}
            </span>
          </li>
        ))}
      </ul>
      {children}
    </section>
  )
}
