import { useLayoutEffect, useRef } from 'react'
import type { Choice } from './choices.ts'
import css from './names-field.module.css'

interface Props {
  id: string
  label: string
  choices: readonly Choice[]
  /** Which is picked; -1 for none yet. */
  at: number
  /** Where the name begins. */
  anchor: () => { left: number; top: number; bottom: number }
  onPick: (choice: Choice) => void
}

/** Texts to choose from, over everything else. The focus stays in the field. */
export function NameList({ id, label, choices, at, anchor, onPick }: Props) {
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
    <ul ref={list} id={id} role="listbox" aria-label={label} popover="manual" className={css.list}>
      {choices.map((choice, index) => (
        <li
          key={choice.text}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === at}
          className={css.option}
          onPointerDown={(event) => {
            event.preventDefault()
            onPick(choice)
          }}
        >
          <span className="mono">{choice.text}</span>{' '}
          {choice.detail !== undefined && <span className="clip faint">{choice.detail}</span>}
          {choice.from !== undefined && <span className={css.from}>{choice.from}</span>}
        </li>
      ))}
    </ul>
  )
}
