import { useId, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react'
import { createPortal } from 'react-dom'
import { fittingNames, typedName, valuesIn, withValues, type Variables } from '../../lib/names.ts'
import { MarkedText } from './marked-text.tsx'
import { NameList } from './name-list.tsx'
import css from './names-field.module.css'

type Box = HTMLInputElement | HTMLTextAreaElement

/** What a field in which `{{names}}` are known is made of. */
export interface NamesProps {
  value: string
  variables: Variables | undefined
  onText: (text: string) => void
}

interface Given extends NamesProps {
  box: RefObject<Box | null>
  /** Its lines wrap. */
  lines?: boolean
  className?: string
  /** It shows no text: nothing is marked. */
  hidden?: boolean
  /** What else is to be said of it. */
  says?: string
}

/** A field's text marked where it has `{{names}}`, with a list of names while one is typed: arrow keys choose, Enter
 *  or Tab takes, Escape closes. While the list is open the field is a combobox. */
export function useNames({ box, value, variables, onText, lines, hidden, says }: Given) {
  const listId = useId()
  const marks = useRef<HTMLDivElement>(null)
  const [caret, setCaret] = useState<number>()
  const [host, setHost] = useState<Element>()
  const [picked, setPicked] = useState(0)
  const typed = caret === undefined ? undefined : typedName(value, caret)
  const fitting = typed ? fittingNames(typed.typed, variables) : []
  const at = Math.min(picked, fitting.length - 1)
  const open = typed !== undefined && fitting.length > 0
  const values = hidden ? [] : valuesIn(value, variables)

  function follow(): void {
    if (marks.current && box.current) {
      marks.current.scrollLeft = box.current.scrollLeft
      marks.current.scrollTop = box.current.scrollTop
    }
  }
  function close(): void {
    setCaret(undefined)
  }
  function take(name: string | undefined): void {
    const field = box.current
    if (!typed || !field || name === undefined) return
    close()
    field.focus()
    field.setSelectionRange(typed.from, typed.to)
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- The one way to put in text that Undo takes back.
    if (!document.execCommand('insertText', false, `{{${name}}}`))
      onText(`${value.slice(0, typed.from)}{{${name}}}${value.slice(typed.to)}`)
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (!open || event.nativeEvent.isComposing) return
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey
    const acts: Record<string, () => void> = {
      ArrowDown: () => setPicked((at + 1) % fitting.length),
      ArrowUp: () => setPicked((at - 1 + fitting.length) % fitting.length),
      Enter: () => take(fitting[at]?.name),
      Tab: () => take(fitting[at]?.name),
      Escape: close,
    }
    const act = plain ? acts[event.key] : undefined
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }
  const field = {
    value,
    title: values.length > 0 ? withValues(value, variables) : undefined,
    'aria-autocomplete': 'list',
    'aria-description': [...values, ...(says === undefined ? [] : [says])].join('. ') || undefined,
    ...(open && {
      role: 'combobox',
      'aria-expanded': true,
      'aria-controls': listId,
      'aria-activedescendant': `${listId}-${at}`,
    }),
    onChange: ({ target }: { target: Box }) => {
      setPicked(0)
      setCaret(target.selectionStart ?? undefined)
      // Not within the field's label, or the list would be part of the field's name.
      setHost(target.closest('dialog, main') ?? document.body)
      onText(target.value)
    },
    onSelect: ({ currentTarget }: { currentTarget: Box }) => {
      if (caret !== undefined && currentTarget.selectionStart !== caret) close()
    },
    onKeyDown,
    onBlur: close,
    onScroll: follow,
  } as const
  const around = (control: ReactNode, className?: string) => (
    <span className={`${css.names} ${className ?? ''}`}>
      <MarkedText
        ref={marks}
        text={hidden ? '' : value}
        variables={variables}
        lines={lines}
        onDrawn={follow}
      />
      {control}
      {open &&
        host &&
        createPortal(
          <NameList
            id={listId}
            names={fitting}
            at={at}
            anchor={() => pointOf(marks.current, typed.from)}
            onPick={take}
          />,
          host,
        )}
    </span>
  )
  return { field, around }
}

/** Where a character of the marked text is drawn, and how high its line is. */
function pointOf(marks: HTMLElement | null, offset: number) {
  const box = marks?.getBoundingClientRect()
  const range = document.createRange()
  const walker = marks && document.createTreeWalker(marks, NodeFilter.SHOW_TEXT)
  let left = offset
  for (let node = walker?.nextNode(); node; node = walker?.nextNode()) {
    const { length } = node as Text
    if (left < length) {
      range.setStart(node, left)
      range.setEnd(node, left + 1)
      const drawn = range.getBoundingClientRect()
      return { left: drawn.left, top: drawn.top, bottom: drawn.bottom }
    }
    left -= length
  }
  return { left: box?.left ?? 0, top: box?.top ?? 0, bottom: box?.bottom ?? 0 }
}
