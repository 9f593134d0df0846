import { useEffect, useLayoutEffect, useRef, type TextareaHTMLAttributes } from 'react'
import type { TextMark, TextPart } from '@contract/tokens/tokens.ts'
import { TextArea } from '../field.tsx'
import { editedText, longest, shownOf } from './long-text.ts'
import { piecesOf, segmentsOf } from './segments.ts'
import strip from './token-strip.module.css'
import css from './token-area.module.css'

type Props = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'value' | 'onChange'> & {
  value: string
  onText?: (text: string) => void
  /** What is known of this very text: left out while it is being read. */
  parts?: readonly TextPart[]
  marks?: readonly TextMark[]
}

/** A field for a token, whose parts have their colours and whose defects are marked at their place: a copy of the text is
 *  drawn under the field, which shows only its caret and selection then. Of a long text the beginning is shown. */
export function TokenArea({ value, className, parts, marks, onText, ...rest }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const pieces = piecesOf(value, parts ?? segmentsOf(value), marks ?? [])
  function follow(): void {
    const area = box.current?.querySelector('textarea')
    const copy = box.current?.querySelector('[aria-hidden]')
    if (area && copy) copy.scrollTop = area.scrollTop
  }
  useLayoutEffect(follow)
  useEffect(() => {
    const area = box.current?.querySelector('textarea')
    /** What is too long to be laid out goes past the field. */
    function onBeforeInput(event: InputEvent): void {
      const text = event.data ?? event.dataTransfer?.getData('text/plain') ?? ''
      if (!area || area.readOnly || text.length <= longest) return
      event.preventDefault()
      const field = area.value.slice(0, area.selectionStart) + text + area.value.slice(area.selectionEnd)
      onText?.(editedText(value, field))
    }
    area?.addEventListener('beforeinput', onBeforeInput)
    return () => area?.removeEventListener('beforeinput', onBeforeInput)
  }, [value, onText])
  return (
    <div ref={box} className={css.box} data-coloured={pieces.length > 0}>
      <TextArea
        {...rest}
        value={shownOf(value)}
        className={className}
        onScroll={follow}
        onChange={(event) => onText?.(editedText(value, event.target.value))}
      />
      {pieces.length > 0 && (
        <div className={css.copy} aria-hidden="true">
          {pieces.map(({ text, role, mark }, index) => (
            <span
              key={index}
              className={role === undefined ? css.around : strip[role]}
              data-mark={mark}
              data-missing={(mark && text === '') || undefined}
            >
              {text}
            </span>
          ))}
        </div>
      )}
    </div>
  )
}
