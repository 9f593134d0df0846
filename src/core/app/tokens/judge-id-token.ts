import { defined } from '@contract/defined'
import { fail } from '@contract/result'
import type { Check } from '@contract/tokens'
import { checkIdToken } from '../../jwt/checks/check-id-token.ts'
import { decodeToken } from '../../jwt/text/decode.ts'
import { idTokenVerdict } from '../../jwt/checks/id-token-verdict.ts'
import type { SignatureKeys } from '../../jwt/keys/verify-signature.ts'
import type { Fetch } from '../../oauth/wire/fetch.ts'
import type { ProviderKeys } from '../../oauth/discovery/jwks.ts'
import type { JudgeIdToken } from '../../oauth/token/token-request.ts'
import type { Connection } from '../../records/model.ts'
import type { Clock } from '../../records/ports.ts'
import type { FlowTrace } from '../flows/flow-recorder.ts'

/** Makes the judge of a connection's ID tokens; what it finds is told to the flow that it judges for. */
export type IdTokenJudge = (
  connection: Connection,
  clientSecret: string | undefined,
  flow?: FlowTrace,
) => JudgeIdToken

/** The keys to check a token of this connection with: the provider's published ones, asked for by `kid`, and
 *  the client secret for HS256 (OpenID Connect Core section 10.1). `fetch` sends the
 *  message where one is needed, `refetch` asks for them anew. */
export async function keysFor(
  providerKeys: ProviderKeys,
  connection: Connection,
  clientSecret: string | undefined,
  kid: unknown,
  fetch?: Fetch,
  refetch = false,
): Promise<SignatureKeys> {
  const secret = clientSecret === undefined ? {} : { secret: new TextEncoder().encode(clientSecret) }
  const { jwks_uri: jwksUri } = connection.metadata
  if (jwksUri === undefined) return { ...secret, keysMissing: 'The provider names no key set (jwks_uri).' }
  const keys = await providerKeys(jwksUri, {
    allowInsecure: connection.allowInsecure,
    refetch,
    ...(typeof kid === 'string' ? { kid } : {}),
    ...defined({ fetch }),
  })
  return keys.ok
    ? { ...secret, keys: { keys: keys.value.keys } }
    : { ...secret, keysMissing: keys.error.message }
}

/** Judges ID tokens beyond what the protocol library does: signature, at_hash, strict encoding, algorithm
 *  (see docs/sign-in.md). A signature that could not be checked because no keys were to be had does not
 *  refuse the sign-in: the token came straight from the token endpoint (OpenID Connect Core 3.1.3.7 rule 6). */
export function createIdTokenJudge(providerKeys: ProviderKeys, clock: Clock): IdTokenJudge {
  return (connection, clientSecret, flow) =>
    async ({ idToken, accessToken, fromBrowser = false, maxAgeSeconds, nonce, code, refreshOf }) => {
      const token = decodeToken(idToken)
      const kid = token.format === 'jwt' ? token.header['kid'] : undefined
      const check = async (refetch: boolean) =>
        checkIdToken(token, {
          ...(await keysFor(providerKeys, connection, clientSecret, kid, flow?.fetch, refetch)),
          now: clock.now(),
          issuer: connection.metadata.issuer,
          clientId: connection.clientId,
          accessToken,
          from: fromBrowser ? 'authorization-endpoint' : nonce === undefined ? 'refresh' : 'token-endpoint',
          maxAgeSeconds,
          nonce: nonce ?? refreshOf?.nonce,
          code,
          ...announcedAlgorithms(connection),
        })
      const first = await check(false)
      const checks = mayBeRotated(first) ? await check(true) : first
      flow?.checks(fromBrowser ? 'ID token from the browser checked' : 'ID token checked', checks)
      const verdict = idTokenVerdict(checks)
      if (verdict.ok && fromBrowser && !verdict.value.signatureChecked) return unproven
      return verdict.ok ? { ok: true, notes: worthSaying(checks) } : verdict
    }
}

/** `id_token_signing_alg_values_supported` as far as it is a list of names. */
export function announcedAlgorithms({ metadata }: Connection): { algorithms?: string[] } {
  const announced = metadata.id_token_signing_alg_values_supported
  return Array.isArray(announced) && announced.length > 0
    ? { algorithms: announced.filter((each) => typeof each === 'string') }
    : {}
}

/** Nothing but its signature vouches for a token that came through the browser. */
const unproven = fail(
  'id_token_signature_unverifiable',
  'The ID token came through the browser, and there are no keys to check its signature with.',
  'Give the connection the provider’s key set (jwks_uri), or choose the response type “code”.',
)

/** A key rotated under the same name is seen only by asking anew. */
function mayBeRotated(checks: Check[]): boolean {
  return checks.some(
    ({ id, code }) => id === 'signature' && (code === 'signature_wrong' || code === 'kid_unknown'),
  )
}

/** What belongs into the account's lineage of an ID token that was accepted: a signature that nobody could
 *  check, and what is unusual. */
function worthSaying(checks: Check[]): string[] {
  return checks.flatMap(({ id, state, detail }) =>
    id === 'signature' && state === 'not-checked'
      ? [`The signature of the ID token was not checked: ${detail}`]
      : state === 'notice'
        ? [`ID token: ${detail}`]
        : [],
  )
}
