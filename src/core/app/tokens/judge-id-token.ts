import { defined } from '@contract/defined'
import { fail } from '@contract/result'
import { needsOf } from '@contract/tables/client-authentications'
import type { Check } from '@contract/tokens/tokens'
import { checkIdToken } from '../../jwt/checks/check-id-token.ts'
import { usualSkewSeconds } from '../../jwt/checks/check-time.ts'
import { idTokenVerdict, untimelyFault } from '../../jwt/checks/id-token-verdict.ts'
import { decodeToken } from '../../jwt/text/decode.ts'
import type { SignatureKeys } from '../../jwt/keys/verify-signature.ts'
import type { Fetch } from '../../oauth/wire/fetch.ts'
import type { ProviderKeys } from '../../oauth/discovery/jwks.ts'
import type { JudgeIdToken } from '../../oauth/token/token-request.ts'
import { writtenAs } from '../../text/written.ts'
import type { Connection } from '../../records/model.ts'
import type { Clock } from '../../records/ports.ts'
import type { FlowTrace } from '../flows/flow-trace.ts'

/** Makes the judge of a connection's ID tokens; what it finds is told to the flow that it judges for. */
export type IdTokenJudge = (
  connection: Connection,
  clientSecret: string | undefined,
  flow?: FlowTrace,
) => JudgeIdToken

/** The keys to check a token of this connection with: the provider's published ones, asked for by `kid`, and
 *  the client secret for HS256 (OpenID Connect Core section 10.1). `fetch` sends the
 *  message where one is needed, `refetch` asks for them again. */
export async function keysFor(
  providerKeys: ProviderKeys,
  connection: Connection,
  clientSecret: string | undefined,
  kid: unknown,
  fetch?: Fetch,
  refetch = false,
): Promise<SignatureKeys & { justAsked?: true }> {
  const secret = clientSecret === undefined ? {} : { secret: new TextEncoder().encode(clientSecret) }
  const { jwks_uri: jwksUri } = connection.metadata
  if (jwksUri === undefined) return { ...secret, keysMissing: 'The provider has no key set (jwks_uri).' }
  const keys = await providerKeys(jwksUri, {
    allowInsecure: connection.allowInsecure,
    refetch,
    ...defined({ kid: typeof kid === 'string' ? kid : undefined }),
    ...defined({ fetch }),
  })
  return keys.ok
    ? { ...secret, keys: { keys: keys.value.keys }, ...defined({ justAsked: keys.value.asked }) }
    : { ...secret, keysMissing: keys.error.message }
}

/** The same, and the question to repeat where a signature fails under the key of that name: it may have been replaced.
 *  Once, and not where the keys came just now. What the provider announces to sign with is told beside them. */
export async function keysToDoubt(
  ...asked: [
    providerKeys: ProviderKeys,
    connection: Connection,
    clientSecret: string | undefined,
    kid: unknown,
  ]
): Promise<SignatureKeys> {
  const [providerKeys, { metadata, allowInsecure }] = asked
  const { justAsked, ...keys } = await keysFor(...asked)
  const { jwks_uri: jwksUri } = metadata
  if (keys.keys === undefined || jwksUri === undefined) return keys
  const stated: unknown = metadata.id_token_signing_alg_values_supported
  const announced = Array.isArray(stated) ? stated.map(String) : []
  if (justAsked) return { ...keys, announced }
  let doubted = false
  async function again() {
    if (doubted || jwksUri === undefined) return undefined
    doubted = true
    const answer = await providerKeys(jwksUri, { allowInsecure, doubted })
    return answer.ok && answer.value.asked ? { keys: answer.value.keys } : undefined
  }
  return { ...keys, announced, again }
}

/** Judges ID tokens, wherever they came from: every rule of OpenID Connect Core is one of the checks (see
 *  docs/sign-in.md), and no library judges beside them. A signature that cannot be checked refuses the sign-in, unless
 *  the user accepts that for the connection. One that came with a refresh and is wrong by its times alone, or for which
 *  there are no keys at the moment, is left out: the tokens beside it came for the refresh token that was sent. */
export function createIdTokenJudge(providerKeys: ProviderKeys, clock: Clock): IdTokenJudge {
  return (connection, clientSecret, flow) =>
    async ({ idToken, ...known }) => {
      const token = decodeToken(idToken)
      const claims = token.format === 'jwt' ? token.claims : {}
      const kid = token.format === 'jwt' ? token.header['kid'] : undefined
      const check = async (refetch: boolean) =>
        checkIdToken(token, {
          ...(await keysFor(providerKeys, connection, clientSecret, kid, flow?.fetch, refetch)),
          now: clock.now(),
          skewSeconds: usualSkewSeconds,
          issuer: connection.metadata.issuer,
          clientId: connection.clientId,
          algorithms: acceptedAlgorithms(connection),
          ...known,
        })
      const first = await check(false)
      const checks = mayBeRotated(first) ? await check(true) : first
      const fromBrowser = known.from === 'authorization-endpoint'
      flow?.checks(fromBrowser ? 'ID token from the browser checked' : 'ID token checked', checks)
      const acceptUnverified = connection.settings?.acceptUnverified === true
      const untimely = known.from === 'refresh' ? untimelyFault(checks) : undefined
      if (untimely !== undefined) return leftOut(untimely)
      const verdict = idTokenVerdict(checks, { acceptUnverified })
      if (!verdict.ok) {
        const keyless = checks.find(({ id, code }) => id === 'signature' && code === 'no_keys')
        const unverifiable = verdict.error.code === 'id_token_signature_unverifiable'
        if (fromBrowser && unverifiable && keyless !== undefined) return unproven
        const spared = unverifiable && known.from === 'refresh' ? keyless : undefined
        return spared === undefined ? verdict : leftOut(spared)
      }
      if (fromBrowser && !verdict.value.signatureChecked) return unproven
      const { signatureChecked } = verdict.value
      const vouching = connection.metadata.token_endpoint?.startsWith('https:') === true
      return {
        ok: true,
        claims: writtenAs(claims, { ...claims }),
        notes: [
          ...worthSaying(checks),
          ...(signatureChecked
            ? []
            : [
                `non-standard: the ID token was accepted unverified, as the connection’s settings allow; ${vouching ? 'only TLS to the token endpoint vouches for it' : 'over plain http, nothing vouches for it'}`,
              ]),
        ],
      }
    }
}

function leftOut({ detail }: Check): Awaited<ReturnType<JudgeIdToken>> {
  return { ok: true, claims: 'left-out', notes: [`The new ID token was left out: ${detail}`] }
}

const asymmetric = ['RS', 'PS', 'ES'].flatMap((family) =>
  ['256', '384', '512'].map((bits) => `${family}${bits}`),
)
const accepted = [...asymmetric, 'EdDSA', 'Ed25519']

/** What an ID token may be signed with: never `none`, whatever the metadata announces, and with a shared secret only
 *  where there is one, and it is announced or the metadata were entered manually, which announces nothing (RFC 8725 section
 *  3.1; OpenID Connect Core section 3.1.3.7). The client secret is the only key for it, never a published one. */
export function acceptedAlgorithms(connection: Connection): string[] {
  const announced: unknown = connection.metadata.id_token_signing_alg_values_supported
  const silent = !Array.isArray(announced) || announced.length === 0
  if (silent && connection.metadataSource !== 'by-hand') return accepted
  const allowed = needsOf(connection) === 'secret' ? [...accepted, 'HS256', 'HS384', 'HS512'] : accepted
  if (silent) return allowed
  return allowed.filter((algorithm) => announced.includes(algorithm))
}

/** Nothing but its signature vouches for a token that came through the browser. */
const unproven = fail(
  'id_token_signature_unverifiable',
  'The ID token came through the browser, and there are no keys to check its signature.',
  'Give the connection the provider’s key set (jwks_uri), or turn “Tokens through the browser” off in the connection.',
)

/** A key rotated under the same name is seen only by asking again. */
function mayBeRotated(checks: Check[]): boolean {
  return checks.some(
    ({ id, code }) => id === 'signature' && (code === 'signature_wrong' || code === 'kid_unknown'),
  )
}

/** What belongs into the account's lineage of an ID token that was accepted: a signature that no one could
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
