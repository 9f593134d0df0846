import { z } from 'zod'
import { call } from './call.ts'
import { limits, nothing } from '@contract/limits'
import { listWidths, mostCopied } from '@contract/words'
import { theme, playgroundFault, type PlaygroundState, type Bootstrap } from '@contract/app'

export const appCalls = {
  'app:bootstrap': call(nothing).returns<Bootstrap>(),
  'app:set-theme': call(z.object({ theme }).strict()).returns<null>(),
  /** Of the list beside the rail, in CSS pixels. */
  'app:set-list-width': call(
    z.object({ pixels: z.number().int().min(listWidths.least).max(listWidths.most) }).strict(),
  ).returns<null>(),
  /** Text that the page shows; a token has calls of its own. */
  'app:copy-text': call(z.object({ text: z.string().min(1).max(mostCopied) }).strict()).returns<null>(),
  'playground:start': call(nothing).returns<PlaygroundState>(),
  'playground:stop': call(nothing).returns<PlaygroundState>(),
  /** Codes: `playground_not_running`, `playground_no_answer`, `playground_refused`. */
  'playground:set-fault': call(
    z.object({ fault: playgroundFault, on: z.boolean() }).strict(),
  ).returns<PlaygroundState>(),
  /** `of`: a username or a client_id. Codes: `playground_not_running`, `playground_unknown`. */
  'playground:copy': call(
    z
      .object({
        what: z.enum(['password', 'client-id', 'client-secret']),
        of: z.string().min(1).max(limits.name),
      })
      .strict(),
  ).returns<null>(),
}
