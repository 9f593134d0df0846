import type { ReactNode } from 'react'
import css from './empty-state.module.css'

interface Props {
  icon: ReactNode
  title: string
  children: ReactNode
  actions?: ReactNode
}

/** An empty room teaches: what belongs here, and the one next step. */
export function EmptyState({ icon, title, children, actions }: Props) {
  return (
    <div className={css.empty}>
      <div className={css.inner}>
        <div className={css.icon} aria-hidden="true">
          {icon}
        </div>
        <h1 className={css.title}>{title}</h1>
        <div className={css.text}>{children}</div>
        {actions && <div className={css.actions}>{actions}</div>}
      </div>
    </div>
  )
}
