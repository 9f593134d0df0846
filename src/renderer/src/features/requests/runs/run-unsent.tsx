import { useMemo } from 'react'
import { isRun, plannedItems } from '@contract/tables/item-kinds.ts'
import type { RunPlan } from '@contract/sending/runs.ts'
import { Notice } from '../../../ui/notice.tsx'
import { collections } from '../collections/collections-store.ts'
import type { RunSettings } from './runs-store.ts'

interface Props {
  of: Pick<RunPlan, 'collectionId' | 'folder' | 'paths'>
  settings: RunSettings
}

/** Names that are told; the results say it of each. */
const told = 10

/** Says which requests of a run have an auth in their files that is not sent. */
export function RunUnsent({ of: { collectionId, folder, paths }, settings: { callAs, tags } }: Props) {
  const items = collections.use(
    (state) => state.collections.find(({ id }) => id === collectionId)?.items ?? none,
  )
  const unsent = useMemo(() => {
    // Most collections have none, and some have very many requests.
    if (callAs !== 'own' || items.every(({ unsentAuth }) => unsentAuth === undefined)) return none
    return plannedItems({ folder, ...(paths && { paths }), ...(tags && { tags }) }, items).filter(
      (item) => item.unsentAuth !== undefined && isRun(item),
    )
  }, [items, callAs, folder, paths, tags])
  if (unsent.length === 0) return null
  const kinds = [...new Set(unsent.map(({ unsentAuth }) => unsentAuth))]
  const names = unsent.slice(0, told).map(({ name }) => name)
  const more = unsent.length - names.length
  return (
    <Notice
      tone="warn"
      title={`${unsent.length.toLocaleString('en')} ${unsent.length === 1 ? 'request has' : 'requests have'} an auth that Gatehouse does not send`}
      next="They are sent without auth unless an account is chosen in the request or above."
    >
      {kinds.join(', ')}: {names.join(', ')}
      {more > 0 && ` and ${more.toLocaleString('en')} more`}.
    </Notice>
  )
}

const none: never[] = []
