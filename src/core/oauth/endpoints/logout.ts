import { defined } from '@contract/defined'
import { fail, ok, type Result } from '@contract/result'
import type { Connection } from '../../records/model.ts'
import { endSessionUrl } from '../client/library-call.ts'
import { callbackScheme } from '../redirect/redirect-address.ts'
import { base64url, type RandomBytes } from '../wire/encoding.ts'
import { checkEndpointUrl } from '../wire/endpoint-url.ts'

/** Where providers send the browser after a logout; to be registered as post_logout_redirect_uri. */
export const logoutRedirectUri = `${callbackScheme}:/oauth/logout`
const forms = [logoutRedirectUri, `${callbackScheme}:///oauth/logout`]

/** One logout at the provider, ready to be opened in the browser. `state` is absent where no way back was asked for. */
export interface LogoutRequest {
  url: string
  state?: string
}

/** Builds the URL of an RP-initiated logout (OpenID Connect RP-Initiated Logout 1.0 section 2): `id_token_hint`,
 *  `client_id`, and with `wayBack` the address to come back to. Codes: `logout_not_offered`, those of
 *  `checkEndpointUrl`. */
export async function buildLogoutRequest(
  connection: Connection,
  { idToken, wayBack, randomBytes }: { idToken?: string; wayBack?: string; randomBytes: RandomBytes },
): Promise<Result<LogoutRequest>> {
  const { metadata, allowInsecure } = connection
  if (metadata.end_session_endpoint === undefined) {
    return fail(
      'logout_not_offered',
      'The provider offers no logout (end_session_endpoint in its metadata).',
      'Sign out on the provider’s own pages, and here with “Sign out here”.',
    )
  }
  const endpoint = checkEndpointUrl(metadata.end_session_endpoint, {
    allowInsecure,
    name: 'logout endpoint',
  })
  if (!endpoint.ok) return endpoint
  const state = wayBack === undefined ? undefined : base64url(randomBytes(32))
  const url = await endSessionUrl(connection, endpoint.value, {
    ...defined({ id_token_hint: idToken, state, post_logout_redirect_uri: wayBack }),
  })
  return ok({ url, ...defined({ state }) })
}

/** Whether a URL that came in is the way back from a logout, whatever else it says. */
export function isLogoutReturn(url: string): boolean {
  return forms.includes(url.replace(/[?#].*/s, ''))
}

/** The `state` of the way back from a logout. Codes: `logout_malformed`, `logout_state_missing`. */
export function readLogoutReturn(url: string): Result<string> {
  if (url.length > 65_536 || !/^[\x21-\x7e]*$/.test(url)) {
    return fail('logout_malformed', 'The logout redirect is malformed, so it was not used.')
  }
  const states = new URLSearchParams(url.split('?')[1]?.split('#')[0] ?? '').getAll('state')
  const [state] = states
  return states.length === 1 && state
    ? ok(state)
    : fail(
        'logout_state_missing',
        'The provider came back without the state that Gatehouse sent, so it cannot be matched to a logout.',
        'The account is unchanged. Use “Sign out here” to remove it from this computer.',
      )
}
