import { defined } from '@contract/defined.ts'
import { useMemo, type ReactNode } from 'react'
import { formatJson, jsonProblem } from '../json-comments.ts'
import { CodeFoot } from './code-foot.tsx'

interface Props {
  text: string
  /** What is said where nothing is wrong. */
  children: ReactNode
  onText: (text: string) => void
  /** As `CodeFoot` has it. */
  what?: string
}

/** Below an editor of JSON. */
export function JsonFoot({ text, children, onText, what }: Props) {
  const problem = useMemo(() => jsonProblem(text), [text])
  return (
    <CodeFoot
      {...defined({ what })}
      problem={problem && `Not valid JSON: ${problem}`}
      onFormat={text.trim() === '' ? undefined : () => void formatJson(text).then(onText)}
    >
      {children}
    </CodeFoot>
  )
}
