import { BodyTable } from '../table/body-table.tsx'
import { useBodyState } from './use-long-body.ts'
import css from './long-body.module.css'

/** A body that the page does not hold, as a table. */
export function StoredTable({ id, contentType }: { id: string; contentType: string }) {
  const { state, failure } = useBodyState(id, contentType)
  if (failure) return <p className={css.none}>{failure.message}</p>
  if (state?.table !== undefined) return <BodyTable id={id} count={state.table} />
  return (
    <p className={css.none} role="status">
      {state?.whole ? 'There is no list of objects in this body.' : 'Opening the body'}
    </p>
  )
}
