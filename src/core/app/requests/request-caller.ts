import type { ConnectionSettings } from '@contract/connection-settings'
import { defined } from '@contract/defined'
import type { CarriedToken } from '@contract/requests'
import { oddFacts } from '@contract/tables/connection-settings'
import { needsOf } from '@contract/tables/client-authentications'
import { fail, ok, type Result } from '@contract/result'
import { readChallenges } from '../../diagnosis/challenges.ts'
import type { TokenPlace, CarriedCredential, HttpAnswer } from '../../http/wire.ts'
import type { Account, Connection } from '../../records/model.ts'
import type { Clock, ConnectionStore, ExchangeStore } from '../../records/ports.ts'
import type { TokenOriginStore } from '../../records/token-origins.ts'
import { displayName } from '../accounts/account-names.ts'
import type { ClientKeyRing } from '../connections/client-keys.ts'
import type { DirectGrants } from '../sign-in/direct-grants.ts'
import type { OpenTokenSet, RefreshAccount } from '../tokens/refresh-account.ts'
import { lifeOfTokenSet } from '../tokens/token-set-life.ts'
import type { CurrentSession } from '../vault/session.ts'
import { createSameToken } from './same-token.ts'
import { createTokenOrigins, type Destination } from './token-origin.ts'

interface Dependencies {
  session: CurrentSession
  clock: Clock
  tokenOrigins: TokenOriginStore
  connections: ConnectionStore
  refreshAccount: RefreshAccount
  clientKeys: ClientKeyRing
  directGrants: DirectGrants
  exchanges: Pick<ExchangeStore, 'get'>
}

/** What is sent as whom. */
export interface Caller {
  credential: CarriedCredential
  carried: CarriedToken
  /** What the token says, for the explanation of a refusal. */
  accessToken: string
  /** Secrets that go along with it. */
  secrets: string[]
  /** How it is sent otherwise than the specification says. */
  odd: string[]
}

/** Finds what a request is sent with as an account, and with what it is sent again after a refusal.
 *  Codes: those of `accounts` and of a refresh, `dpop_key_missing`, `account_no_access_token`, `account_no_id_token`,
 *  `account_other_environment`, `token_origin_unconfirmed`, `token_replaced`. */
export function createRequestCallers(deps: Dependencies) {
  const origins = createTokenOrigins(deps)
  const isOther = createSameToken(deps)

  /** The account's token, refreshed first if it has expired; once, whoever asks. */
  async function currentTokens(accountId: string): Promise<Result<OpenTokenSet & { refreshed: boolean }>> {
    const loaded = deps.refreshAccount.load(accountId)
    if (!loaded.ok) return loaded
    const runsOut = deps.refreshAccount.due(loaded.value)
    if (runsOut && deps.directGrants.isRenewable(loaded.value)) {
      const renewed = await deps.directGrants.renew(accountId)
      return renewed.ok ? ok({ ...renewed.value, refreshed: true }) : renewed
    }
    const trouble = deps.refreshAccount.trouble(loaded.value.tokenSet.id)
    if (runsOut && loaded.value.tokens.refresh === undefined && trouble) return { ok: false, error: trouble }
    if (!runsOut || loaded.value.tokens.refresh === undefined)
      return ok({ ...loaded.value, refreshed: false })
    const renewed = await deps.refreshAccount.refresh(accountId, 'expired before a request')
    return renewed.ok ? ok({ ...renewed.value, refreshed: true }) : renewed
  }

  /** What a token is sent with: a bound one is worth nothing without its key. */
  async function credentialOf(
    connection: Connection,
    { tokenSet, tokens }: OpenTokenSet,
  ): Promise<Result<CarriedCredential>> {
    const text = carriedText(connection, tokens)
    if (text === undefined) return withoutIdToken
    if (text === '') return withoutAccessToken
    const { settings = {} } = connection
    const further = settings.further?.some(({ to }) => to === 'api') === true
    const isBound = tokenSet.tokenType === 'DPoP' && settings.apiToken === undefined
    const shape = {
      text,
      allowInsecure: connection.allowInsecure,
      ...defined({ place: tokenPlace(settings) }),
    }
    if (!isBound && !further && needsOf(connection) !== 'certificate') return ok({ type: 'Bearer', ...shape })
    const parts = await deps.clientKeys.open(connection)
    if (!parts.ok) return parts
    const { dpop, certificate, further: carried } = parts.value.keys
    const plain = { ...shape, ...(further && { further: (carried ?? []).filter(({ to }) => to === 'api') }) }
    const shown = certificate === undefined ? {} : { certificate }
    if (!isBound) return ok({ type: 'Bearer', ...plain, ...shown })
    if (dpop === undefined) {
      return fail(
        'dpop_key_missing',
        'The token is bound to a key (DPoP) that the connection no longer uses.',
        'Turn “Bind tokens to a key (DPoP)” on in the connection and sign in again.',
      )
    }
    return ok({ type: 'DPoP', ...plain, ...shown, prover: dpop })
  }

  /** A token never leaves its environment: what was prepared for one is not sent with the other's. */
  function otherEnvironment(connection: Connection, account: Account) {
    const { environment } = deps.session()
    return connection.environmentId === environment.id
      ? undefined
      : fail(
          'account_other_environment',
          `“${displayName(account)}” belongs to an environment other than “${environment.name}”. Nothing was sent.`,
          'Choose an account from this environment, or switch to the other environment.',
        )
  }

  async function callerOf(opened: OpenTokenSet & { refreshed: boolean }): Promise<Result<Caller>> {
    const { account, connection, tokenSet, refreshed } = opened
    const elsewhere = otherEnvironment(connection, account)
    if (elsewhere) return elsewhere
    const credential = await credentialOf(connection, opened)
    if (!credential.ok) return credential
    return ok({
      credential: credential.value,
      accessToken: credential.value.text,
      secrets: (credential.value.further ?? []).flatMap(({ secret, value }) => (secret ? value : [])),
      odd: oddFacts(apiSettings(connection.settings)),
      carried: {
        accountId: account.id,
        displayName: displayName(account),
        connectionName: connection.name,
        life: lifeOfTokenSet(tokenSet),
        scope: tokenSet.scope,
        refreshed,
      },
    })
  }

  /** `sameAs`: an exchange whose token is to be sent again, and no other. */
  async function callAs(
    accountId: string,
    destination: Destination,
    sameAs?: string,
  ): Promise<Result<Caller>> {
    const loaded = deps.refreshAccount.load(accountId)
    if (!loaded.ok) return loaded
    const { account, connection } = loaded.value
    const elsewhere = otherEnvironment(connection, account)
    if (elsewhere) return elsewhere
    const unconfirmed = origins.judge(loaded.value, destination)
    if (unconfirmed) return unconfirmed
    if (sameAs !== undefined)
      return isOther(sameAs, loaded.value) ?? callerOf({ ...loaded.value, refreshed: false })
    const current = await currentTokens(accountId)
    return current.ok ? callerOf(current.value) : current
  }

  /** Accounts whose newest token was refused although it had just been refreshed: another refresh would bring another
   *  of its kind, as long as the API refuses it for the same reason. */
  const futile = new Map<string, { refreshCount: number; reason: string }>()

  /** After a 401 that names the token as the cause: the caller with a new token, to send again. A 401 says
   *  that the request was not carried out (RFC 9110 section 15.5.2), and bodies are held whole in memory, so
   *  that every method may be sent again. */
  async function newCaller(answer: HttpAnswer, caller: Caller): Promise<Result<Caller> | undefined> {
    const { accountId, refreshed } = caller.carried
    if (
      answer.status !== 401 ||
      !answer.tokenSent ||
      refreshed ||
      refusalReason(answer.headers) === undefined
    )
      return undefined
    const stored = deps.refreshAccount.load(accountId)
    if (!stored.ok || stored.value.tokens.refresh === undefined) return undefined
    if (carriedText(stored.value.connection, stored.value.tokens) !== caller.accessToken)
      return callerOf({ ...stored.value, refreshed: true })
    const { refreshCount } = stored.value.tokenSet
    const known = futile.get(accountId)
    if (known?.refreshCount === refreshCount && known.reason === refusalReason(answer.headers))
      return undefined
    const renewed = await deps.refreshAccount.refresh(accountId, 'the API refused the token (invalid_token)')
    return renewed.ok ? callerOf({ ...renewed.value, refreshed: true }) : renewed
  }

  function noteFutile(answer: HttpAnswer, { carried }: Caller): void {
    const stored = deps.refreshAccount.load(carried.accountId)
    if (stored.ok && answer.status === 401 && refusalReason(answer.headers) !== undefined)
      futile.set(carried.accountId, {
        refreshCount: stored.value.tokenSet.refreshCount,
        reason: refusalReason(answer.headers) ?? '',
      })
    else futile.delete(carried.accountId)
  }

  return { callAs, newCaller, noteFutile }
}

/** The settings that shape requests to APIs. */
function apiSettings({
  apiToken,
  apiScheme,
  apiHeader,
  apiQuery,
  apiCookie,
  further,
}: ConnectionSettings = {}): ConnectionSettings {
  const toApis = further?.filter(({ to }) => to === 'api')
  return defined({ apiToken, apiScheme, apiHeader, apiQuery, apiCookie, further: toApis })
}

/** How the APIs of a connection want its tokens; `undefined` for as the specification has it. */
function tokenPlace(settings: ConnectionSettings): TokenPlace | undefined {
  const { apiScheme: scheme, apiHeader: header, apiQuery: query, apiCookie: cookie } = settings
  const place: TokenPlace = defined({ scheme, header, query, cookie })
  return Object.keys(place).length === 0 ? undefined : place
}

/** The token that APIs are sent; `undefined` where it is to be the ID token, and there is none. */
function carriedText({ settings }: Connection, { access, id }: OpenTokenSet['tokens']): string | undefined {
  return settings?.apiToken === 'id_token' ? id : access
}

const withoutIdToken = fail(
  'account_no_id_token',
  'The connection sends APIs the ID token, but this account has none.',
  'Add openid to the scope and sign in again, or have the access token sent (Advanced, “Token for APIs”).',
)

const withoutAccessToken = fail(
  'account_no_access_token',
  'This account signed in with an ID token alone (response type id_token): there is no access token to send.',
  'Turn “Tokens through the browser” off in the connection and sign in again.',
)

/** Why a response says that the token is the cause (RFC 6750 section 3.1), without its times and counts; `undefined`
 *  where it does not say so. */
function refusalReason(headers: [string, string][]): string | undefined {
  const { challenges } = readChallenges(
    headers.filter(([name]) => name.toLowerCase() === 'www-authenticate').map(([, value]) => value),
  )
  const refused = challenges.find(({ parameters }) => parameters.get('error') === 'invalid_token')
  return refused && (refused.parameters.get('error_description') ?? '').replace(/\d+/g, '#')
}
