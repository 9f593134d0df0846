import { Check, ChevronDown } from 'lucide-react'
import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useNamed } from '../field.tsx'
import { createTypeAhead, pageOfOptions, stepOf } from './select-keys.ts'
import css from './select.module.css'

type Options = readonly (readonly [value: string, label: string])[]

interface Props {
  options: Options
  value: string
  onPick: (value: string) => void
  'aria-label'?: string
  className?: string
  disabled?: boolean
  /** What it looks like, for a style sheet. */
  'data-look'?: string
}

/** One of a list: the combobox without a text field of the ARIA practices. The focus stays on the button; the list is
 *  a popover beside it, above dialogs too. Nothing of it needs styles that the page's CSP forbids. */
export function Select({ options, value, onPick, className, ...rest }: Props) {
  const name = useId().replace(/\W/g, '')
  const list = useRef<HTMLDivElement>(null)
  const [typed] = useState(createTypeAhead)
  const [active, setActive] = useState<number | null>(null)
  const chosen = options.findIndex(([key]) => key === value)
  const open = active !== null
  const named = useNamed()
  const anchor = `--select${name}`
  useLayoutEffect(() => {
    if (open) list.current?.showPopover()
    else if (list.current?.matches(':popover-open')) list.current.hidePopover()
  }, [open])
  useLayoutEffect(() => {
    if (active !== null) list.current?.children[active]?.scrollIntoView({ block: 'nearest' })
  }, [active])

  function pick(index: number | null): void {
    setActive(null)
    const key = index === null ? undefined : options[index]?.[0]
    if (key !== undefined && key !== value) onPick(key)
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey) return
    const at = active ?? Math.max(0, chosen)
    const labels = options.map(([, label]) => label)
    const begun = typed.holds(event.timeStamp)
    const step = stepOf(event.key, { open, at, last: options.length - 1, page: pageOfOptions(list.current) })
    if (event.key === 'Tab') return pick(active)
    if (event.key === 'Escape') {
      if (!open) return
      setActive(null)
    } else if (step !== undefined) setActive(step)
    else if (open && (event.key === 'Enter' || (event.key === ' ' && !begun) || isAltUp(event))) pick(active)
    else if (!open && (opening.has(event.key) || (event.key === ' ' && !begun))) setActive(at)
    else if (event.key.length === 1 && !event.altKey)
      setActive(typed.find(event.key, labels, at, event.timeStamp) ?? at)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <>
      <button
        type="button"
        role="combobox"
        aria-haspopup="listbox"
        aria-expanded={open}
        aria-controls={`list${name}`}
        aria-activedescendant={open ? `${name}-${active}` : undefined}
        className={`${css.select} ${className ?? ''}`}
        style={{ anchorName: anchor }}
        onClick={() => setActive(open ? null : Math.max(0, chosen))}
        onKeyDown={onKeyDown}
        onBlur={() => setActive(null)}
        {...named}
        {...rest}
      >
        <span className="grow clip">{options[chosen]?.[1] ?? ''}</span>
        <ChevronDown aria-hidden="true" />
      </button>
      <div
        ref={list}
        id={`list${name}`}
        role="listbox"
        aria-label={rest['aria-label']}
        aria-labelledby={named['aria-labelledby']}
        popover="manual"
        className={css.list}
        style={{ positionAnchor: anchor }}
        // The focus stays where it is, and a label around this is not pressed.
        onMouseDown={(event) => event.preventDefault()}
        onClick={(event) => event.preventDefault()}
      >
        {options.map(([key, label], index) => (
          <div
            key={key}
            id={`${name}-${index}`}
            role="option"
            aria-selected={key === value}
            data-active={index === active}
            className={css.option}
            onMouseMove={() => index !== active && setActive(index)}
            onClick={() => pick(index)}
          >
            <Check aria-hidden="true" className={css.check} data-on={key === value} />
            <span className="grow">{label}</span>
          </div>
        ))}
      </div>
    </>
  )
}

const opening = new Set(['Enter', 'ArrowDown', 'ArrowUp'])

function isAltUp({ altKey, key }: KeyboardEvent): boolean {
  return altKey && key === 'ArrowUp'
}
