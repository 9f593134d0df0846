import { defined } from '@contract/defined'
import type { DirectGrantInput, TokenSource } from '@contract/grants'
import { oddFacts } from '@contract/tables/connection-settings'
import { fail, ok, type Result } from '@contract/result'
import { decodeToken } from '../../jwt/text/decode.ts'
import { makeAssertion } from '../../oauth/token/assertion.ts'
import { requestTokens, type DirectGrant } from '../../oauth/token/direct-grants.ts'
import type { ExchangedToken } from '../../oauth/token/grants/token-exchange.ts'
import { createSingleFlight } from '../../oauth/token/single-flight.ts'
import type { TokenRequestContext } from '../../oauth/token/granted.ts'
import type { Connection } from '../../records/model.ts'
import type { Clock, ConnectionStore } from '../../records/ports.ts'
import { accountConnection } from '../accounts/account-connection.ts'
import type { ClientKeyRing } from '../connections/client-keys.ts'
import type { FlowRecorder } from '../flows/flow-recorder.ts'
import type { FlowTrace } from '../flows/flow-trace.ts'
import type { IdTokenJudge } from '../tokens/judge-id-token.ts'
import type { WatchStock } from '../tokens/watch-stock.ts'
import type { OpenTokenSet, RefreshAccount } from '../tokens/refresh-account.ts'
import type { CurrentSession } from '../vault/session.ts'
import type { StoreTokens, TokensToStore } from './store-tokens.ts'

interface Dependencies {
  session: CurrentSession
  clock: Clock
  newId: () => string
  connections: ConnectionStore
  clientKeys: ClientKeyRing
  judge: IdTokenJudge
  recorder: FlowRecorder
  watchStock: WatchStock
  refreshAccount: RefreshAccount
  storeTokens: StoreTokens
}

/** What is asked, and whose the tokens are where they do not say so themselves. */
interface Ready {
  grant: DirectGrant
  known?: TokensToStore['known']
}

const words: Record<DirectGrant['grant'], { title: string; manner: string; reason: string }> = {
  client_credentials: {
    title: 'Client',
    manner: 'client credentials',
    reason: 'requested by the client itself',
  },
  password: { title: 'Password', manner: 'password (deprecated)', reason: 'signed in by password' },
  jwt_bearer: { title: 'Assertion', manner: 'JWT bearer', reason: 'with a signed assertion' },
  token_exchange: { title: 'Exchange', manner: 'token exchange', reason: 'in exchange for another token' },
}

/** Grants without a browser: client credentials, password, JWT bearer, token exchange. Codes:
 *  `connection_unknown`, `grant_other`, `account_unknown`, `token_missing`, those of `requestTokens`. */
export function createDirectGrants(deps: Dependencies) {
  const flight = createSingleFlight<Result<OpenTokenSet>>()

  function sourceOf(source: TokenSource): Result<ExchangedToken & { known?: TokensToStore['known'] }> {
    if ('token' in source) return ok(source)
    const opened = deps.refreshAccount.load(source.accountId)
    if (!opened.ok) return opened
    const { account, tokens } = opened.value
    const token = tokens[source.kind]
    if (token === undefined)
      return fail('token_missing', `The account has no ${source.kind} token.`, 'Choose another token.')
    return ok({
      token,
      type: typeOf(source.kind),
      known: { subject: account.subject, profile: account.profile },
    })
  }

  async function readyOf(input: DirectGrantInput, context: TokenRequestContext): Promise<Result<Ready>> {
    switch (input.grant) {
      case 'client_credentials':
        return ok({ grant: input })
      case 'password':
        return ok({
          grant: input,
          known: { subject: input.username, profile: { preferred_username: input.username } },
        })
      case 'jwt_bearer': {
        const { from } = input
        const now = deps.clock.now()
        const made =
          'assertion' in from
            ? ok(from.assertion)
            : await makeAssertion(context, { subject: from.subject, now, newId: deps.newId })
        if (!made.ok) return made
        const token = decodeToken(made.value)
        const sub = token.format === 'jwt' ? token.claims['sub'] : undefined
        return ok({
          grant: { grant: 'jwt_bearer', assertion: made.value },
          ...defined({
            known: typeof sub === 'string' ? { subject: sub.slice(0, 255), profile: {} } : undefined,
          }),
        })
      }
      case 'token_exchange': {
        const subject = sourceOf(input.subject)
        if (!subject.ok) return subject
        const actor = input.actor && sourceOf(input.actor)
        if (actor?.ok === false) return actor
        return ok({
          grant: {
            grant: 'token_exchange',
            subject: subject.value,
            ...defined({ actor: actor?.value }),
          },
          ...defined({ known: subject.value.known ? subject.value.known : undefined }),
        })
      }
    }
  }

  async function get(
    connection: Connection,
    input: DirectGrantInput,
    flow: FlowTrace,
  ): Promise<Result<{ accountId: string }>> {
    const { title, manner, reason } = words[input.grant]
    flow.about({
      title: `${title} · ${connection.name}`,
      providerName: connection.name,
      manner: connection.settings?.dpop ? `${manner} + DPoP` : manner,
      metadata: connection.metadata,
      odd: oddFacts(connection.settings),
    })
    const parts = await deps.clientKeys.open(connection)
    if (!parts.ok) return parts
    const watched = deps.watchStock(flow, connection, { grantType: input.grant })
    const context: TokenRequestContext = {
      connection,
      ...parts.value,
      fetch: watched.fetch,
      now: () => deps.clock.now(),
      judgeIdToken: deps.judge(connection, parts.value.clientSecret, watched),
    }
    const ready = await readyOf(input, context)
    if (!ready.ok) return ready
    const granted = await requestTokens(ready.value.grant, context)
    if (!granted.ok) return granted
    return deps.storeTokens({
      connection,
      grant: input.grant,
      granted: granted.value,
      scopeAsked: connection.scope,
      ...defined({ resource: connection.resource }),
      reason,
      title,
      flow: watched,
      ...defined({ known: ready.value.known }),
    })
  }

  async function run({
    connectionId,
    input,
  }: {
    connectionId: string
    input: DirectGrantInput
  }): Promise<Result<{ accountId: string }>> {
    const connection = deps.connections.get(deps.session().user.id, connectionId)
    if (!connection) return fail('connection_unknown', 'This connection was removed.', 'Connect again.')
    if (connection.settings?.grant !== input.grant) {
      return fail(
        'grant_other',
        'The connection uses another grant.',
        'Choose this grant in the connection, or create another connection for it.',
      )
    }
    return deps.recorder.run('sign-in', (flow) => get(connection, input, flow))
  }

  return {
    run,
    /** Whether new tokens can be had without anyone: a client asks for itself again. */
    isRenewable: ({ tokenSet }: OpenTokenSet): boolean => tokenSet.grant === 'client_credentials',
    /** Gets new tokens for a client's own account; one run at a time however many ask. */
    renew: (accountId: string): Promise<Result<OpenTokenSet>> =>
      flight(accountId, async () => {
        const before = deps.refreshAccount.load(accountId)
        if (!before.ok) return before
        const connection = accountConnection(deps.connections, before.value.account)
        if (!connection.ok) return connection
        const renewed = await run({
          connectionId: connection.value.id,
          input: { grant: 'client_credentials' },
        })
        return renewed.ok ? deps.refreshAccount.load(renewed.value.accountId) : renewed
      }),
  }
}

function typeOf(kind: 'access' | 'refresh' | 'id') {
  return `urn:ietf:params:oauth:token-type:${kind}_token`
}
export type DirectGrants = ReturnType<typeof createDirectGrants>
