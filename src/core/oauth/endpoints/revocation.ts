import { callEndpoint, type EndpointContext, type EndpointResult } from './endpoint-call.ts'
import type { TokenHint } from './introspection.ts'

/** Asks the provider to take a token back (RFC 7009). Success says no more than that the provider has no such token
 *  now: it answers the same where it never knew it (section 2.2). Codes: `revocation_*`. */
export function revokeToken(
  { token, hint }: { token: string; hint: TokenHint },
  context: EndpointContext,
): Promise<EndpointResult<null>> {
  return callEndpoint('revocation', context, async ({ openid, configuration }) => {
    await openid.tokenRevocation(configuration, token, { token_type_hint: hint })
    return null
  })
}
