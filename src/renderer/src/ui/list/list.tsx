import { ChevronRight } from 'lucide-react'
import { useRef, useState, type MouseEvent, type ReactNode } from 'react'
import { part } from '../../lib/part.ts'
import css from './list.module.css'

const rowMenu = part(
  () => import('./row-menu.tsx'),
  (file) => file.RowMenu,
)

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
  /** What else can be done with it, as with a row. */
  menu?: ReactNode
}

export function ListGroup({ title, children, onOpen, current, menu }: GroupProps) {
  const row = useRef<HTMLButtonElement>(null)
  const { asked, onContextMenu, close } = useRowMenu(menu)
  return (
    <section>
      <h3 className={css.group}>
        {onOpen ? (
          <button
            type="button"
            ref={row}
            className={css.opener}
            aria-current={current || undefined}
            onClick={onOpen}
            onContextMenu={onContextMenu}
          >
            <span className="clip">{title}</span>
            <ChevronRight aria-hidden="true" />
          </button>
        ) : (
          <span className="clip">{title}</span>
        )}
      </h3>
      {asked && (
        <rowMenu.Part title={title} at={asked} onOpen={() => onOpen?.()} onClose={() => close(row.current)}>
          {menu}
        </rowMenu.Part>
      )}
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
  /** What else can be done with it: actions of a menu, drawn when it is asked for. */
  menu?: ReactNode
}

export function ListRow({ lead, title, detail, hint, tail, current, onOpen, menu }: RowProps) {
  const row = useRef<HTMLButtonElement>(null)
  const { asked, onContextMenu, close } = useRowMenu(menu)
  return (
    <li>
      <button
        type="button"
        ref={row}
        className={css.row}
        aria-current={current || undefined}
        data-state={asked && 'open'}
        title={hint}
        onClick={onOpen}
        onContextMenu={onContextMenu}
      >
        <span className={css.lead}>{lead}</span>
        <span className="grow">
          <span className={`clip ${css.title}`}>{title}</span>
          {detail && <span className={`clip ${css.detail}`}>{detail}</span>}
        </span>
        {tail}
      </button>
      {asked && (
        <rowMenu.Part title={title} at={asked} onOpen={onOpen} onClose={() => close(row.current)}>
          {menu}
        </rowMenu.Part>
      )}
    </li>
  )
}

/** The menu of a row or a heading, drawn while it is asked for; afterwards the focus is back. */
function useRowMenu(menu: ReactNode) {
  const [asked, ask] = useState<{ x: number; y: number }>()
  function onMenu(event: MouseEvent): void {
    event.preventDefault()
    ask({ x: event.clientX, y: event.clientY })
  }
  function close(row: HTMLElement | null): void {
    ask(undefined)
    row?.focus()
  }
  return { asked, close, onContextMenu: menu ? onMenu : undefined }
}
