import { z } from 'zod'
import { call } from './call.ts'
import { id, limits, nothing } from '@contract/limits'
import { type BenchView, tokenKind } from '@contract/tokens'

const tokenChoice = z.object({ accountId: id, kind: tokenKind }).strict()

export const tokenCalls = {
  /** Decodes a pasted token, offline but for `withKeys`: that asks the connection's provider for its keys. The text
   *  is not kept. Code: `connection_unknown`. */
  'tokens:inspect': call(
    z
      .object({
        text: z.string().max(limits.token),
        connectionId: id.optional(),
        withKeys: z.boolean().optional(),
      })
      .strict(),
  ).returns<BenchView>(),
  /** The JWT on the clipboard, by the user's own press; other text is not given. Codes: `clipboard_empty`,
   *  `clipboard_too_large`, `clipboard_no_token`. */
  'tokens:paste': call(nothing).returns<{ text: string }>(),
  /** The text of a token, asked for by the user's own act. */
  'tokens:reveal': call(tokenChoice).returns<{ text: string; hideAfterSeconds: number }>(),
  /** Copies in the main process; the clipboard is cleared after a while if it still holds the token. */
  'tokens:copy': call(tokenChoice).returns<{ clearAfterSeconds: number }>(),
}
