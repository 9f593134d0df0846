import type { Failure } from '@contract/result'
import type { FindWay } from '../../records/way.ts'
import type { ClientCertificate } from '../client/client-keys.ts'

/** One OAuth message as it crossed the wire, without its secrets. Times in milliseconds. */
export interface TracedMessage {
  method: string
  url: string
  requestHeaders: [string, string][]
  requestBody?: string
  status?: number
  responseHeaders?: [string, string][]
  responseBody?: string
  startedAt: number
  /** Until the first byte of the response. */
  waiting?: number
  total: number
  /** The failure's code where no whole response came. */
  failed?: string
  /** `host:port` of the proxy that it went through. */
  proxy?: string
  /** What secured the connection, as far as it is known. */
  tls?: {
    protocol: string
    cipher?: string
    issuer?: string
    subject?: string
    validTo?: string
    /** HTTP/2 was spoken. */
    http2?: true
    /** The server's certificate was not checked, by the user's word. */
    unchecked?: true
  }
}

/** What an OAuth message is sent with; the shape of WHATWG fetch, of which only this much is used. */
export interface FetchOptions {
  method?: string
  headers?: Record<string, string>
  body?: URLSearchParams | string | null
  signal?: AbortSignal
  redirect?: 'manual'
  /** Values in the message that no one may see later, whatever their names. */
  secrets?: string[]
  /** Shown to the server in the TLS handshake (RFC 8705). */
  certificate?: ClientCertificate
  /** Plain http may go to another computer, by the user's word for this connection. */
  allowInsecure?: boolean
  /** Finds the way to the server; left out, it is reached directly. */
  findWay?: FindWay
  /** Milliseconds: until the headers came and between two pieces of the body; in all. */
  limits?: { pause?: number; total?: number }
  /** Told of this one message, redacted, before its response is handed over. */
  trace?: (message: TracedMessage) => void
}

/** Sends one OAuth message. Follows no redirect, limits size and time, and throws `NetworkError` where no
 *  whole response came. */
export type Fetch = (url: string, options?: FetchOptions) => Promise<Response>

/** A fetch whose messages may go in plain where the connection allows it. */
export function byConnection(fetch: Fetch, { allowInsecure }: { allowInsecure: boolean }): Fetch {
  return (url, options) => fetch(url, { ...options, allowInsecure })
}

/** What `Fetch` throws. Codes of `failure`: `network_refused`, `network_name`, `network_tls`,
 *  `network_timeout`, `network_cut`, `network_aborted`, `network_too_large`, `network_malformed`,
 *  `network_unreachable`, `network_led_away`. */
export interface NetworkError extends Error {
  failure: Failure
}

/** Makes the error that `Fetch` throws. */
export function networkError(failure: Failure, cause?: unknown): NetworkError {
  return Object.assign(new Error(failure.message, { cause }), { name: 'NetworkError', failure })
}

/** The network's failure inside something thrown, however deep a library wrapped it. */
export function networkFailureOf(thrown: unknown): Failure | undefined {
  let current = thrown
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    if ('failure' in current) return (current as NetworkError).failure
    current = current.cause
  }
  return undefined
}
