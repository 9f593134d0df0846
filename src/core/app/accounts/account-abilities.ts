import type { AccountAbilities } from '@contract/account-actions'
import type { Result } from '@contract/result'
import { endpointOf } from '../../oauth/endpoints/endpoint-call.ts'
import type { Connection } from '../../records/model.ts'

/** What can be done with an account at its provider, and why the rest cannot. */
export function abilitiesOf(connection: Connection): AccountAbilities {
  const reach = (found: Result<unknown>) =>
    found.ok ? ({ offered: true } as const) : ({ offered: false, why: found.error.message } as const)
  const logOut = connection.metadata.end_session_endpoint
  return {
    userinfo: reach(endpointOf(connection, 'userinfo')),
    introspect: reach(endpointOf(connection, 'introspection')),
    revoke: reach(endpointOf(connection, 'revocation')),
    'log-out':
      logOut === undefined
        ? {
            offered: false,
            why: 'The provider offers no logout (end_session_endpoint in its metadata). “Sign out here” removes the account from this computer.',
          }
        : { offered: true },
  }
}
