import { z } from 'zod'
import { call } from './call.ts'
import { id, nothing, scope } from '@contract/limits'
import {
  type AccountSummary,
  type AccountView,
  type PendingSignIn,
  type RedirectHold,
} from '@contract/accounts'

export const accountCalls = {
  'accounts:list': call(nothing).returns<AccountSummary[]>(),
  /** Decodes and checks this account's tokens; may fetch the provider's keys. */
  'accounts:get': call(z.object({ id }).strict()).returns<AccountView>(),
  'accounts:refresh': call(z.object({ id }).strict()).returns<AccountSummary>(),
  /** The user's word that an account which nothing identifies is the person of another one. Codes: `account_known`,
   *  `account_other_connection`. */
  'accounts:same-person': call(z.object({ id, as: id }).strict()).returns<{ accountId: string }>(),
  /** Forgets the account and its tokens on this computer. */
  'accounts:remove': call(z.object({ id }).strict()).returns<null>(),
  'sign-in:start': call(
    z
      .object({
        connectionId: id,
        scope: scope.optional(),
        /** What an API asked for (RFC 9470), in place of the connection's own. */
        acrValues: scope.optional(),
        maxAgeSeconds: z.number().int().min(0).max(999_999_999).optional(),
        /** Whose sign-in is begun again. */
        accountId: id.optional(),
      })
      .strict(),
  ).returns<PendingSignIn>(),
  'sign-in:list': call(nothing).returns<PendingSignIn[]>(),
  'sign-in:cancel': call(z.object({ id }).strict()).returns<null>(),
  /** Opens the system browser again. */
  'sign-in:open-again': call(z.object({ id }).strict()).returns<{ browserOpened: boolean }>(),
  'sign-in:copy-url': call(z.object({ id }).strict()).returns<null>(),
  /** The full redirect URL, pasted manually. */
  'sign-in:paste': call(z.object({ redirectUrl: z.string().trim().min(1).max(65_536) }).strict()).returns<{
    accountId: string
  }>(),
  /** What may hold the redirect: the provider's page is asked for once, without the user's session. */
  'sign-in:what-holds': call(z.object({ id }).strict()).returns<RedirectHold>(),
  /** Signs in by loopback instead, and keeps that for the connection. Codes: `sign_in_no_loopback`. */
  'sign-in:by-loopback': call(z.object({ id }).strict()).returns<PendingSignIn>(),
}
