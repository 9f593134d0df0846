import type { Arrival, RequestDraft, SendProgress, TokenTarget } from '@contract/requests'
import type { Result } from '@contract/result'
import type { ResolvedCheck } from '../../checks/judge.ts'
import type {
  CarriedCredential,
  CookieKeeper,
  HttpAnswer,
  ReceiveBody,
  SendLimits,
  WireRequest,
} from '../../http/wire.ts'
import type { EnvironmentStore } from '../../records/environment-store.ts'
import type { TokenOriginStore } from '../../records/token-origins.ts'
import type { Way } from '../../records/way.ts'
import type { Clock, ConnectionStore, TokenStore } from '../../records/ports.ts'
import type { ProviderKeys } from '../../oauth/discovery/jwks.ts'
import type { ClientKeyRing } from '../connections/client-keys.ts'
import type { DirectGrants } from '../sign-in/direct-grants.ts'
import type { CookieJars } from '../cookies/cookie-jars.ts'
import type { ClientTokens } from './client-tokens.ts'
import type { GivenCredential } from './given-credential.ts'
import type { HeldParts } from './held/held-parts.ts'
import type { LateExchanges } from './late-exchanges.ts'
import type { LongBodies } from './long/long-bodies.ts'
import type { FlowRecorder } from '../flows/flow-recorder.ts'
import type { RefreshAccount } from '../tokens/refresh-account.ts'
import type { CaptureBeside } from '../captures/fill-captures.ts'
import type { JudgeBeside } from '../checks/judge-answer.ts'
import type { RequestScope } from './scope/request-scope.ts'
import type { RequestVariables } from './scope/request-variables.ts'
import type { CurrentSession } from '../vault/session.ts'

/** What sending needs. */
export interface SendDependencies {
  session: CurrentSession
  clock: Clock
  elapsed: () => number
  after: (milliseconds: number, then: () => void) => unknown
  newId: () => string
  connections: ConnectionStore
  tokens: TokenStore
  environments: EnvironmentStore
  exchanges: LateExchanges
  heldParts: HeldParts
  tokenOrigins: TokenOriginStore
  refreshAccount: RefreshAccount
  requestVariables: RequestVariables
  clientKeys: ClientKeyRing
  cookieJars: Pick<CookieJars, 'keeper'>
  providerKeys: ProviderKeys
  wait: (milliseconds: number) => Promise<void>
  directGrants: DirectGrants
  clientTokens: ClientTokens
  progress: (progress: SendProgress) => void
  recorder: FlowRecorder
  /** Takes long and slow bodies, and whom to tell of them; left out, they are held in memory. */
  arrivals?: { bodies: LongBodies; told: (arrival: Arrival) => void }
  judge: JudgeBeside
  capture: CaptureBeside
  send: (
    request: WireRequest,
    options: {
      credential?: CarriedCredential
      carryBodyTo?: readonly string[]
      signal: AbortSignal
      onWay: (way: Way) => void
      cookies?: CookieKeeper
      onSent?: (sent: number, total: number) => void
      limits?: Partial<SendLimits>
      /** Whether HTTP/2 is offered; left out, as the settings of the network say. */
      http2?: boolean
      receive?: ReceiveBody
    },
  ) => Promise<Result<HttpAnswer>>
}

/** One sending, as it is asked for. */
export interface Sending {
  sendId: string
  requestId?: string | undefined
  draft: RequestDraft
  /** Other origins that a redirect may carry the body to. */
  carryBodyTo?: string[] | undefined
  /** Whose token the user allows to go to an origin that it was not meant for. */
  allowToken?: TokenTarget | undefined
  /** An exchange that is sent again as it was: with the token that it carried, or not at all. */
  sameTokenAs?: string | undefined
  /** One of many that are not told one by one: it is written down together with those after it, by whoever tells them. */
  inRun?: boolean | undefined
  /** What comes to it by where it is. */
  scope?: RequestScope | undefined
  /** The whole paths of the files that it may send, where it is nowhere; left out, any. */
  files?: (() => Result<readonly string[]>) | undefined
}

/** What is found out about it before it goes. */
export interface Beside {
  /** The request's checks, with their variables filled in. */
  checks: readonly ResolvedCheck[]
  /** What was shown to proxies. */
  atProxies: Set<string>
  /** Who calls by the request's own word. */
  given: GivenCredential | undefined
}
