import {
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type RefObject,
} from 'react'
import { createPortal } from 'react-dom'
import { valuesIn, type Variables } from '../../lib/names.ts'
import { choicesAt, type Choice, type Suggestions } from './choices.ts'
import { MarkedText } from './marked-text.tsx'
import { NameList } from './name-list.tsx'
import { NameTip, useNameTip } from './name-tip.tsx'
import css from './names-field.module.css'

type Box = HTMLInputElement | HTMLTextAreaElement

/** What a field in which `{{names}}` are known is made of. */
export interface NamesProps {
  value: string
  variables: Variables | undefined
  /** What else it may have. */
  suggestions?: Suggestions | undefined
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

/** A field’s text marked where it has `{{names}}`, with a list of names while one is typed: arrow keys choose, Enter
 *  or Tab takes, Escape closes. Of other suggestions none is taken before it was chosen; the arrow key down asks for
 *  them. While the list is open the field is a combobox. */
export function useNames({ box, value, variables, suggestions, onText, lines, hidden, says }: Given) {
  const listId = useId()
  const marks = useRef<HTMLDivElement>(null)
  /** A choice is put in, which is no typing. */
  const taking = useRef(false)
  const [caret, setCaret] = useState<number>()
  const [host, setHost] = useState<Element>()
  const [picked, setPicked] = useState<number>()
  const [asked, setAsked] = useState(false)
  const choices = caret === undefined ? undefined : choicesAt(value, caret, variables, suggestions, asked)
  const last = (choices?.all.length ?? 0) - 1
  const at = Math.min(picked ?? (choices?.label === 'Variables' ? 0 : -1), last)
  const values = hidden ? [] : valuesIn(value, variables)
  const tip = useNameTip({ marks, value: hidden ? '' : value, variables })
  const pointed = choices ? undefined : tip.shown

  function follow(): void {
    if (marks.current && box.current) {
      marks.current.scrollLeft = box.current.scrollLeft
      marks.current.scrollTop = box.current.scrollTop
    }
  }
  // What was typed may be written otherwise, such as encoded: the caret stays behind it.
  const wrote = useRef<{ text: string; caret: number }>(undefined)
  useLayoutEffect(() => {
    const [before, field] = [wrote.current, box.current]
    wrote.current = undefined
    if (!before || !field || before.text === value || document.activeElement !== field) return
    const at = before.caret + value.length - before.text.length
    field.setSelectionRange(at, at)
  })
  function close(): void {
    setCaret(undefined)
  }
  function take(choice: Choice): void {
    const field = box.current
    if (!choices || !field) return
    close()
    field.focus()
    field.setSelectionRange(choices.from, choices.to)
    taking.current = true
    // oxlint-disable-next-line typescript/no-deprecated -- The one way to put in text that Undo takes back.
    if (!document.execCommand('insertText', false, choice.put))
      onText(`${value.slice(0, choices.from)}${choice.put}${value.slice(choices.to)}`)
    taking.current = false
  }
  function ask(field: Box): void {
    setPicked(undefined)
    setAsked(true)
    show(field)
  }
  function show(field: Box): void {
    setCaret(field.selectionStart ?? undefined)
    place(field)
  }
  /** Not within the field's label, or what is shown would be part of the field's name. */
  function place(field: Box): void {
    setHost(field.closest('dialog, main') ?? document.body)
  }
  function onKeyDown(event: KeyboardEvent<Box>): void {
    if (event.nativeEvent.isComposing) return
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    const field = event.currentTarget
    const chosen = choices?.all[at]
    const acts: Record<string, (() => void) | undefined> =
      choices === undefined
        ? {
            ArrowDown:
              suggestions && !lines && field.selectionStart === value.length ? () => ask(field) : undefined,
          }
        : {
            ArrowDown: () => setPicked(at === last ? 0 : at + 1),
            ArrowUp: () => setPicked(at <= 0 ? last : at - 1),
            Enter: chosen && (() => take(chosen)),
            Tab: chosen && (() => take(chosen)),
            Escape: close,
          }
    const act = acts[event.key]
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }
  const field = {
    value,
    'aria-autocomplete': 'list',
    'aria-description': [...values, ...(says === undefined ? [] : [says])].join('. ') || undefined,
    ...(choices && {
      role: 'combobox',
      'aria-expanded': true,
      'aria-controls': listId,
      ...(at >= 0 && { 'aria-activedescendant': `${listId}-${at}` }),
    }),
    onChange: ({ target }: { target: Box }) => {
      setPicked(undefined)
      setAsked(false)
      if (!taking.current) show(target)
      wrote.current = { text: target.value, caret: target.selectionStart ?? target.value.length }
      onText(target.value)
    },
    onSelect: ({ currentTarget }: { currentTarget: Box }) => {
      if (caret !== undefined && currentTarget.selectionStart !== caret) close()
      place(currentTarget)
      tip.atCaret(currentTarget)
    },
    onMouseMove: ({ currentTarget, clientX, clientY }: MouseEvent<Box>) => {
      place(currentTarget)
      tip.atPointer(clientX, clientY)
    },
    onMouseLeave: tip.noPointer,
    onKeyDown,
    onBlur: () => {
      close()
      tip.noCaret()
    },
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
      {pointed &&
        host &&
        createPortal(
          <NameTip
            text={value.slice(pointed.from, pointed.to)}
            variables={variables}
            anchor={() => pointOf(marks.current, pointed.from)}
          />,
          host,
        )}
      {choices &&
        host &&
        createPortal(
          <NameList
            id={listId}
            label={choices.label}
            choices={choices.all}
            at={at}
            anchor={() => pointOf(marks.current, choices.from)}
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
