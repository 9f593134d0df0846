import { defined } from '@contract/defined'
import { parseObject } from '../../text/parse-object.ts'
import type { ClientKeys } from '../client/client-keys.ts'
import { networkFailureOf, type Fetch, type FetchOptions } from '../wire/fetch.ts'
import { softenTokenAnswer } from './token-answer.ts'
import {
  refusedAnswer,
  unreachable,
  type TokenAnswer,
  type TokenFailure,
  type TokenRequestKind,
} from './token-failure.ts'

/** What a grant brought. `expiresInSeconds` counts from `receivedAt`, milliseconds. */
export interface GrantedTokens {
  /** Empty where an ID token alone was asked for (response type `id_token`). */
  accessToken: string
  tokenType: 'Bearer' | 'DPoP'
  /** As granted; absent where the answer names none, which means: as asked (RFC 6749 section 5.1). */
  scope?: string
  expiresInSeconds?: number
  refreshToken?: string
  idToken?: string
  /** The ID token's claims, judged. */
  idTokenClaims?: Record<string, unknown>
  receivedAt: number
  /** Oddities of the answer, in plain words. */
  notes: string[]
}

/** Success, or a failure that says what is to be done. */
export type TokenResult<T> = { ok: true; value: T } | { ok: false; error: TokenFailure }

/** What is handed to the judge of ID tokens. */
export interface IdTokenToJudge {
  idToken: string
  claims: Record<string, unknown>
  /** What came with it; absent where an ID token came alone. */
  accessToken?: string
  /** It came through the browser: hashes are required, and so is a signature that can be checked (OpenID Connect
   *  Core sections 3.2.2.11 and 3.3.2.12). */
  fromBrowser?: boolean
  maxAgeSeconds?: number
  /** Only for the code grant. */
  nonce?: string
  code?: string
  /** Only for a refresh: what the first ID token said (OpenID Connect Core section 12.2). */
  refreshOf?: { nonce?: string }
}
/** Checks what the library leaves open (signature, at_hash, c_hash, strict encoding); a failure refuses the
 *  answer, notes say what could not be checked. It is a must, so that nobody can forget it. */
export type JudgeIdToken = (
  input: IdTokenToJudge,
) => Promise<
  { ok: true; notes?: string[] } | { ok: false; error: { code: string; message: string; next?: string } }
>

type LibraryFetch = (url: string, options: FetchOptions) => Promise<Response>

/** What one request to the token endpoint, or to one that answers in the same manner, is sent with. */
export interface AskOptions {
  fetch: Fetch
  now: () => number
  kind: TokenRequestKind
  keys?: ClientKeys
  /** The status of success; 201 for PAR (RFC 9126 section 2.2). */
  success?: 200 | 201
}

/** What came back and may be judged. */
export interface Asked {
  response: Response
  notes: string[]
  receivedAt: number
  hasIdToken: boolean
}

/** Sends one token request through the library and looks at the raw answer before the library does, so that
 *  every odd answer gets a sentence of its own. Where the server wants a nonce in the DPoP proof, the request
 *  is made anew with it, once (RFC 9449 section 8). */
export async function askTokenEndpoint(
  request: (libraryFetch: LibraryFetch) => Promise<Response>,
  options: AskOptions,
): Promise<TokenResult<Asked>> {
  const first = await askOnce(request, options)
  const wantsNonce = !first.ok && first.error.providerError === 'use_dpop_nonce'
  return wantsNonce && options.keys?.dpop !== undefined ? askOnce(request, options) : first
}

async function askOnce(
  request: (libraryFetch: LibraryFetch) => Promise<Response>,
  { fetch, now, kind, keys = {}, success = 200 }: AskOptions,
): Promise<TokenResult<Asked>> {
  let answer: TokenAnswer | undefined
  let notes: string[] = []
  let hasIdToken = false
  try {
    const response = await request(async (url, options) => {
      const { dpop, certificate } = keys
      const proof = dpop && (await dpop.proof({ method: 'POST', url }))
      const raw = await fetch(url, {
        ...options,
        ...(proof === undefined ? {} : { headers: { ...options.headers, dpop: proof } }),
        ...defined({ certificate }),
      })
      dpop?.remember(url, raw.headers.get('dpop-nonce'))
      const body = await raw.text()
      const json = parseObject(body)
      answer = { status: raw.status, header: (name) => raw.headers.get(name), body, json }
      if (json === undefined) return new Response(body === '' ? null : body, { status: raw.status })
      const soft = softenTokenAnswer(json)
      notes = soft.notes
      hasIdToken = soft.json.id_token !== undefined
      // The library wants 200 to the letter. Tokens that were issued are not thrown away for a 201.
      const issued = raw.status === 201 && typeof json.access_token === 'string'
      if (issued) {
        notes.push('The answer came with status 201 instead of 200.')
        answer.status = 200
      }
      const { status } = answer
      if (status === success) answer.status = 200
      return new Response(JSON.stringify(soft.json), {
        status,
        headers: [['content-type', 'application/json']],
      })
    })
    const receivedAt = now()
    const refused = answer === undefined ? undefined : refusedAnswer(answer, kind, receivedAt)
    if (refused !== undefined) return { ok: false, error: refused }
    return { ok: true, value: { response, notes, receivedAt, hasIdToken } }
  } catch (thrown) {
    const failure = networkFailureOf(thrown)
    if (failure === undefined) throw thrown
    return { ok: false, error: unreachable(failure) }
  }
}
