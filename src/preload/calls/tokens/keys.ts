import { z } from 'zod'
import { longestKeyName, type RingView } from '@contract/tokens/keys'
import { id, nothing } from '@contract/limits'
import { ringKeyFormNames, ringKeyTypeNames } from '@contract/tables/ring-key-types'
import { call } from '../call.ts'
import { keyInput } from './tokens.ts'

const name = z.string().max(longestKeyName)

export const keyCalls = {
  /** The key ring, without what is secret in it. */
  'keys:list': call(nothing).returns<RingView>(),
  /** Makes a key. Codes: `alg_unsupported`, `key_ring_full`. */
  'keys:make': call(z.object({ name, type: z.enum(ringKeyTypeNames) }).strict()).returns<{ id: string }>(),
  /** Takes a key, or all of a JWK Set. Codes: `key_*`, `secret_unreadable`. */
  'keys:import': call(z.object({ name, key: keyInput }).strict()).returns<{ count: number }>(),
  /** Code: `key_unknown`. */
  'keys:rename': call(z.object({ id, name }).strict()).returns<null>(),
  /** Moves it into the bin. Code: `key_unknown`. */
  'keys:remove': call(z.object({ id }).strict()).returns<null>(),
  /** Copies a form of it; a secret one is taken off the clipboard after a while. Codes: `key_unknown`,
   *  `key_form_unfit`. */
  'keys:copy': call(z.object({ id, form: z.enum(ringKeyFormNames) }).strict()).returns<{
    clearAfterSeconds?: number
  }>(),
  /** Serves the public halves as a JWK Set on this computer, or stops that. Code: `loopback_unavailable`. */
  'keys:serve': call(z.object({ on: z.boolean() }).strict()).returns<{ address: string | null }>(),
}
