import { useMemo } from 'react'
import { JsonLine } from '../../../../ui/code/code-text.tsx'
import { VirtualLines } from '../../../../ui/code/virtual-lines.tsx'
import { DoubledName } from './doubled-name.tsx'
import { JsonTree } from './json-tree.tsx'
import { useJsonDocument } from './use-json-document.ts'
import css from '../response-body.module.css'

/** JSON as lines or as a tree, laid out beside the page where it is large. */
export function LaidOut({ id, text, tree }: { id: string; text: string | undefined; tree: boolean }) {
  const rows = useJsonDocument(id, text)
  const doubled = useMemo(() => new Set(rows.counts?.doubled), [rows.counts?.doubled])
  if (rows.counts === undefined)
    return (
      <p className={css.none} role="status">
        Formatting the body
      </p>
    )
  if (rows.counts === null) return <p className={css.none}>The body is not valid JSON. View it as text.</p>
  if (tree) return <JsonTree rows={rows} />
  return (
    <VirtualLines
      count={rows.counts.lines}
      label="Body, formatted"
      line={(index) => {
        const line = rows.line(index)
        if (line === undefined) return null
        return (
          <>
            <JsonLine text={line} />
            {doubled.has(index) && <DoubledName />}
          </>
        )
      }}
    />
  )
}
