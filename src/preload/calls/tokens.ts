import { z } from 'zod'
import { call } from './call.ts'
import { id, limits, nothing } from '@contract/limits'
import { jwtKindNames } from '@contract/tables/jwt-kinds'
import { type BenchView, tokenKind } from '@contract/tokens'

const tokenChoice = z.object({ accountId: id, kind: tokenKind }).strict()

/** A JWK, a JWK Set, PEM, or a shared secret. */
const keyInput = z
  .object({
    text: z.string().max(262_144),
    encoding: z.enum(['text', 'base64', 'base64url', 'hex']).optional(),
    algorithm: z.string().max(40).optional(),
  })
  .strict()

export const tokenCalls = {
  /** Decodes a pasted token, offline but for `withKeys`: that asks the connection's provider for its keys. The text
   *  is not kept. Code: `connection_unknown`. */
  'tokens:inspect': call(
    z
      .object({
        text: z.string().max(limits.token),
        pick: z.int().min(0).max(20).optional(),
        kind: z.enum(jwtKindNames).optional(),
        key: keyInput.optional(),
        connectionId: id.optional(),
        withKeys: z.boolean().optional(),
      })
      .strict(),
  ).returns<BenchView>(),
  /** Signs a token with a key that the user gives; neither is kept. Codes: `header_unreadable`, `payload_unreadable`,
   *  `key_*`, `secret_unreadable`. */
  'tokens:make': call(
    z
      .object({
        header: z.string().max(limits.secret),
        payload: z.string().max(262_144),
        key: keyInput,
      })
      .strict(),
  ).returns<{ text: string }>(),
  /** The JWT on the clipboard, by the user's own press; other text is not given. Codes: `clipboard_empty`,
   *  `clipboard_too_large`, `clipboard_no_token`. */
  'tokens:paste': call(nothing).returns<{ text: string }>(),
  /** The text of a token, asked for by the user's own act. */
  'tokens:reveal': call(tokenChoice).returns<{ text: string; hideAfterSeconds: number }>(),
  /** Copies in the main process; the clipboard is cleared after a while if it still holds the token. */
  'tokens:copy': call(tokenChoice).returns<{ clearAfterSeconds: number }>(),
}
