import { z } from 'zod'
import { call } from './call.ts'
import { id, limits } from '@contract/limits'
import { type FlowSummary, type FlowView, type FlowComparison } from '@contract/flows'

const key = z.object({ startedAt: z.number().int(), id }).strict()

export const flowCalls = {
  /** Newest first, paged by key. `search`: every word begins a word of title, connection, grant or outcome. */
  'flows:list': call(
    z
      .object({
        limit: z.number().int().min(1).max(200),
        search: z.string().max(limits.name).optional(),
        before: key.optional(),
      })
      .strict(),
  ).returns<FlowSummary[]>(),
  /** Codes: `flow_unknown`. */
  'flows:get': call(z.object({ id }).strict()).returns<FlowView>(),
  /** curl of one message, the whole flow as HAR 1.2 or as a Mermaid diagram, to the clipboard or to a file
   *  that the user chooses. Codes: `flow_unknown`, `flow_no_request`, `save_failed`. */
  'flows:export': call(
    z.discriminatedUnion('format', [
      z.object({ id, format: z.literal('curl'), index: z.number().int().min(0).max(10_000) }).strict(),
      z.object({ id, format: z.enum(['har', 'mermaid']), to: z.enum(['clipboard', 'file']) }).strict(),
    ]),
  ).returns<{ done: 'copied' | 'saved' | 'cancelled'; file?: string }>(),
  /** Codes: `flow_unknown`. */
  'flows:compare': call(z.object({ left: id, right: id }).strict()).returns<FlowComparison>(),
  /** Without `id`: all of them. */
  'flows:remove': call(z.object({ id: id.optional() }).strict()).returns<null>(),
}
