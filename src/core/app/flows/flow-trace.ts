import type { FlowCheck } from '@contract/flows'
import type { Fetch } from '../../oauth/wire/fetch.ts'

/** What is said of a flow; can be said as soon as it is known. */
export interface FlowFacts {
  title?: string
  providerName?: string
  /** E.g. `code + PKCE`, `rotated`. */
  manner?: string
  /** Tells what each message is for. */
  metadata?: Record<string, unknown>
  /** What is done for a provider that deviates from the specification: said once, as a step. */
  odd?: string[]
  /** Whose first call to an API belongs to this flow. */
  accountId?: string
}

/** One flow that is being recorded. */
export interface FlowTrace {
  id: string
  /** Sends messages of this flow, and no others. */
  fetch: Fetch
  about: (facts: FlowFacts) => void
  /** What was looked at without a message. */
  checks: (title: string, checks: FlowCheck[]) => void
  /** Looks at the flow again when it has ended and no one waits; what is found becomes its last step. */
  afterwards: (work: Afterwards) => void
}

/** What is looked at after a flow has ended; `undefined` where there is nothing to say. */
export type Afterwards = () => Promise<
  { title: string; checks: FlowCheck[]; connectionId: string } | undefined
>

/** What is sent to an API, as the request engine tells it. */
export interface ApiCall {
  method: string
  url: string
  sentHeaders: [string, string][]
  at: number
  took: number
  waiting?: number
  status: number
  headers: [string, string][]
  /** The token that was carried: looked for in what is kept, never kept. */
  accessToken: string
}
