import { useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { namesIn, valuesIn, type NameMark, type Variables } from '../../lib/names.ts'
import css from './names-field.module.css'

interface Props {
  /** A `{{name}}`. */
  text: string
  variables: Variables | undefined
  /** Where it is drawn. */
  anchor: () => { left: number; top: number; bottom: number }
}

/** What a name in a field is worth and where that is from, below it: a secret is called one and not shown. The field's
 *  description says the same to assistive technology. */
export function NameTip({ text, variables, anchor }: Props) {
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    if (!element.matches(':popover-open')) element.showPopover()
    const { left, top, bottom } = anchor()
    const { width, height } = element.getBoundingClientRect()
    const below = bottom + 6 + height <= window.innerHeight - 8
    element.style.left = `${Math.max(8, Math.min(left, window.innerWidth - width - 8))}px`
    element.style.top = `${below ? bottom + 6 : Math.max(8, top - height - 6)}px`
  })
  return (
    <div ref={box} role="tooltip" popover="manual" className={css.tip}>
      {valuesIn(text, variables).join()}
    </div>
  )
}

interface Given {
  /** The second copy of the text, in which names are marked. */
  marks: RefObject<HTMLElement | null>
  value: string
  variables: Variables | undefined
}

/** Which name of a field is pointed at, or has the caret. */
export function useNameTip({ marks, value, variables }: Given) {
  const [pointer, setPointer] = useState<number>()
  const [caret, setCaret] = useState<{ from: number; to: number }>()
  const names = variables && value.includes('{{') ? namesIn(value, variables) : []
  const atCaret = caret && names.find(({ from, to }) => from <= caret.to && to >= caret.from)
  const shown: NameMark | undefined = (pointer === undefined ? undefined : names[pointer]) ?? atCaret
  return {
    shown,
    atPointer: (x: number, y: number): void => {
      if (names.length === 0) return
      const drawn = Array.from(marks.current?.querySelectorAll('mark') ?? [])
      const at = drawn.findIndex((mark) =>
        Array.from(mark.getClientRects()).some(
          ({ left, right, top, bottom }) => x >= left && x <= right && y >= top && y <= bottom,
        ),
      )
      setPointer(at < 0 ? undefined : at)
    },
    noPointer: (): void => setPointer(undefined),
    atCaret: ({ selectionStart, selectionEnd }: HTMLInputElement | HTMLTextAreaElement): void =>
      setCaret({ from: selectionStart ?? 0, to: selectionEnd ?? 0 }),
    noCaret: (): void => setCaret(undefined),
  }
}
