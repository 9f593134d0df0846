import type { FlowKind } from '@contract/flows'
import type { StockSeen } from '../../checkup/stock.ts'
import type { FlowStep, FlowStore } from '../../flow/flow.ts'
import { defined } from '@contract/defined'
import { stockTitle } from '../tokens/watch-stock.ts'

/** Flows that are looked through for the newest of a connection, and of these how many are opened, at most. */
const limits = { heads: 200, opened: 40 }

/** What an ordinary client made of the newest sign-in and refresh of a connection, as their flows keep it; what cannot
 *  be read is passed over. */
export function stockSeen(flows: FlowStore, userId: string, connectionId: string): StockSeen {
  const wanted = new Set<FlowKind>(['sign-in', 'refresh'])
  const seen = new Map<FlowKind, StockSeen['signIn']>()
  let opened = 0
  for (const { id, kind } of flows.page(userId, limits.heads)) {
    if (!wanted.has(kind)) continue
    if (opened >= limits.opened) break
    opened += 1
    const step = stepsOf(flows, userId, id).find(
      (each) => each.kind === 'checks' && each.title === stockTitle && each.connectionId === connectionId,
    )
    if (step?.kind !== 'checks') continue
    seen.set(
      kind,
      step.checks.map(({ label, state, detail }) => ({ label, accepts: state === 'valid', detail })),
    )
    wanted.delete(kind)
  }
  return defined({ signIn: seen.get('sign-in'), refresh: seen.get('refresh') })
}

function stepsOf(flows: FlowStore, userId: string, id: string): FlowStep[] {
  try {
    return flows.get(userId, id)?.steps ?? []
  } catch {
    return []
  }
}
