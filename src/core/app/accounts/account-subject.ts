import type { ProviderAnswer } from '@contract/account-actions'
import { oddFacts } from '@contract/tables/connection-settings'
import { fail, type Result } from '@contract/result'
import type { EndpointContext } from '../../oauth/endpoints/endpoint-call.ts'
import type { ServerClocks } from '../../oauth/token/server-clock.ts'
import type { Clock, ConnectionStore } from '../../records/ports.ts'
import { ofSameIssuer } from './account-connection.ts'
import { displayName } from './account-names.ts'
import type { ClientKeyRing, ClientParts } from '../connections/client-keys.ts'
import type { FlowRecorder } from '../flows/flow-recorder.ts'
import type { FlowTrace } from '../flows/flow-trace.ts'
import type { OpenTokenSet, RefreshAccount } from '../tokens/refresh-account.ts'

/** What is needed to ask a provider about an account. */
export interface SubjectParts {
  clock: Clock
  connections: ConnectionStore
  refreshAccount: RefreshAccount
  serverClocks: ServerClocks
  clientKeys: ClientKeyRing
  recorder: FlowRecorder
}

/** An account with all that is needed to ask about it. */
export interface Subject extends OpenTokenSet {
  parts: ClientParts
  context: EndpointContext
  flow: FlowTrace
}

/** Opens an account, and records what is asked about it as one flow. Codes: `account_unknown`,
 *  `account_no_access_token`, `account_other_issuer`, `connection_unknown`. */
export function createWithSubject(deps: SubjectParts) {
  return async (
    id: string,
    title: string,
    work: (subject: Subject) => Promise<Result<ProviderAnswer>>,
  ): Promise<Result<ProviderAnswer>> => {
    const loaded = deps.refreshAccount.load(id)
    if (!loaded.ok) return loaded
    const { account, connection, tokens } = loaded.value
    if (tokens.access === '')
      return fail(
        'account_no_access_token',
        'This account signed in with an ID token alone (response type id_token).',
        'Turn “Tokens through the browser” off in the connection and sign in again.',
      )
    const same = ofSameIssuer(connection, account)
    if (!same.ok) return same
    const parts = await deps.clientKeys.open(connection)
    if (!parts.ok) return parts
    return deps.recorder.run('token-action', async (flow) => {
      flow.about({
        title: `${title} · ${displayName(account)}`,
        providerName: connection.name,
        metadata: connection.metadata,
        manner: title.toLowerCase(),
        odd: oddFacts(connection.settings),
      })
      const context: EndpointContext = {
        connection,
        ...parts.value,
        fetch: deps.serverClocks.watching(account.issuer, flow.fetch),
        now: () => deps.clock.now(),
      }
      return work({ ...loaded.value, parts: parts.value, context, flow })
    })
  }
}
