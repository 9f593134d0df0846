import type { ConnectionFacts } from '@contract/requests'
import type { Failure } from '@contract/result'
import type { BodySink } from '../records/body-sink.ts'

/** A request as it goes over the wire, but for the token. */
export interface WireRequest {
  method: string
  url: string
  headers: [string, string][]
  body?: Uint8Array
  /** A body that is in part on the disk, in place of `body`: its pieces in order. */
  pieces?: BodyPiece[]
  /** Lower-case names of headers that hold a secret although their names do not say so. */
  secretHeaders?: string[]
}

/** Bytes, or a file by its path, which is read while it is sent. */
export type BodyPiece = Uint8Array | { file: string }

/** The token that is put in at the moment of sending. */
export interface CarriedCredential {
  /** Bearer (RFC 6750 section 2.1), or bound to a key by DPoP (RFC 9449 section 7.1). */
  type: 'Bearer' | 'DPoP'
  text: string
  /** How the API wants it, by the user's word; left out, in Authorization behind its type. */
  place?: TokenPlace
  /** It is not sent: each message proves that whoever sends has it. */
  proof?: Proof
  /** What goes with it to its API, by the user's word. */
  further?: FurtherCarried[]
  /** The user allowed plain http to other hosts for this connection. */
  allowInsecure: boolean
  /** Makes the proof of each message; for DPoP. */
  prover?: Prover
  /** Shown in the TLS handshake; for tokens that are bound to a certificate (RFC 8705 section 3). */
  certificate?: { certificate: string; key: string }
}

/** How a secret is proven without being sent: a reply to the server's challenge (RFC 7616), or a signature of each
 *  message (AWS Signature Version 4; empty texts are left out or found in the address). */
export type Proof =
  | { kind: 'digest'; username: string }
  | { kind: 'awsv4'; accessKeyId: string; sessionToken: string; service: string; region: string }

/** Where an odd API looks for the token: with another word before it or none, in another header, in the query, or in a
 *  cookie. */
export interface TokenPlace {
  scheme?: string
  header?: string
  query?: string
  cookie?: string
}

/** A header or a parameter that goes wherever the token goes. */
interface FurtherCarried {
  where: 'header' | 'parameter'
  name: string
  value: string
  secret: boolean
}

/** Proves possession of the key that a token is bound to. */
interface Prover {
  proof(request: { method: string; url: string; accessToken: string }): Promise<string>
  /** Takes the nonce that a server wants in the next proof (RFC 9449 section 9). */
  remember(url: string, nonce: string | null | undefined): void
}

/** Keeps the cookies of whoever sends (RFC 6265). Never throws what is expected to fail. */
export interface CookieKeeper {
  /** What the Cookie header for an address is; nothing where no cookie fits. `led`: a redirect of another origin leads
   *  there. */
  header(url: string, led: boolean): Promise<string | undefined>
  /** Takes the Set-Cookie headers of a response. */
  take(url: string, headers: readonly string[]): Promise<void>
}

/** Limits of one exchange: bytes after decoding, milliseconds, redirects. */
export interface SendLimits {
  /** Of a body that is held in memory. */
  bodyBytes: number
  /** Of one that is received elsewhere. */
  longBytes: number
  /** Until the headers came, and between two pieces of the body. */
  pause: number
  total: number
  redirects: number
}

/** What holds where nothing else is asked for. */
export const defaultLimits: SendLimits = {
  bodyBytes: 64 * 1_048_576,
  longBytes: 1_000_000_000,
  pause: 60_000,
  total: 120_000,
  redirects: 10,
}

/** The head of a response whose body is still coming: `body` is what has come of it. */
export type AnswerHead = Pick<
  HttpAnswer,
  | 'status'
  | 'statusText'
  | 'headers'
  | 'contentType'
  | 'declaredType'
  | 'body'
  | 'url'
  | 'method'
  | 'hops'
  | 'tokenSent'
> & { /** On the wire, where the server says so. */ expected?: number }

/** Takes a body that is long or slow while it comes; nothing where it is to be held in memory as far as that goes. */
export type ReceiveBody = (head: AnswerHead) => Promise<BodySink | undefined>

/** One redirect that was followed. */
export interface Hop {
  method: string
  url: string
  status: number
  /** The target has another origin: the token, cookies and keys stayed behind. */
  leftBehind: string[]
}

/** A redirect that waits for the user's word. */
export interface HeldRedirect {
  to: string
  /** From https to http: no word allows that. */
  downgrade: boolean
}

/** An API's response. Sizes in bytes, times in milliseconds. */
export interface HttpAnswer {
  status: number
  statusText: string
  headers: [string, string][]
  /** By its bytes, where its head says nothing or what can't be. */
  contentType: string
  /** What the head says, where that is not so; empty where it says nothing. */
  declaredType?: string
  /** After content decoding; of a body that is elsewhere the first part. */
  body: Uint8Array
  /** All of the body is with whoever received it (`ReceiveBody`), so many bytes. */
  elsewhere?: number
  /** As received, before content decoding. */
  wireSize: number
  /** Cut off at the size limit. */
  truncated: boolean
  /** A content coding that could not be taken off: the body is shown as received. */
  undecoded?: string
  /** What was odd about the body's coding and did no harm. */
  oddities?: string[]
  /** Where the response came from in the end, and by which redirects. */
  url: string
  method: string
  hops: Hop[]
  /** This response is a redirect that was not followed, since it would have carried the body to another origin. */
  held?: HeldRedirect
  /** The token reached the server that gave this response. */
  tokenSent: boolean
  /** Bytes of the body that was sent, where some of it came from the disk. */
  bodySent?: number
  /** How the last message reached its server. */
  connection?: ConnectionFacts
  /** Headers of the last message as sent; secrets replaced by a mark. */
  sentHeaders: [string, string][]
  timing: { waiting: number; receiving: number; total: number }
  /** Set where the response began and then broke off. */
  problem?: Failure
}
