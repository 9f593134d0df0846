import { ChevronRight, SquareArrowOutUpRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { PlaceAction, PlaceLabel, PlaceMenu } from '../menu.tsx'
import css from './list.module.css'

interface PaneProps {
  title: string
  action?: ReactNode
  children: ReactNode
  foot?: ReactNode
  /** The rows scroll by themselves. */
  own?: boolean
}

/** The list beside the rail: heading, scrolling rows, and what always is at its foot. */
export function ListPane({ title, action, children, foot, own }: PaneProps) {
  return (
    <>
      <header className={css.head}>
        <h2>{title}</h2>
        {action}
      </header>
      <div className={css.rows} data-own={own}>
        {children}
      </div>
      {foot && <footer className={css.foot}>{foot}</footer>}
    </>
  )
}

interface GroupProps {
  title: string
  children?: ReactNode
  /** The heading opens something itself. */
  onOpen?: () => void
  current?: boolean
}

export function ListGroup({ title, children, onOpen, current }: GroupProps) {
  return (
    <section>
      <h3 className={css.group}>
        {onOpen ? (
          <button type="button" className={css.opener} aria-current={current || undefined} onClick={onOpen}>
            <span className="clip">{title}</span>
            <ChevronRight aria-hidden="true" />
          </button>
        ) : (
          <span className="clip">{title}</span>
        )}
      </h3>
      <ul>{children}</ul>
    </section>
  )
}

interface RowProps {
  lead: ReactNode
  title: string
  detail?: ReactNode
  /** The whole of a detail that may be cut. */
  hint?: string
  tail?: ReactNode
  current?: boolean
  onOpen: () => void
  /** What else can be done with it, in a menu of the second mouse button. */
  menu?: ReactNode
}

export function ListRow({ lead, title, detail, hint, tail, current, onOpen, menu }: RowProps) {
  const row = (
    <button
      type="button"
      className={css.row}
      aria-current={current || undefined}
      title={hint}
      onClick={onOpen}
    >
      <span className={css.lead}>{lead}</span>
      <span className="grow">
        <span className={`clip ${css.title}`}>{title}</span>
        {detail && <span className={`clip ${css.detail}`}>{detail}</span>}
      </span>
      {tail}
    </button>
  )
  if (!menu) return <li>{row}</li>
  return (
    <li>
      <PlaceMenu place={row}>
        <PlaceLabel>{title}</PlaceLabel>
        <PlaceAction icon={<SquareArrowOutUpRight />} keys="Enter" onPick={onOpen}>
          Open
        </PlaceAction>
        {menu}
      </PlaceMenu>
    </li>
  )
}
