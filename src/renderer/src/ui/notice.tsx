import type { ReactNode } from 'react'
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import css from './notice.module.css'

const icons = { bad: CircleAlert, warn: TriangleAlert, ok: CircleCheck, plain: Info }

interface Props {
  tone?: keyof typeof icons
  title?: string
  children?: ReactNode
  /** What to do about it. */
  next?: string
  actions?: ReactNode
}

/** Something that must be read: cause, then the next step. */
export function Notice({ tone = 'plain', title, children, next, actions }: Props) {
  const Icon = icons[tone]
  return (
    <div className={css.notice} data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon className={css.icon} aria-hidden="true" />
      <div className="grow selectable">
        {title && <div className={css.title}>{title}</div>}
        {children && <div>{children}</div>}
        {next && <div className={css.next}>{next}</div>}
        {actions && <div className={css.actions}>{actions}</div>}
      </div>
    </div>
  )
}
