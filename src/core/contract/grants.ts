import { z } from 'zod'
import { id, limits } from './limits.ts'
import { tokenTypes } from './words.ts'

/** A token of an account, which stays in the vault, or one that was pasted. */
const tokenSource = z.union([
  z.object({ accountId: id, kind: z.enum(['access', 'refresh', 'id']) }).strict(),
  z.object({ token: z.string().trim().min(1).max(limits.token), type: z.enum(tokenTypes) }).strict(),
])
export type TokenSource = z.infer<typeof tokenSource>

/** What a grant without a browser is asked with. */
export const directGrantInput = z.discriminatedUnion('grant', [
  z.object({ grant: z.literal('client_credentials') }).strict(),
  z
    .object({
      grant: z.literal('password'),
      username: z.string().min(1).max(limits.secret),
      password: z.string().max(limits.secret),
    })
    .strict(),
  z
    .object({
      grant: z.literal('jwt_bearer'),
      /** A finished assertion, or a subject for which one is signed with the client key. */
      from: z.union([
        z.object({ assertion: z.string().trim().min(1).max(limits.token) }).strict(),
        z.object({ subject: z.string().trim().min(1).max(limits.name) }).strict(),
      ]),
    })
    .strict(),
  z
    .object({
      grant: z.literal('token_exchange'),
      subject: tokenSource,
      /** Who acts for the subject (delegation, RFC 8693 section 1.1). */
      actor: tokenSource.optional(),
    })
    .strict(),
])
export type DirectGrantInput = z.infer<typeof directGrantInput>
