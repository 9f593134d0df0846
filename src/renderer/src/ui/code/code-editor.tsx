import { lazy, Suspense } from 'react'
import css from './code-editor.module.css'
import type { CodeEditorProps } from './code-editor-props.ts'

// CodeMirror is a large library: it comes when the first editor is shown.
const CodeMirror = lazy(async () => ({ default: (await import('./code-mirror.tsx')).CodeMirror }))

export function CodeEditor(props: CodeEditorProps) {
  return (
    <Suspense fallback={<pre className={css.waiting}>{props.text.slice(0, 4000)}</pre>}>
      <CodeMirror {...props} />
    </Suspense>
  )
}
