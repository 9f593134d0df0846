import type { Compared, Failure } from './result.ts'
import type { CheckState } from './tokens/tokens.ts'

/** One run of a grant, or of what belongs to it. `callback` is a redirect that belonged to no sign-in. */
export const flowKinds = [
  'sign-in',
  'refresh',
  'discovery',
  'client-credentials',
  'device-code',
  'token-exchange',
  'token-action',
  'callback',
] as const
export type FlowKind = (typeof flowKinds)[number]

/** `refused`: a response was refused and the sign-in waits on. */
export const flowOutcomes = ['running', 'ok', 'refused', 'failed', 'cancelled'] as const
export type FlowOutcome = (typeof flowOutcomes)[number]

/** Who speaks in a flow. */
export type FlowParty = 'app' | 'browser' | 'provider' | 'api'

/** What a message is. A `…-response` answers the message before it of the same name. */
export type FlowMessageKind =
  | 'discovery-request'
  | 'discovery-response'
  | 'registration-request'
  | 'registration-response'
  | 'pushed-request'
  | 'pushed-response'
  | 'authorization-request'
  | 'authorization-unseen'
  | 'authorization-response'
  | 'device-request'
  | 'device-response'
  | 'token-request'
  | 'token-response'
  | 'keys-request'
  | 'keys-response'
  | 'userinfo-request'
  | 'userinfo-response'
  | 'introspection-request'
  | 'introspection-response'
  | 'revocation-request'
  | 'revocation-response'
  | 'api-request'
  | 'api-response'
  | 'other-request'
  | 'other-response'
  | 'checks'

/** What was looked at in a flow, in four states; `not-checked` says in `detail` why. */
export interface FlowCheck {
  id: string
  label: string
  state: CheckState
  detail: string
  source?: string
  compared?: Compared
}

/** What secured the connection that a message went over. */
export interface FlowTls {
  /** E.g. `TLSv1.3`. */
  protocol: string
  cipher?: string
  /** Who signed the server's certificate. */
  issuer?: string
  subject?: string
  /** End of the certificate's life as the certificate says it. */
  validTo?: string
  /** HTTP/2 was spoken. */
  http2?: true
  /** It was not checked, by the user's word. */
  unchecked?: true
}

/** One parameter of a message in plain words. */
export interface FlowParameter {
  name: string
  /** A mark where it was a secret. */
  value: string
  place: 'query' | 'header' | 'body'
  hidden: boolean
  says: string
  /** Where the rule is, e.g. `RFC 7636 section 4.3`. */
  source?: string
  check?: FlowCheck
}

/** What would have gone wrong without one of the flow's protections. */
export interface FlowCard {
  title: string
  text: string
}

/** A message as it crossed the wire, without its secrets. */
export interface FlowWire {
  /** `GET https://…` or `200 OK`. */
  start: string
  headers: [string, string][]
  body?: string
  /** The body was longer than what is kept. */
  bodyCut?: boolean
}

/** One arrow of the diagram, or a note on a line of life. */
export interface FlowMessage {
  index: number
  /** What is drawn before the label; answers have none. */
  number?: number
  kind: FlowMessageKind
  from: FlowParty
  to: FlowParty
  /** On the arrow, short. */
  label: string
  /** Of the detail. */
  title: string
  /** Who to whom, status, rule. */
  subtitle: string
  /** A paragraph on what happens here. */
  says: string
  /** Where the rule is, e.g. `RFC 7636 section 4.3`. */
  source?: string
  answer: boolean
  tone: 'plain' | 'good' | 'bad' | 'unseen'
  at: number
  /** Milliseconds; on responses and on the browser's part. */
  took?: number
  wire?: FlowWire
  parameters: FlowParameter[]
  checks: FlowCheck[]
  cards: FlowCard[]
  failure?: Failure
  /** `host:port` of the proxy that it went through. */
  proxy?: string
  tls?: FlowTls
  /** There is a request to copy. */
  curl: boolean
}

export interface FlowSummary {
  id: string
  kind: FlowKind
  title: string
  startedAt: number
  endedAt?: number
  outcome: FlowOutcome
  /** Why it ended or was refused: a failure's stable code. */
  code?: string
  /** `ok`, or a short name of the failure. */
  tag: string
  /** `code + PKCE · 9 steps`. */
  says: string
  /** The same for narrow lists, without the count. */
  brief: string
}

export interface FlowView extends FlowSummary {
  /** Who takes part, from left to right, with the name to show. */
  parties: { party: FlowParty; name: string }[]
  messages: FlowMessage[]
  failure?: Failure
  /** Messages that came after the limit and were not kept. */
  dropped: number
}

/** One difference of two messages of the same kind. */
export interface FlowDifference {
  what: string
  left: string
  right: string
  /** Such values are made again for each flow. */
  expected: boolean
  /** Stable codes behind the sentences of a failure. */
  codes?: { left?: string; right?: string }
}

/** Two flows side by side: a row has a message on one side or on both. */
export interface FlowComparison {
  left: FlowSummary
  right: FlowSummary
  rows: {
    title: string
    left?: { index: number; label: string; status?: string; took?: number }
    right?: { index: number; label: string; status?: string; took?: number }
    differences: FlowDifference[]
  }[]
  /** In plain words, what matters first. */
  says: string[]
}
