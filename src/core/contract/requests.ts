import { z } from 'zod'
import { capture, type CaptureResult } from './sending/captures.ts'
import { check, type CheckResult } from './sending/checks.ts'
import { id, limits, url } from './limits.ts'
import { requestAuth } from './sending/auth.ts'
import { pair, queryRow, requestBody } from './sending/body.ts'
import { sendSettings } from './sending/settings.ts'
import type { FlowTls } from './flows.ts'
import { methodPattern, type HistoryLimits } from './words.ts'
import type { TokenLife } from './tokens/tokens.ts'

export type { FormPart, Pair, QueryRow, RequestBody } from './sending/body.ts'
export { requestAuth, type RequestAuth } from './sending/auth.ts'

/** How much of a body that comes from the disk is sent, in bytes. */
export interface SendProgress {
  sendId: string
  sent: number
  total: number
}

/** What is to be sent. The query of the address is in `query`, as it is written; one that `url` has goes before. */
export const requestDraft = z
  .object({
    method: z.string().regex(methodPattern, 'a method is capital letters, digits and a few signs'),
    url,
    query: z.array(queryRow).max(limits.query),
    headers: z.array(pair).max(limits.headers),
    body: requestBody,
    /** What `:name` in the path stands for. */
    path: z.array(pair).max(limits.headers).optional(),
    /** Variables of this request alone. */
    variables: z.array(pair).max(limits.variables).optional(),
    /** What is expected of the response. */
    checks: z.array(check).max(limits.checks).optional(),
    /** How it is sent, where that is not as usual. */
    settings: sendSettings.optional(),
    /** What of the response becomes the value of variables. */
    captures: z.array(capture).max(limits.captures).optional(),
    /** Who to call as; null where no account is. */
    accountId: id.nullable(),
    /** Who calls where no account does; left out, no one. */
    auth: requestAuth.optional(),
  })
  .strict()
export type RequestDraft = z.infer<typeof requestDraft>

/** An account's token and an origin that it may go to. */
export const tokenTarget = z.object({ accountId: id, origin: url }).strict()
export type TokenTarget = z.infer<typeof tokenTarget>

/** The token that an exchange carried: never its text. */
export interface CarriedToken {
  accountId: string
  displayName: string
  connectionName: string
  life: TokenLife
  scope: string
  /** It was refreshed because it had expired. */
  refreshed: boolean
}

/** Milliseconds that each part took; left out where it did not happen. */
export interface Timing {
  /** Finding the account's token; `token` stands for it where the token was refreshed. */
  preparing?: number
  /** Token refresh before sending. */
  token?: number
  /** The first sending, which the API refused, and the refresh after it. */
  firstTry?: number
  /** Until the first byte of the response. */
  waiting: number
  /** From the first to the last byte. */
  receiving: number
  total: number
}

/** What a message went through; left out as far as there was none. */
export interface ConnectionFacts {
  /** `host:port` of the proxy. */
  proxy?: string
  tls?: FlowTls
}

export interface ExchangeSummary {
  id: string
  requestId?: string
  at: number
  method: string
  url: string
  accountName?: string
  status?: number
  /** Milliseconds in total. */
  duration?: number
  errorCode?: string
  /** TLS was not checked for a server that it went to, by the user's word. */
  unchecked?: true
  /** Stays when the history lets its oldest go. */
  pinned?: true
}

/** The limits, and what there is. */
export interface HistoryHeld {
  limits: HistoryLimits
  exchanges: number
  bytes: number
}

/** What a list or a search of the history found. */
export interface ExchangePage {
  rows: ExchangeSummary[]
  /** So many exchanges are not looked up yet, where a search did not wait for them. */
  waiting?: number
}

/** One sending of a request with its response. */
export interface ExchangeView extends ExchangeSummary {
  /** As sent; the Authorization header's value is replaced by a mark. */
  sent: { headers: [string, string][]; bodySize: number; bodyText?: string }
  carried?: CarriedToken
  /** The API refused the token at first (`invalid_token`): it was refreshed and the request sent again, or
   *  the refresh failed and this is the first response. */
  resent?: { firstStatus: number; refreshFailed?: string }
  /** How the last message of it reached its server. */
  connection?: ConnectionFacts
  /** What was worth saying about the draft before it was sent. */
  notes?: string[]
  /** Redirects that were followed; `leftBehind` names the headers that a change of origin took off. */
  hops?: { method: string; url: string; status: number; leftBehind: string[] }[]
  /** A redirect led to another origin: the server that answered was not given the token. */
  tokenLeftBehind?: boolean
  response?: {
    /** Where the response came from, after redirects. */
    url?: string
    status: number
    statusText: string
    headers: [string, string][]
    /** Which of the headers are covered, by their places, and whether their values can still be had. Not stored. */
    covered?: { headers: number[]; held: boolean }
    /** What its JWTs are called, while they can be had (`exchanges:token`). Not stored. */
    tokens?: string[]
    /** Bytes received, after content decoding. */
    bodySize: number
    /** By its bytes, where the head says nothing or what can't be. */
    contentType: string
    /** The type that the head gives, where that is not what it is; empty where it gives none. */
    declaredType?: string
    /** Cut off at the size limit. */
    truncated: boolean
    /** So many bytes of it are in the history, where that is not all: the rest is there while a tab shows it. */
    keptSize?: number
    /** It is still coming: `bodies:*` tell how far it is. `expected`: bytes on the wire, where the server says so. Not
     *  stored. */
    arriving?: { expected?: number }
    /** A content coding that could not be taken off: the body is as received. */
    undecoded?: string
    /** The first part of the body as text where it is text; more through `exchanges:body`. */
    firstText?: string
  }
  timing?: Timing
  error?: { code: string; message: string; next?: string }
  /** For a refusal: what the response itself says. */
  refusal?: RefusalView
  /** What became of the request's checks. */
  checks?: CheckResult[]
  /** What became of its captures. */
  captures?: CaptureResult[]
  remedies?: Remedy[]
}

/** An exchange whose body is long or slow, before that has ended. */
export interface Arrival {
  sendId: string
  exchange: ExchangeView
}

/** What a press of a button can do about a refused call. */
export type Remedy =
  /** A new sign-in, then the same request as the same account. */
  | {
      kind: 'sign-in'
      label: string
      accountId: string
      connectionId: string
      scope?: string
      acrValues?: string
      maxAgeSeconds?: number
    }
  | { kind: 'send-as'; label: string; accountId: string }
  | { kind: 'environment'; label: string; environmentId: string }
  /** The same request, whose body a redirect may carry to these other origins. */
  | { kind: 'follow'; label: string; origins: string[] }
  /** A name and a password for this proxy, then the same request. */
  | { kind: 'proxy-login'; label: string; proxy: string }
  /** The same request, whose token may go to this origin: asked once. */
  | ({ kind: 'allow-token'; label: string } & TokenTarget)

/** Why a call was refused, in the API's own words (RFC 6750 section 3). */
export interface RefusalView {
  headline: string
  /** `certain`: the API said so itself. */
  certainty: 'certain' | 'likely' | 'unknown'
  /** When the server answers again, after too many requests. */
  retryAt?: number
  facts: {
    label: string
    text?: string
    items?: string[]
    /** Those of `items` that the token does not have. */
    missing?: string[]
    /** `text` is a code or an address, not prose. */
    wire?: boolean
    /** What the response carried, beyond what explains it. */
    sent?: boolean
  }[]
  next: string
}
