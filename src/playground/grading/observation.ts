import type { FaultName } from '../faults/table.ts'

export type Endpoint =
  | 'authorize'
  | 'par'
  | 'token'
  | 'userinfo'
  | 'introspection'
  | 'revocation'
  | 'device'
  | 'backchannel'
  | 'registration'
  | 'jwks'
  | 'discovery'
  | 'api'

/** One request of a client, with what was answered. It holds secrets: it is judged, and then forgotten. */
export type Observation = {
  /** Milliseconds. */
  at: number
  requestId: string
  /** The path of the issuer, '' for the first. */
  issuer: string
  endpoint: Endpoint
  method: string
  path: string
  client: string | undefined
  query: URLSearchParams
  form: URLSearchParams | undefined
  headers: Readonly<Record<string, string | string[] | undefined>>
  status: number
  /** OAuth's error code, or the code of the API's problem document. */
  error: string | undefined
  /** Why, in more words than the client was told. */
  reason: string | undefined
  /** The token response, or the address that was redirected to. */
  answer: {
    tokens?: Record<string, unknown> | undefined
    location?: string | undefined
    retryAfterSeconds?: number | undefined
  }
  faults: readonly FaultName[]
  /** The parameters of the authorization that is answered, wherever they came from. */
  asked?: Readonly<Record<string, unknown>> | undefined
}

export type Observe = (observation: Observation) => void
