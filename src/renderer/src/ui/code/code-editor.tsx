import { lazy, Suspense } from 'react'
import css from './code-editor.module.css'

export interface CodeEditorProps {
  label: string
  text: string
  language: 'json' | 'xml' | 'html' | 'text'
  onChange: (text: string) => void
  onSubmit: () => void
}

// CodeMirror is a large library: it comes when the first editor is shown.
const CodeMirror = lazy(async () => ({ default: (await import('./code-mirror.tsx')).CodeMirror }))

export function CodeEditor(props: CodeEditorProps) {
  return (
    <Suspense fallback={<pre className={css.waiting}>{props.text.slice(0, 4000)}</pre>}>
      <CodeMirror {...props} />
    </Suspense>
  )
}
