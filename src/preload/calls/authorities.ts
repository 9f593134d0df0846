import { z } from 'zod'
import type { AuthoritiesView } from '@contract/authorities'
import { nothing } from '@contract/limits'
import { call } from './call.ts'

export const authorityCalls = {
  'authorities:read': call(nothing).returns<AuthoritiesView>(),
  /** Trusts what the system trusts. Code: `authorities_not_kept`. */
  'authorities:use-system': call(z.object({ on: z.boolean() }).strict()).returns<AuthoritiesView>(),
  /** Asks for a PEM file and keeps a copy. Codes: `authority_none`, `authority_unreadable`, `authority_too_large`,
   *  `authorities_not_kept`, `open_failed`. */
  'authorities:choose': call(nothing).returns<AuthoritiesView>(),
  'authorities:remove': call(nothing).returns<AuthoritiesView>(),
  /** What was last removed or replaced is trusted again. Code: `authorities_not_kept`. */
  'authorities:bring-back': call(nothing).returns<AuthoritiesView>(),
}
