import { useEffect } from 'react'
import type { ScopeView } from '@contract/collection-scope.ts'
import { useEnvironment } from '../../../lib/workspace.ts'
import type { OpenRequest } from '../state.ts'
import { requests } from '../store.ts'

/** Whether the response that is shown came while another environment was chosen, the user's or the collection's, so that
 *  the request would be another now. */
export function useAnsweredElsewhere(
  tabId: string,
  { draft, file, within, exchange, shown }: OpenRequest,
  scope: ScopeView | undefined,
): boolean {
  const show = requests.use((state) => state.show)
  const environmentId = useEnvironment()?.id
  const chosen = JSON.stringify([environmentId, scope?.environment ?? null])
  const isKnown = environmentId !== undefined && ((file ?? within) === undefined || scope !== undefined)
  const answered = shown?.answered
  const isNoted = exchange === null || answered?.id === exchange.id
  const id = exchange?.id
  useEffect(() => {
    if (isKnown && !isNoted && id !== undefined) show(tabId, { answered: { id, chosen } })
  }, [isKnown, isNoted, id, show, tabId, chosen])
  if (!isKnown || !isNoted || answered === undefined || answered.chosen === chosen) return false
  return draft.auth?.kind === 'inherit' || JSON.stringify(draft).includes('{{')
}
