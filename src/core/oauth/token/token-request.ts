import type { MessageKind } from '@contract/tables/message-kinds'
import { defined } from '@contract/defined'
import type { Known } from '../../text/known.ts'
import type { WantedAcr } from '../authorization/request-settings.ts'
import type { ClientKeys } from '../client/client-keys.ts'
import type { PreparedClient } from '../client/client.ts'
import { faultInWords, type AnswerMember } from '../client/answer-faults.ts'
import { libraryFault, prepareCall, type LibraryCall } from '../client/library-call.ts'
import { networkFailureOf, type Fetch, type FetchOptions } from '../wire/fetch.ts'
import { withFurther } from '../client/further.ts'
import { answerMembers } from '../wire/own-words.ts'
import { softenTokenAnswer } from './token-answer.ts'
import { malformedAnswer, refusedAnswer, unreachable, type TokenFailure } from './token-failure.ts'
import type { TokenRequestKind } from './token-request-kind.ts'

/** What a grant brought. `expiresInSeconds` counts from `receivedAt`, milliseconds. */
export interface GrantedTokens {
  /** Empty where an ID token alone was asked for (response type `id_token`). */
  accessToken: string
  tokenType: 'Bearer' | 'DPoP'
  /** As granted; absent where the response names none, which means: as asked (RFC 6749 section 5.1). */
  scope?: string
  expiresInSeconds?: number
  refreshToken?: string
  idToken?: string
  /** The ID token's claims, judged. */
  idTokenClaims?: Record<string, unknown>
  receivedAt: number
  /** The response's `Date`, milliseconds; to a second (RFC 9110 section 6.6.1). */
  serverDate?: number
  /** Oddities of the response, in plain words. */
  notes: string[]
}

/** Success, or a failure that says what is to be done. */
export type TokenResult<T> = { ok: true; value: T } | { ok: false; error: TokenFailure }

/** What an ID token has to fit, beyond what its connection says. */
export interface IdTokenSituation {
  /** Through the browser hashes are required, and so is a signature that can be checked (OpenID Connect Core
   *  sections 3.2.2.11 and 3.3.2.12). */
  from: 'token-endpoint' | 'authorization-endpoint' | 'refresh'
  /** The nonce that was sent; null where none was. */
  nonce: Known<string | null>
  /** The code that came with it, or that it was exchanged for; null where there is none. */
  code: string | null
  /** `max_age`; null where none was asked for. */
  maxAgeSeconds: number | null
  acr: WantedAcr
  /** For a refresh: what the ID token before it said (OpenID Connect Core section 12.2), else null. */
  previous: { subject: string; authTime: Known<number | null> } | null
}

/** What is handed to the judge of ID tokens. */
interface IdTokenToJudge extends IdTokenSituation {
  idToken: string
  /** What came with it; null where an ID token came alone. */
  accessToken: string | null
}

/** Judges an ID token; nothing else does. A failure refuses the response, notes say what could not be checked. Its
 *  claims are believed, or it is left out while the tokens beside it are kept. It is a must, so that no one can
 *  forget it. */
export type JudgeIdToken = (
  input: IdTokenToJudge,
) => Promise<
  | { ok: true; claims: Record<string, unknown> | 'left-out'; notes: string[] }
  | { ok: false; error: { code: string; message: string; next?: string } }
>

/** What one request to the token endpoint, or to one that answers in the same manner, is sent with. */
export interface AskOptions {
  fetch: Fetch
  now: () => number
  kind: TokenRequestKind
  keys?: ClientKeys
  signal?: AbortSignal
  /** The status of success; 201 for PAR (RFC 9126 section 2.2). */
  success?: 200 | 201
  /** What a response has to have; that of tokens where nothing else is said (RFC 6749 section 5.1). */
  needed?: readonly AnswerMember[]
  /** Changes what the library is about to send. */
  amend?: (form: URLSearchParams) => void
  /** Reads the members of a response; JSON, or an error as a form, where nothing else is said. */
  read?: (body: string) => Record<string, unknown> | undefined
  /** Takes the harmless oddities out of the response; those of a token response where nothing else is said. */
  soften?: (json: Record<string, unknown>) => Pick<RawAnswer, 'json' | 'notes'>
  /** Judges the response before the library does. */
  judge?: (answer: RawAnswer) => TokenFailure | undefined
}

/** A successful response, without its harmless oddities, which the notes tell. */
export interface RawAnswer {
  json: Record<string, unknown>
  notes: string[]
  receivedAt: number
  serverDate?: number
}

/** Asks through the library and looks at the raw response before the library does, so that every odd one gets a
 *  sentence of its own. Where the server wants a nonce in the DPoP proof, the request is made again with it, once
 *  (RFC 9449 section 8). Codes: `token_*`, `id_token_*`. */
export async function askLibrary<T>(
  client: PreparedClient,
  ask: (call: LibraryCall) => Promise<T>,
  options: AskOptions,
): Promise<TokenResult<{ value: T; answer: RawAnswer }>> {
  const first = await askOnce(client, ask, options)
  const wantsNonce = !first.ok && first.error.providerError === 'use_dpop_nonce'
  return wantsNonce && options.keys?.dpop !== undefined ? askOnce(client, ask, options) : first
}

async function askOnce<T>(
  client: PreparedClient,
  ask: (call: LibraryCall) => Promise<T>,
  options: AskOptions,
): Promise<TokenResult<{ value: T; answer: RawAnswer }>> {
  let answer: RawAnswer | undefined
  let refused: TokenFailure | undefined
  const call = await prepareCall(client, async (url, message) => {
    const read = await send(url, message, options)
    if (!read.ok) {
      refused = read.error
      throw new Error('The response was refused before the library processed it.')
    }
    answer = read.value
    refused = options.judge?.(answer)
    if (refused !== undefined) throw new Error('The response was checked before the library processed it.')
    // ID tokens are judged by our own checks alone.
    const { id_token: _judged, ...json } = answer.json
    const headers: [string, string][] = [['content-type', 'application/json']]
    return new Response(JSON.stringify(json), { status: options.success ?? 200, headers })
  })
  try {
    const value = await ask(call)
    if (answer === undefined) throw new Error('The library returned without sending a request.')
    return { ok: true, value: { value, answer } }
  } catch (thrown) {
    if (refused !== undefined) return { ok: false, error: refused }
    const network = networkFailureOf(thrown)
    if (network !== undefined) return { ok: false, error: unreachable(network) }
    const fault = libraryFault(thrown)
    if (fault === undefined) throw thrown
    return {
      ok: false,
      error: malformedAnswer(faultInWords(fault, options.needed ?? ['access_token', 'token_type'])),
    }
  }
}

/** Sends one message and reads what came. */
async function send(
  url: string,
  message: FetchOptions,
  {
    fetch,
    now,
    kind,
    keys = {},
    signal,
    success = 200,
    amend,
    soften = softenTokenAnswer,
    read = answerMembers,
  }: AskOptions,
): Promise<TokenResult<RawAnswer>> {
  const { dpop, certificate } = keys
  if (message.body instanceof URLSearchParams) amend?.(message.body)
  const proof = dpop && (await dpop.proof({ method: 'POST', url }))
  const carried = withFurther(messageKindOf(kind), url, message, keys)
  const { headers } = carried.message
  const raw = await fetch(carried.url, {
    ...carried.message,
    ...defined({ headers: proof === undefined ? headers : { ...headers, dpop: proof } }),
    ...defined({ certificate, signal }),
  })
  dpop?.remember(url, raw.headers.get('dpop-nonce'))
  const body = await raw.text()
  const receivedAt = now()
  const json = read(body)
  // Tokens that were issued are not thrown away for a 201.
  const issued = raw.status === 201 && typeof json?.['access_token'] === 'string'
  const status = issued || raw.status === success ? 200 : raw.status
  const refused = refusedAnswer(
    { status, header: (name) => raw.headers.get(name), body, ...defined({ json }) },
    kind,
    receivedAt,
  )
  if (refused !== undefined) return { ok: false, error: refused }
  const soft = soften(json ?? {})
  if (issued && success !== 201) soft.notes.push('The response had status 201 instead of 200.')
  const serverDate = Date.parse(raw.headers.get('date') ?? '')
  return {
    ok: true,
    value: {
      ...soft,
      receivedAt,
      ...defined({ serverDate: Number.isNaN(serverDate) ? undefined : serverDate }),
    },
  }
}

function messageKindOf(kind: TokenRequestKind): MessageKind {
  switch (kind) {
    case 'refresh':
    case 'pushed':
    case 'device':
    case 'client_credentials':
      return kind
    default:
      return 'token'
  }
}
