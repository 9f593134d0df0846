import { useMemo } from 'react'
import { CodeText, JsonLine } from '../../../../ui/code/code-text.tsx'
import { VirtualLines } from '../../../../ui/code/virtual-lines.tsx'
import { outlineJson } from '../../../../lib/json/outline.ts'
import { DoubledName } from './doubled-name.tsx'
import { JsonTree } from './json-tree.tsx'
import { useJsonDocument, type JsonRows } from './use-json-document.ts'
import { useLineMenu } from './use-value-menu.tsx'
import css from '../response-body.module.css'

/** Lines with a doubled name that are marked. */
const mostMarked = 1_000

/** JSON as lines or as a tree, laid out beside the page where it is large. */
export function LaidOut({ id, text, tree }: { id: string; text: string | undefined; tree: boolean }) {
  const rows = useJsonDocument(id, text)
  if (rows.counts === undefined)
    return (
      <p className={css.none} role="status">
        Formatting the body
      </p>
    )
  if (rows.counts === null) return <p className={css.none}>The body is not valid JSON. View it as text.</p>
  return tree ? <JsonTree rows={rows} /> : <JsonLines rows={rows} />
}

function JsonLines({ rows }: { rows: JsonRows }) {
  const doubled = useMemo(() => new Set(rows.counts?.doubled), [rows.counts?.doubled])
  const menu = useLineMenu(rows.copy)
  return (
    <div className={css.held} onContextMenu={menu.onContextMenu}>
      <VirtualLines
        count={rows.counts?.lines ?? 0}
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
      {menu.menu}
    </div>
  )
}

/** JSON that is short, laid out by the page itself: each line of `pretty` is a row of the outline of `text`. */
export function ShortJson({ text, pretty }: { text: string; pretty: string }) {
  const outline = useMemo(() => outlineJson(text), [text])
  const doubled = useMemo(() => new Set(outline?.doubled(mostMarked)), [outline])
  const menu = useLineMenu(async (line) => outline?.copy(line))
  return (
    <div className={css.held} onContextMenu={menu.onContextMenu}>
      <CodeText
        text={pretty}
        json
        label="Body, formatted"
        behind={(line) => doubled.has(line) && <DoubledName />}
      />
      {menu.menu}
    </div>
  )
}
