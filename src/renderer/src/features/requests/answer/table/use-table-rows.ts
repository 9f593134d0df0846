import { useMemo, useReducer, useState } from 'react'
import type { TableCell, TablePage } from '@contract/bodies.ts'
import { useWorkspace } from '../../../../lib/workspace.ts'
import { createPagedRows } from '../long/paged-rows.ts'

/** The columns of a table as far as they are known, and its rows as they come into view. */
export interface TableRows {
  head: Pick<TablePage, 'name' | 'columns' | 'left'>
  /** The first rows: how wide columns are is judged by them. */
  sample: TablePage['rows']
  row: (index: number, count: number) => (TableCell | null)[] | undefined
}

const blank: TablePage = { columns: [], left: 0, rows: [] }

export function useTableRows(id: string): TableRows {
  const { bridge } = useWorkspace()
  const [, redraw] = useReducer((turn: number) => turn + 1, 0)
  const [known, setKnown] = useState<Pick<TableRows, 'head' | 'sample'>>({ head: blank, sample: blank.rows })
  const rows = useMemo(
    () =>
      createPagedRows(async (from, count) => {
        const found = await bridge.call['bodies:table']({ id, from, count })
        if (!found.ok) return null
        const { rows: page, ...head } = found.value
        setKnown((before) => ({
          // A page that was asked for earlier may come later, and knows fewer.
          head: head.columns.length >= before.head.columns.length ? head : before.head,
          sample: from === 0 && before.sample.length < sampled ? page.slice(0, sampled) : before.sample,
        }))
        return page
      }, redraw),
    [bridge, id],
  )
  return { ...known, row: rows.row }
}

const sampled = 50
