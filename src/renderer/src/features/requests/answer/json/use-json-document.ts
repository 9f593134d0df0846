import { useEffect, useMemo, useReducer, useState } from 'react'
import { heldDocument, storedDocument, type JsonDocument } from '../../../../lib/json/document.ts'
import type { CopiedNode, TreeRow } from '../../../../lib/json/outline.ts'

const pageSize = 256
const keptPages = 40

/** Lays a body out while it is shown: `text` where the page holds all of it, else the stored one. */
export function useJsonDocument(exchangeId: string, text: string | undefined): JsonRows {
  const [counts, setCounts] = useState<JsonRows['counts']>()
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  const [document, setDocument] = useState<JsonDocument>()
  useEffect(() => {
    let gone = false
    const made = text === undefined ? storedDocument(exchangeId) : heldDocument(text)
    void made.open().then((opened) => {
      if (gone) return
      setDocument(made)
      setCounts(opened)
    })
    return () => {
      gone = true
      made.close()
    }
  }, [exchangeId, text])
  const rows = useMemo(
    () =>
      document && {
        lines: createRows((from, to) => document.lines(from, to), redraw),
        nodes: createRows((from, to) => document.nodes(from, to), redraw),
      },
    [document],
  )
  return {
    counts,
    line: (index) => rows?.lines.row(index),
    node: (index) => rows?.nodes.row(index),
    copy: async (node) => document?.copy(node),
    toggle: async (node) => {
      const nodes = (await document?.toggle(node)) ?? 0
      rows?.nodes.forget()
      setCounts((before) => before && { ...before, nodes })
      redraw()
    },
  }
}

/** A JSON body laid out. `counts` is undefined until it is read, null where it is not JSON. */
export interface JsonRows {
  counts: { lines: number; nodes: number; doubled: readonly number[] } | null | undefined
  line: (index: number) => string | undefined
  node: (index: number) => TreeRow | undefined
  toggle: (node: number) => Promise<void>
  copy: (node: number) => Promise<CopiedNode | undefined>
}

/** Rows that are fetched a page at a time as they come into view; the oldest pages are forgotten. */
function createRows<Row>(fetchRows: (from: number, to: number) => Promise<Row[]>, changed: () => void) {
  let pages = new Map<number, Row[] | null>()
  return {
    row: (index: number): Row | undefined => {
      const number = Math.floor(index / pageSize)
      const known = pages.get(number)
      if (known !== undefined) return known?.[index % pageSize]
      const asked = pages
      asked.set(number, null)
      void fetchRows(number * pageSize, (number + 1) * pageSize).then((rows) => {
        asked.set(number, rows)
        const [oldest] = asked.keys()
        if (asked.size > keptPages && oldest !== undefined) asked.delete(oldest)
        if (asked === pages) changed()
      })
      return undefined
    },
    forget: (): void => {
      pages = new Map()
    },
  }
}
