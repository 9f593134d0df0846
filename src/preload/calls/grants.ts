import { z } from 'zod'
import { call } from './call.ts'
import { id } from '@contract/limits'
import { directGrantInput } from '@contract/grants'

export const grantCalls = {
  /** Gets tokens without a browser. Codes: `token_*`, `connection_*`, `grant_other`. */
  'sign-in:direct': call(z.object({ connectionId: id, input: directGrantInput }).strict()).returns<{
    accountId: string
  }>(),
}
