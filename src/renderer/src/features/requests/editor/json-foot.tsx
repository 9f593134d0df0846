import { useMemo, type ReactNode } from 'react'
import { formatJson, jsonProblem } from '../json-comments.ts'
import { Button } from '../../../ui/button.tsx'
import css from './body-editor.module.css'

interface Props {
  text: string
  /** What is said where nothing is wrong. */
  children: ReactNode
  onText: (text: string) => void
}

/** Below an editor of JSON: what is wrong with it, and a button that formats it. */
export function JsonFoot({ text, children, onText }: Props) {
  const problem = useMemo(() => jsonProblem(text), [text])
  return (
    <div className={css.foot}>
      <span className={css.problem} role="status">
        {problem && `Not valid JSON: ${problem}`}
      </span>
      {!problem && <span className="faint">{children}</span>}
      <span className="grow" />
      <Button
        look="quiet"
        small
        disabled={problem !== null || text.trim() === ''}
        onClick={() => void formatJson(text).then(onText)}
      >
        Format
      </Button>
    </div>
  )
}
