import { defined } from '@contract/defined'
import type { AnsweredCallback } from './callback.ts'
import type { SignInSecrets } from '../authorization/authorization-request.ts'
import { loadLibrary } from '../client/client.ts'
import { distrustOf } from '../token/distrust.ts'
import { checkGranted, grantedTokens, judged, type TokenRequestContext } from '../token/granted.ts'
import { softenTokenAnswer } from '../token/token-answer.ts'
import type { GrantedTokens, TokenResult } from '../token/token-request.ts'

const parameterNames = ['access_token', 'token_type', 'expires_in', 'scope'] as const

/** What a code is exchanged with: the tokens beside it are judged here, not by the library. */
export function withoutTokens(parameters: [string, string][]): [string, string][] {
  return parameters.filter(([name]) => ![...parameterNames, 'id_token'].includes(name))
}

/** Reads and judges what the authorization endpoint issued by itself (OpenID Connect Core sections 3.2.2.9 to 3.2.2.11
 *  and 3.3.2.9 to 3.3.2.12). `undefined` where it issued nothing but a code. To be called with a callback that
 *  `matchCallback` let through. Codes: `token_*`, `id_token_*`. */
export async function readFrontChannel(
  callback: AnsweredCallback,
  secrets: SignInSecrets,
  context: TokenRequestContext,
): Promise<TokenResult<GrantedTokens | undefined>> {
  if (secrets.responseType === undefined) return { ok: true, value: undefined }
  const values = new Map(callback.parameters)
  const accessToken = values.get('access_token')
  const idToken = values.get('id_token')
  if (!accessToken && !idToken) return { ok: true, value: undefined }
  let granted: GrantedTokens = {
    accessToken: '',
    tokenType: 'Bearer',
    receivedAt: context.now(),
    notes: [],
  }
  try {
    if (accessToken) granted = await readAccessToken(values, context)
  } catch (thrown) {
    const error = distrustOf(thrown)
    if (error === undefined) throw thrown
    return { ok: false, error }
  }
  if (idToken) {
    const idTokenClaims = await claimsOf(idToken)
    if (idTokenClaims === undefined)
      return distrust('id_token_malformed', 'The ID token that came through the browser is no JWT.')
    granted = { ...granted, idToken, idTokenClaims }
  }
  const fits = checkGranted(granted, context)
  if (!fits.ok) return fits
  return judged(fits.value, context.judgeIdToken, {
    fromBrowser: true,
    nonce: secrets.nonce,
    ...(callback.kind === 'code' ? { code: callback.code } : {}),
    ...defined({ maxAgeSeconds: secrets.maxAgeSeconds }),
  })
}

/** Compares both ID tokens of a hybrid flow (OpenID Connect Core section 3.3.3.6): they must speak of the same person at
 *  the same issuer; other claims should not differ, and it is noted where they do. The access token of the token
 *  endpoint is the one that is kept (section 3.3.3.8). Codes: `id_token_hybrid_issuer`,
 *  `id_token_hybrid_subject`. */
export function mergeHybrid(
  front: GrantedTokens | undefined,
  granted: GrantedTokens,
): TokenResult<GrantedTokens> {
  if (front === undefined) return { ok: true, value: granted }
  const notes = [...front.notes.map((note) => `From the browser: ${note}`)]
  if (front.accessToken !== '' && front.accessToken !== granted.accessToken)
    notes.push(
      'The access token that came through the browser was not kept: the one of the token endpoint is.',
    )
  const [first, second] = [front.idTokenClaims, granted.idTokenClaims]
  if (first !== undefined && second !== undefined) {
    if (first['iss'] !== second['iss'])
      return distrust('id_token_hybrid_issuer', 'The two ID tokens of this sign-in name different issuers.')
    if (first['sub'] !== second['sub'])
      return distrust(
        'id_token_hybrid_subject',
        'The two ID tokens of this sign-in speak of different people.',
      )
    const differ = Object.keys(first).filter(
      (name) =>
        !ownOfEach.has(name) &&
        Object.hasOwn(second, name) &&
        JSON.stringify(first[name]) !== JSON.stringify(second[name]),
    )
    if (differ.length > 0)
      notes.push(
        `The two ID tokens differ in ${differ.join(', ').slice(0, 200)}; that of the token endpoint counts.`,
      )
  }
  return { ok: true, value: { ...granted, notes: [...granted.notes, ...notes] } }
}

function distrust(code: string, message: string): TokenResult<never> {
  return {
    ok: false,
    error: {
      code,
      message,
      next: 'Nothing was stored. Tell whoever runs the provider, or choose the response type “code”.',
      remedy: 'distrust-answer',
    },
  }
}

/** The access token beside its type and life, as strictly as if the token endpoint had answered (RFC 6749
 *  section 4.2.2). */
async function readAccessToken(
  values: Map<string, string>,
  { connection, now }: TokenRequestContext,
): Promise<GrantedTokens> {
  const library = await loadLibrary()
  const life = values.get('expires_in')
  const present = parameterNames.flatMap((name) => (values.has(name) ? [[name, values.get(name)]] : []))
  const { json, notes } = softenTokenAnswer({
    ...Object.fromEntries(present),
    // In a form everything is text: a number is nothing unusual here.
    ...(life !== undefined && /^-?\d{1,15}$/.test(life) ? { expires_in: Number(life) } : {}),
  })
  const answer = await library.processGenericTokenEndpointResponse(
    { issuer: connection.metadata.issuer },
    { client_id: connection.clientId },
    new Response(JSON.stringify(json), { headers: [['content-type', 'application/json']] }),
  )
  return grantedTokens(library, answer, now(), notes)
}

/** What is bound to differ between two ID tokens of one sign-in. */
const ownOfEach = new Set('iss sub aud azp exp nbf iat jti nonce at_hash c_hash s_hash'.split(' '))

/** Its claims as they stand there, for the judge; `undefined` where it is no JWT. */
async function claimsOf(idToken: string): Promise<Record<string, unknown> | undefined> {
  const { decodeJwt } = await import('jose')
  try {
    const claims: Record<string, unknown> = decodeJwt(idToken)
    return claims
  } catch {
    return undefined
  }
}
