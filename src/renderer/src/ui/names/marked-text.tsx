import { useLayoutEffect, type Ref } from 'react'
import { namesIn, type Variables } from '../../lib/names.ts'
import css from './names-field.module.css'

interface Props {
  ref: Ref<HTMLDivElement>
  text: string
  variables: Variables | undefined
  lines?: boolean
  onDrawn: () => void
}

/** A second copy of a field’s text, behind it, in which names are marked. */
export function MarkedText({ ref, text, variables, lines, onDrawn }: Props) {
  const marks = variables ? namesIn(text, variables) : []
  useLayoutEffect(onDrawn)
  return (
    <div ref={ref} className={css.marks} data-lines={lines} aria-hidden="true">
      <span>
        {marks.map(({ from, to, kind }, index) => (
          <span key={index}>
            {text.slice(marks[index - 1]?.to ?? 0, from)}
            <mark className={css.name} data-kind={kind}>
              {text.slice(from, to)}
            </mark>
          </span>
        ))}
        {/* An empty last line takes room in a field, and none here. */}
        {text.slice(marks.at(-1)?.to ?? 0)}
        {lines && '\u200b'}
      </span>
    </div>
  )
}
