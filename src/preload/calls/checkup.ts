import { z } from 'zod'
import { call } from './call.ts'
import { id } from '@contract/limits'
import { type CheckupView } from '@contract/checkup'

const connection = z.object({ connectionId: id }).strict()

export const checkupCalls = {
  /** Reads metadata and keys again and measures them. Codes: `connection_unknown`. */
  'checkup:run': call(connection).returns<CheckupView>(),
  /** The same as Markdown, into the clipboard. Codes: `connection_unknown`. */
  'checkup:copy': call(connection).returns<null>(),
}
