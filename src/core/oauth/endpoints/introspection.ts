import { asWritten } from '../wire/as-written.ts'
import { callEndpoint, type EndpointContext, type EndpointResult } from './endpoint-call.ts'

/** What kind of token is asked about; a hint for the provider (RFC 7662 section 2.1). */
export type TokenHint = 'access_token' | 'refresh_token'

/** What the provider says of a token: alive or not, and what it knows (RFC 7662 section 2.2). */
export interface Introspection {
  active: boolean
  claims: Record<string, unknown>
}

/** Asks the provider about a token (RFC 7662). `active: false` is a response, no failure: dead, unknown, or none of
 *  this client's business, which the provider does not tell apart. Codes: `introspection_*`. */
export async function introspectToken(
  { token, hint }: { token: string; hint: TokenHint },
  context: EndpointContext,
): Promise<EndpointResult<Introspection>> {
  let came = ''
  const answer = await callEndpoint(
    'introspection',
    context,
    ({ openid, configuration }) => openid.tokenIntrospection(configuration, token, { token_type_hint: hint }),
    { seen: (_type, body) => (came = body) },
  )
  if (!answer.ok) return answer
  const { active, ...claims } = answer.value
  return { ok: true, value: { active, claims: asWritten(claims, came) }, notes: answer.notes }
}
