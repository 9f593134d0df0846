import { useEffect, useRef } from 'react'
import { useWorkspace } from '../../lib/workspace.ts'

/** Takes a row out of a list that is typed, and offers to put it back for as long as the list is shown. `called`: how the
 *  message names it. A dialog, behind which no message can be reached, has Cancel. */
export function useRemoveRow<Row>(
  rows: readonly Row[],
  onChange: (rows: Row[]) => void,
): (index: number, called: string) => void {
  const { toasts } = useWorkspace()
  const latest = useRef({ rows, onChange })
  const offers = useRef<number[]>([])
  useEffect(() => {
    latest.current = { rows, onChange }
  })
  useEffect(
    () => () => {
      for (const id of offers.current) toasts.getState().dismiss(id)
      offers.current = []
    },
    [toasts],
  )
  return (index, called) => {
    const row = rows[index]
    if (row === undefined) return
    onChange(rows.toSpliced(index, 1))
    if (document.querySelector('dialog[open]')) return
    const id = toasts.getState().offer(`${called} was removed.`, {
      label: 'Undo',
      run: () => {
        const now = latest.current
        now.onChange(now.rows.toSpliced(index, 0, row))
      },
    })
    offers.current.push(id)
  }
}
