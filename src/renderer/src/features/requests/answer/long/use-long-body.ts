import { useEffect, useMemo, useReducer, useState } from 'react'
import type { BodyRows, BodyState } from '@contract/bodies.ts'
import type { Failure } from '@contract/result.ts'
import { useWorkspace } from '../../../../lib/workspace.ts'
import { createPagedRows } from './paged-rows.ts'

/** How far a long body is; told again and again while it comes. */
export function useBodyState(id: string, contentType: string): { state?: BodyState; failure?: Failure } {
  const { bridge } = useWorkspace()
  const [state, setState] = useState<BodyState>()
  const [failure, setFailure] = useState<Failure>()
  useEffect(() => {
    let gone = false
    let pushed = false
    const stop = bridge.on('body:state', (told) => {
      if (told.id !== id) return
      pushed = true
      setState(told)
    })
    void bridge.call['bodies:open']({ id, contentType }).then((opened) => {
      // What was told meanwhile is newer.
      if (gone || pushed) return
      if (opened.ok) setState(opened.value)
      else setFailure(opened.error)
    })
    return () => {
      gone = true
      stop()
    }
  }, [bridge, id, contentType])
  return { ...(state && { state }), ...(failure && { failure }) }
}

/** The lines of a body as they come into view. */
export function useBodyRows(
  id: string,
  as: BodyRows['as'],
): (index: number, count: number) => string | undefined {
  const { bridge } = useWorkspace()
  const [, redraw] = useReducer((turn: number) => turn + 1, 0)
  const rows = useMemo(
    () =>
      createPagedRows(async (from, count) => {
        const found = await bridge.call['bodies:rows']({ id, as, from, count })
        return found.ok ? found.value : null
      }, redraw),
    [bridge, id, as],
  )
  return rows.row
}
