import { useLayoutEffect, useRef } from 'react'
import type { KnownVariable } from '../../lib/names.ts'
import css from './names-field.module.css'

interface Props {
  id: string
  names: readonly KnownVariable[]
  at: number
  /** Where the name begins. */
  anchor: () => { left: number; top: number; bottom: number }
  onPick: (name: string) => void
}

/** Names to choose from, over everything else. The focus stays in the field. */
export function NameList({ id, names, at, anchor, onPick }: Props) {
  const list = useRef<HTMLUListElement>(null)
  useLayoutEffect(() => {
    const element = list.current
    if (!element) return
    if (!element.matches(':popover-open')) element.showPopover()
    const { left, top, bottom } = anchor()
    const { width, height } = element.getBoundingClientRect()
    const below = bottom + 4 + height <= window.innerHeight - 8
    element.style.left = `${Math.max(8, Math.min(left, window.innerWidth - width - 8))}px`
    element.style.top = `${below ? bottom + 4 : Math.max(8, top - height - 4)}px`
    element.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  })
  return (
    <ul ref={list} id={id} role="listbox" aria-label="Variables" popover="manual" className={css.list}>
      {names.map(({ name, secret, value, from }, index) => (
        <li
          key={name}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === at}
          className={css.option}
          onPointerDown={(event) => {
            event.preventDefault()
            onPick(name)
          }}
        >
          <span className="mono">{name}</span> <span className="clip faint">{secret ? 'secret' : value}</span>
          {from !== undefined && <span className={css.from}>{from}</span>}
        </li>
      ))}
    </ul>
  )
}
