import { z } from 'zod'
import { call } from './call.ts'
import { limits, nothing } from '@contract/limits'
import {
  type TemplateView,
  type ConnectFound,
  registrationDraft,
  type RegisteredView,
} from '@contract/connect'

export const connectCalls = {
  /** Finds out what a pasted address is, which may name variables; saves nothing. Sends GETs alone; `byPost`: an API
   *  that takes none is asked by a POST with an empty JSON object. Codes: `connect_*`, `discovery_*`, `resource_*`,
   *  `variable_*`. */
  'connect:read': call(
    z
      .object({
        text: z.string().trim().min(1).max(limits.url),
        allowInsecure: z.boolean(),
        byPost: z.boolean().optional(),
      })
      .strict(),
  ).returns<ConnectFound>(),
  /** The kinds of provider that are known. */
  'connect:templates': call(nothing).returns<TemplateView[]>(),
  /** Opens a template's documentation in the system's browser. Codes: `template_unknown`,
   *  `browser_not_opened`. */
  'connect:open-documentation': call(
    z.object({ templateId: z.string().min(1).max(limits.id) }).strict(),
  ).returns<null>(),
  /** Registers this program with the provider and saves the connection. Codes: `registration_*`,
   *  `discovery_*`. */
  'connect:register': call(registrationDraft).returns<RegisteredView>(),
}
