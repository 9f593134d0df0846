import { defined } from '@contract/defined'
import type { AnsweredCallback } from './callback.ts'
import type { SignInSecrets } from '../authorization/authorization-request.ts'
import type { WantedAcr } from '../authorization/request-settings.ts'
import { faultIn, grantedTokens, judged, type TokenRequestContext } from '../token/granted.ts'
import { softenTokenAnswer } from '../token/token-answer.ts'
import type { GrantedTokens, RawAnswer, TokenResult } from '../token/token-request.ts'

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
  acr: WantedAcr,
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
  if (accessToken) {
    const answer = accessTokenAnswer(values, context.now())
    const fault = faultIn(answer, { ...context, needsIdToken: false })
    if (fault !== undefined) return { ok: false, error: fault }
    granted = grantedTokens(answer, context)
  }
  return judged(idToken ? { ...granted, idToken } : granted, context.judgeIdToken, {
    from: 'authorization-endpoint',
    nonce: secrets.nonce,
    code: callback.kind === 'code' ? callback.code : null,
    maxAgeSeconds: secrets.maxAgeSeconds ?? null,
    acr,
    previous: null,
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
      'The access token that came through the browser was discarded in favor of the token endpoint’s.',
    )
  const [first, second] = [front.idTokenClaims, granted.idTokenClaims]
  if (first !== undefined && second !== undefined) {
    if (first['iss'] !== second['iss'])
      return distrust('id_token_hybrid_issuer', 'The two ID tokens of this sign-in name different issuers.')
    if (first['sub'] !== second['sub'])
      return distrust('id_token_hybrid_subject', 'The two ID tokens of this sign-in name different users.')
    const differ = Object.keys(first).filter(
      (name) =>
        !ownOfEach.has(name) &&
        Object.hasOwn(second, name) &&
        JSON.stringify(first[name]) !== JSON.stringify(second[name]),
    )
    if (differ.length > 0)
      notes.push(
        `The two ID tokens differ in ${differ.join(', ').slice(0, 200)}; the token endpoint’s counts.`,
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
      next: 'Nothing was stored. Tell the provider’s operator, or turn “Tokens through the browser” off in the connection.',
      remedy: 'distrust-answer',
    },
  }
}

/** The access token beside its type and life, read as if the token endpoint had answered (RFC 6749 section 4.2.2). */
function accessTokenAnswer(values: Map<string, string>, receivedAt: number): RawAnswer {
  const life = values.get('expires_in')
  const present = parameterNames.flatMap((name) => (values.has(name) ? [[name, values.get(name)]] : []))
  const soft = softenTokenAnswer({
    ...(Object.fromEntries(present) as Record<string, unknown>),
    // In a form everything is text: a number is nothing unusual here.
    ...defined({ expires_in: life !== undefined && /^-?\d{1,15}$/.test(life) ? Number(life) : undefined }),
  })
  return { ...soft, receivedAt }
}

/** What is bound to differ between two ID tokens of one sign-in. */
const ownOfEach = new Set('iss sub aud azp exp nbf iat jti nonce at_hash c_hash s_hash'.split(' '))
