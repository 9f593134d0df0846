import { defined } from '@contract/defined'
import type { Check } from '@contract/tokens/tokens'
import type { RefusedCall, TokenFacts } from '../../diagnosis/refusal.ts'
import { readAuthorization } from '../../diagnosis/typed-header.ts'
import type { WireRequest } from '../../http/wire.ts'
import { checkAccessToken, type AccessTokenExpectations } from '../../jwt/checks/check-access-token.ts'
import { usualSkewSeconds } from '../../jwt/checks/check-time.ts'
import { lifeOf } from '../../jwt/explain/view-token.ts'
import type { SignatureKeys } from '../../jwt/keys/verify-signature.ts'
import { decodeToken, type DecodedToken } from '../../jwt/text/decode.ts'
import { scopeList } from '../../jwt/text/scope.ts'
import type { ProviderKeys } from '../../oauth/discovery/jwks.ts'
import type { Clock, ConnectionStore, TokenStore } from '../../records/ports.ts'
import { isSecretHeader } from '../../secrecy/names.ts'
import { notKnown } from '../../text/known.ts'
import type { ClientKeyRing } from '../connections/client-keys.ts'
import { accessTokenExpectations } from '../tokens/access-token-expectations.ts'
import { keysToDoubt } from '../tokens/judge-id-token.ts'
import type { CurrentSession } from '../vault/session.ts'
import type { Caller } from './request-caller.ts'

interface Dependencies {
  session: CurrentSession
  clock: Clock
  connections: ConnectionStore
  tokens: TokenStore
  providerKeys: ProviderKeys
  clientKeys: ClientKeyRing
  /** Resolves after that many milliseconds. */
  wait: (milliseconds: number) => Promise<void>
}

type Facts = Pick<RefusedCall, 'token' | 'typed'>

/** How long a response waits for the provider's keys, in milliseconds. */
const patience = 1_500

/** What is known of the credentials of a refused request, as our own checks find it: of an account's token, or of what
 *  was typed into a header. Never their text. */
export function createTokenFacts(deps: Dependencies) {
  async function ofAccount({ accessToken, carried }: Caller): Promise<Facts> {
    const token = decodeToken(accessToken)
    const scopes = scopeList(carried.scope)
    const userId = deps.session().user.id
    const found = deps.tokens.getAccount(userId, carried.accountId)
    const connection = found && deps.connections.get(userId, found.account.connectionId)
    if (!found?.tokenSet || !connection) return { token: factsOf(token, scopes, [], carried.life.expiresAt) }
    const client = await deps.clientKeys.open(connection)
    const kid = token.format === 'jwt' ? token.header['kid'] : undefined
    const secret = client.ok ? client.value.clientSecret : undefined
    const late: SignatureKeys = { keysMissing: 'The provider’s keys did not arrive in time.' }
    const keys = await Promise.race([
      keysToDoubt(deps.providerKeys, connection, secret, kid),
      deps.wait(patience).then(() => late),
    ])
    const { again } = keys
    const checks = await checkAccessToken(token, {
      ...keys,
      ...defined({ again: again && (() => Promise.race([again(), deps.wait(patience).then(none)])) }),
      ...accessTokenExpectations({ connection, tokenSet: found.tokenSet }),
      now: deps.clock.now(),
      keyThumbprint: client.ok ? (client.value.keys.dpop?.thumbprint ?? null) : notKnown,
    })
    return { token: factsOf(token, scopes, faultsIn(checks), carried.life.expiresAt) }
  }

  return async (caller: Caller | undefined, { headers }: Pick<WireRequest, 'headers'>): Promise<Facts> =>
    caller === undefined ? ofHeaders(headers, deps.clock.now()) : ofAccount(caller)
}

function none(): undefined {
  return undefined
}

/** What headers that were entered manually carry. */
export async function ofHeaders(headers: readonly [string, string][], now: number): Promise<Facts> {
  const authorization = headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1]
  if (authorization === undefined) {
    const other = headers.find(([name]) => isSecretHeader(name))?.[0]
    return defined({ typed: other === undefined ? undefined : { header: other.slice(0, 100) } })
  }
  const { credential, token: text } = readAuthorization(authorization)
  if (text === undefined) return { typed: credential }
  const token = decodeToken(text)
  const checks = await checkAccessToken(token, { ...nothingExpected, now })
  const scopes = token.format === 'jwt' ? scopeList(token.claims['scope'] ?? token.claims['scp']) : []
  const isBearer = credential.scheme === 'bearer'
  return { typed: credential, token: factsOf(token, scopes, faultsIn(checks, isBearer)) }
}

const nothingExpected: Omit<AccessTokenExpectations, 'now'> = {
  skewSeconds: usualSkewSeconds,
  issuer: notKnown,
  clientId: notKnown,
  audience: notKnown,
  scopeAsked: notKnown,
  scopeGranted: notKnown,
  tokenType: notKnown,
  keyThumbprint: notKnown,
}

/** These are told from the token's own times and audience. */
const toldElsewhere = new Set(['expired', 'not_yet_valid', 'aud_wrong'])
/** Not wrong in themselves, and a reason for an API to refuse. */
const suspicious = new Set(['kid_unknown', 'looks_like_id_token'])

function faultsIn(checks: readonly Check[], asBearer = false): NonNullable<TokenFacts['faults']> {
  return checks.flatMap(({ state, code, detail }) => {
    if (code === undefined || toldElsewhere.has(code)) return []
    const counts = state === 'invalid' || suspicious.has(code) || (asBearer && code === 'bound')
    return counts ? [{ code, detail }] : []
  })
}

function factsOf(
  token: DecodedToken,
  scopes: string[],
  faults: NonNullable<TokenFacts['faults']>,
  endTold?: number,
): TokenFacts {
  const life = token.format === 'jwt' ? lifeOf(token.claims) : {}
  const aud = token.format === 'jwt' ? token.claims['aud'] : undefined
  const audience = (Array.isArray(aud) ? aud : [aud]).filter((each) => typeof each === 'string')
  return {
    scopes,
    format: token.format,
    size: token.text.length,
    faults,
    ...defined({
      audience: audience.length === 0 ? undefined : audience,
      expiresAt: life.expiresAt ?? endTold,
      notBefore: life.notBefore,
    }),
  }
}
