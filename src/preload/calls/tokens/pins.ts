import { z } from 'zod'
import type { PinView } from '@contract/tokens/bench'
import { id, nothing } from '@contract/limits'
import { longestPinName } from '@contract/words'
import { call } from '../call.ts'
import { pasted, tokenChoice } from './tokens.ts'

const name = z.string().max(longestPinName)

export const pinCalls = {
  /** The tokens that are pinned to the bench, without their texts. */
  'pins:list': call(nothing).returns<PinView[]>(),
  /** Keeps a token, sealed. Codes: `pins_full`, `pin_empty`, `account_unknown`, `token_missing`, `connection_unknown`,
   *  those of the vault. */
  'pins:add': call(z.object({ name, token: z.union([pasted, tokenChoice]) }).strict()).returns<{
    id: string
  }>(),
  /** The text of a pinned token, by the user's own press. Codes: `pin_unknown`, `document_*`, those of the vault. */
  'pins:read': call(z.object({ id }).strict()).returns<{ text: string }>(),
  /** Code: `pin_unknown`. */
  'pins:rename': call(z.object({ id, name }).strict()).returns<null>(),
  /** Moves it into the bin. Code: `pin_unknown`. */
  'pins:remove': call(z.object({ id }).strict()).returns<null>(),
}
