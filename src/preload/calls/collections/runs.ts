import { z } from 'zod'
import { id } from '@contract/limits'
import { runPlan, runRows, type RunRow, type RunView } from '@contract/sending/runs'
import { call } from '../call.ts'

const run = z.object({ id }).strict()

export const runCalls = {
  /** Starts a run; how far it is, is told by `changed` with the area `runs`. Codes: `run_empty`, `run_too_long`,
   *  `run_data`, `collection_unknown`. */
  'runs:start': call(runPlan).returns<RunView>(),
  /** Codes: `run_unknown`. */
  'runs:get': call(run).returns<RunView>(),
  /** What was sent so far, in its order. */
  'runs:rows': call(runRows).returns<RunRow[]>(),
  'runs:pause': call(run.extend({ paused: z.boolean() }).strict()).returns<null>(),
  'runs:cancel': call(run).returns<null>(),
}
