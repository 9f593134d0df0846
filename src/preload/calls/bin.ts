import { z } from 'zod'
import { call } from './call.ts'
import type { BinEntry } from '@contract/bin'
import { id, nothing } from '@contract/limits'

export const binCalls = {
  /** Newest first. */
  'bin:list': call(nothing).returns<BinEntry[]>(),
  /** Codes: `bin_unknown`, `bin_conflict`, `bin_lost`. */
  'bin:restore': call(z.object({ id }).strict()).returns<BinEntry>(),
  /** Deletes it permanently. */
  'bin:erase': call(z.object({ id }).strict()).returns<null>(),
  'bin:empty': call(nothing).returns<null>(),
}
