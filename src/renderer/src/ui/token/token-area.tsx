import { useLayoutEffect, useRef, type TextareaHTMLAttributes } from 'react'
import { TextArea } from '../field.tsx'
import { segmentsOf } from './segments.ts'
import strip from './token-strip.module.css'
import css from './token-area.module.css'

const colours = [strip.header, strip.payload, strip.signature]

type Props = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'value'> & { value: string }

/** A field for a token, whose parts have their colours: a copy of the text is drawn under the field, which shows only its
 *  caret and selection then. */
export function TokenArea({ value, className, ...rest }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const segments = segmentsOf(value)
  function follow(): void {
    const area = box.current?.querySelector('textarea')
    const copy = box.current?.querySelector('[aria-hidden]')
    if (area && copy) copy.scrollTop = area.scrollTop
  }
  useLayoutEffect(follow)
  return (
    <div ref={box} className={css.box} data-coloured={segments !== undefined}>
      <TextArea {...rest} value={value} className={className} onScroll={follow} />
      {segments && (
        <div className={css.copy} aria-hidden="true">
          {segments.map((segment, index) => (
            <span key={index}>
              {index > 0 && '.'}
              <span className={colours[index] ?? ''}>{segment}</span>
            </span>
          ))}
        </div>
      )}
    </div>
  )
}
