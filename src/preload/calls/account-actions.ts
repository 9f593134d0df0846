import { z } from 'zod'
import { call } from './call.ts'
import { id } from '@contract/limits'
import { type ProviderAnswer, type PendingLogOut } from '@contract/account-actions'

const account = z.object({ id }).strict()

export const accountActionCalls = {
  /** OpenID Connect Core section 5.3. Codes: `userinfo_*`. */
  'accounts:userinfo': call(account).returns<ProviderAnswer>(),
  /** RFC 7662, of access and refresh token. Codes: `introspection_*`. */
  'accounts:introspect': call(account).returns<ProviderAnswer>(),
  /** RFC 7009, refresh token first. Codes: `revocation_*`. */
  'accounts:revoke': call(account).returns<ProviderAnswer>(),
  /** Opens the provider's logout in the browser; with `wayBack` the account is forgotten here when it comes back.
   *  `loopback` has it come back there, and keeps that for the connection. Codes: `logout_*`. */
  'accounts:log-out': call(
    z.object({ id, wayBack: z.boolean(), loopback: z.boolean().optional() }).strict(),
  ).returns<PendingLogOut>(),
}
