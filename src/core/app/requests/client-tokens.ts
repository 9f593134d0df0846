import type { RequestAuth } from '@contract/requests'
import { fail, ok, type Result } from '@contract/result'
import { requestTokens } from '../../oauth/token/direct-grants.ts'
import type { Connection } from '../../records/model.ts'
import type { Clock } from '../../records/ports.ts'
import type { FlowRecorder } from '../flows/flow-recorder.ts'
import type { CurrentSession } from '../vault/session.ts'

type ClientAuth = Extract<RequestAuth, { kind: 'client-credentials' }>

interface Dependencies {
  session: CurrentSession
  clock: Clock
  recorder: FlowRecorder
}

/** A token is asked for anew this long before it ends, in milliseconds. */
const margin = 10_000
/** How long one is used whose end is not told. */
const unknownLife = 60_000

/** Tokens that requests ask for as a client, for itself (RFC 6749 section 4.4): kept in memory until they end, or until the
 *  vault is locked. Codes: `auth_token_url`, those of `requestTokens`. */
export function createClientTokens({ session, clock, recorder }: Dependencies) {
  /** By what opens the vault: it is another after a lock. */
  const kept = new WeakMap<object, Map<string, { token: string; until: number }>>()

  function tokens(): Map<string, { token: string; until: number }> {
    const { box } = session()
    const found = kept.get(box) ?? new Map<string, { token: string; until: number }>()
    kept.set(box, found)
    return found
  }

  async function ask(auth: ClientAuth): Promise<Result<string>> {
    const known = tokens().get(keyOf(auth))
    if (known !== undefined && known.until > clock.now()) return ok(known.token)
    const connection = connectionOf(auth, session)
    if (!connection.ok) return connection
    const granted = await recorder.run('sign-in', async (flow) => {
      flow.about({
        title: `Client · ${new URL(auth.tokenUrl).host}`,
        providerName: new URL(auth.tokenUrl).host,
        manner: 'client credentials of a request',
        metadata: connection.value.metadata,
      })
      return requestTokens(
        { grant: 'client_credentials' },
        {
          connection: connection.value,
          clientSecret: auth.clientSecret,
          fetch: flow.fetch,
          now: () => clock.now(),
          // Who calls is a client: an ID token beside the access token is not looked at.
          judgeIdToken: () => Promise.resolve({ ok: true, claims: 'left-out', notes: [] }),
        },
      )
    })
    if (!granted.ok) return granted
    const { accessToken, expiresInSeconds, receivedAt } = granted.value
    const life = expiresInSeconds === undefined ? unknownLife : expiresInSeconds * 1_000 - margin
    tokens().set(keyOf(auth), { token: accessToken, until: receivedAt + life })
    return ok(accessToken)
  }

  return {
    ask,
    /** An API refused the token: the next request asks for another. */
    forget(auth: RequestAuth | undefined): void {
      if (auth?.kind === 'client-credentials') tokens().delete(keyOf(auth))
    },
  }
}

export type ClientTokens = ReturnType<typeof createClientTokens>

function keyOf({ tokenUrl, clientId, clientSecret, scope, placement }: ClientAuth): string {
  return JSON.stringify([tokenUrl, clientId, clientSecret, scope, placement])
}

/** A connection that is nowhere but in this request. */
function connectionOf(auth: ClientAuth, session: CurrentSession): Result<Connection> {
  const given = auth.tokenUrl.trim()
  const url = URL.canParse(given) ? new URL(given) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol))
    return fail(
      'auth_token_url',
      'The token endpoint in the auth of this request is not a URL. Nothing was sent.',
      'Enter it in full in the Auth tab, starting with https://',
    )
  const { user, environment } = session()
  return ok({
    id: '',
    userId: user.id,
    environmentId: environment.id,
    name: url.host,
    metadata: { issuer: url.origin, token_endpoint: url.href },
    metadataSource: 'by-hand',
    clientId: auth.clientId,
    clientAuthentication: auth.placement === 'body' ? 'client_secret_post' : 'client_secret_basic',
    scope: auth.scope.trim(),
    redirectKind: 'loopback',
    allowInsecure: false,
    isPlayground: false,
    createdAt: 0,
    updatedAt: 0,
  })
}
