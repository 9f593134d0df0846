import { memo, useMemo, type ReactNode } from 'react'
import { tokenizeJson } from '../../lib/json/json-tokens.ts'
import css from './code-text.module.css'

/** One line of JSON, coloured. Not again where it is the same: lines in view are drawn anew for as long as a body comes. */
export const JsonLine = memo(function JsonLine({ text }: { text: string }) {
  return tokenizeJson(text).map((token, index) =>
    token.kind === 'space' || token.kind === 'mark' ? (
      token.text
    ) : (
      <span key={index} className={css[token.kind]}>
        {token.text}
      </span>
    ),
  )
})

interface Props {
  text: string
  label: string
  json?: boolean
  /** What is put behind a line. */
  behind?: (line: number) => ReactNode
}

/** Text with line numbers, wrapped. For what is small; the rest belongs in VirtualLines. */
export function CodeText({ text, label, json, behind }: Props) {
  const lines = useMemo(() => text.split(/\r\n|\n|\r/), [text])
  return (
    <pre className={css.code} aria-label={label} tabIndex={0}>
      {lines.map((line, index) => (
        <span key={index} className={css.line} data-line={index}>
          {json ? <JsonLine text={line} /> : line}
          {behind?.(index)}
          {'\n'}
        </span>
      ))}
    </pre>
  )
}
