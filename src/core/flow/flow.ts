import type { FlowCheck, FlowKind, FlowOutcome, FlowTls } from '@contract/flows'
import type { RedirectKind } from '@contract/tables/redirect-kinds'
import type { Failure } from '@contract/result'

/** What an exchange with a server was for. */
export type ExchangePurpose =
  | 'discovery'
  | 'registration'
  | 'pushed'
  | 'device'
  | 'token'
  | 'keys'
  | 'userinfo'
  | 'introspection'
  | 'revocation'
  | 'api'
  | 'other'

/** By which way a response came back to the app (RFC 8252 section 7), or that a person pasted it. */
export type CallbackWay = RedirectKind | 'pasted'

/** A request and its response as they crossed the wire, without secrets. Times in milliseconds. */
export interface ExchangeStep {
  kind: 'exchange'
  purpose: ExchangePurpose
  at: number
  method: string
  url: string
  requestHeaders: [string, string][]
  requestBody?: string
  requestBodyCut?: boolean
  status?: number
  responseHeaders?: [string, string][]
  responseBody?: string
  responseBodyCut?: boolean
  /** Until the first byte of the response. */
  waiting?: number
  took: number
  /** The network's code where no whole response came. */
  failed?: string
  proxy?: string
  tls?: FlowTls
}

/** One step of a flow, in the order of time. */
export type FlowStep =
  | ExchangeStep
  /** The authorization URL was handed to the system's browser. */
  | { kind: 'browser'; at: number; url: string; opened: boolean }
  /** A response came back from the browser; `checks` say what was compared. */
  | {
      kind: 'callback'
      at: number
      way: CallbackWay
      url: string
      checks: FlowCheck[]
      refused?: Failure
      /** Milliseconds since the browser was opened. */
      took?: number
    }
  /** The app looked at something; no message crossed the wire. */
  | { kind: 'checks'; at: number; title: string; checks: FlowCheck[]; connectionId?: string | undefined }

/** A recorded flow. `steps` hold no secret: see `scrubStep`. */
export interface FlowRecord {
  id: string
  userId: string
  kind: FlowKind
  title: string
  /** What the provider is called in the diagram. */
  providerName: string
  /** The API that the first call went to. */
  apiName?: string
  /** Said behind the title, e.g. `code + PKCE`, `rotated`. */
  manner: string
  startedAt: number
  endedAt?: number
  outcome: FlowOutcome
  failure?: Failure
  steps: FlowStep[]
  /** Steps that came after the limit. */
  dropped: number
}

/** A flow as a list shows it. */
export type FlowHead = Omit<FlowRecord, 'steps'> & { stepCount: number }

/** Limits of what is recorded. Sizes in characters. */
export const flowLimits = {
  steps: 80,
  body: 65_536,
  /** All bodies of one flow. */
  bodies: 1_048_576,
  headers: 100,
  headerValue: 4_096,
  url: 16_384,
  flows: 500,
  /** Redirects that belonged to no sign-in: anyone can cause them, so they may not push out the rest. */
  strays: 50,
} as const

/** Where flows are kept. */
export interface FlowStore {
  /** Writes the flow, new or again, and forgets the oldest beyond the limit. */
  save(record: FlowRecord): void
  /** Throws an expected failure where the steps cannot be read (`document_*`): nothing may be written over them. */
  get(userId: string, id: string): FlowRecord | undefined
  /** Newest first, paged by key. */
  page(userId: string, limit: number, before?: { startedAt: number; id: string }): FlowHead[]
  remove(userId: string, id?: string): void
}

/** What was said in a flow, as it is stored; plain where an earlier version wrote it. */
export type FlowText = { sealed: Uint8Array } | { plain: string }

/** A flow as it is stored. */
export interface StoredFlow extends Omit<FlowRecord, 'steps' | 'failure'> {
  stepCount: number
  steps: FlowText
  failure?: FlowText
}

/** Flows as they are stored: the newest of each user, those beyond the limit forgotten. */
export interface FlowTable {
  save(row: StoredFlow): void
  get(userId: string, id: string): StoredFlow | undefined
  page(userId: string, limit: number, before?: { startedAt: number; id: string }): Omit<StoredFlow, 'steps'>[]
  /** All of a user, newest first, and whether their words are in plain. */
  kept(userId: string): { id: string; isPlain: boolean }[]
  remove(userId: string, id?: string): void
}

/** How many messages of a flow carry a number: requests, the browser's opening, answers from the browser. */
export function countMessages(steps: FlowStep[]): number {
  return steps.filter(({ kind }) => kind !== 'checks').length
}
