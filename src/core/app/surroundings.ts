import type { TextSize, TextStep } from '@contract/about'
import type { Bootstrap, ChangedArea, PlaygroundState, Theme } from '@contract/app'
import type { LogOutEnded } from '@contract/account-actions'
import type { SignInEnded } from '@contract/accounts'
import type { LockSettings } from '@contract/vault'
import type { Failure, Result } from '@contract/result'
import type { CarriedCredential, HttpAnswer, WireRequest } from '../http/wire.ts'
import type { FlowStore } from '../flow/flow.ts'
import type { RandomBytes } from '../oauth/wire/encoding.ts'
import type { Fetch } from '../oauth/wire/fetch.ts'
import type { DatabaseCopies } from '../vault/transfer/database-copies.ts'
import type { ImportParts } from '../vault/transfer/import-vault.ts'
import type { SecretFile } from '../vault/transfer/secret-file.ts'
import type { UserRegistry } from '../vault/guard/users.ts'
import type { EnvironmentStore } from '../records/environment-store.ts'
import type { RefreshStateStore } from '../records/refresh-state.ts'
import type { RegistrationStore } from '../records/registration-record.ts'
import type {
  BrowserOpener,
  CallbackListener,
  Clock,
  ConnectionStore,
  ExchangeStore,
  PendingSignInStore,
  RequestStore,
  SchemeDesk,
  SignInWindow,
  TokenStore,
} from '../records/ports.ts'
import type { Machine } from './desk/about.ts'
import type { Presence } from './vault/auto-lock.ts'
import type { SaveBody } from './requests/exchange-history.ts'
import type { SaveText } from './flows/flows.ts'
import type { RunningPlayground } from './playground/playground.ts'
import type { ReadCertificate } from './connections/seal-keys.ts'
import type { Sessions } from './vault/sessions.ts'
import type { FileDialogs } from './vault/vault-file.ts'

/** Everything that the use cases need from outside. */
export interface Surroundings {
  sessions: Sessions
  presence: Presence
  lockSettings: { get: () => LockSettings; set: (settings: LockSettings) => void }
  /** Calls back every so many milliseconds; answers how to stop it. */
  every: (milliseconds: number, then: () => void) => () => void
  users: UserRegistry
  copies: DatabaseCopies
  /** Ends the session, puts a copy in the database's place and starts anew. */
  replaceDatabase: (name: string) => Promise<Result<{ kept: string | null }>>
  storageDamaged: (failure: Failure) => void
  secretFile: SecretFile
  dialogs: FileDialogs
  ownerOf: ImportParts['ownerOf']
  atomically: ImportParts['atomically']
  /** Clears the clipboard if it still holds a secret that was copied. */
  clearSecret: () => Promise<void>
  clock: Clock
  newId: () => string
  randomBytes: RandomBytes
  environments: EnvironmentStore
  connections: ConnectionStore
  tokens: TokenStore
  refreshStates: RefreshStateStore
  registrations: RegistrationStore
  readCertificate: ReadCertificate
  pending: PendingSignInStore
  requests: RequestStore
  exchanges: ExchangeStore
  flows: FlowStore
  saveText: SaveText
  /** Sends OAuth messages. */
  fetch: Fetch
  /** Sends requests to APIs. */
  send: (
    request: WireRequest,
    options: { credential?: CarriedCredential; signal: AbortSignal },
  ) => Promise<Result<HttpAnswer>>
  /** Loads what sending needs. */
  warmSending: () => Promise<void>
  saveBody: SaveBody
  browser: BrowserOpener
  signInWindow: SignInWindow
  listener: CallbackListener
  /** The clipboard's text. */
  readClipboard: () => Promise<string>
  copyText: (text: string) => Promise<void>
  copySecret: (text: string, seconds: number) => Promise<void>
  launchPlayground: () => Promise<Result<RunningPlayground>>
  /** Whether the system hands our scheme to this app. */
  schemeWorks: () => Promise<boolean>
  scheme: SchemeDesk
  /** Calls back after that many milliseconds; answers how to call it off. */
  after: (milliseconds: number, then: () => void) => () => void
  /** Resolves after that many milliseconds. */
  wait: (milliseconds: number) => Promise<void>
  theme: { get: () => Theme; set: (theme: Theme) => void }
  textSize: { get: () => TextSize; set: (size: TextSize) => void; step: (by: TextStep) => void }
  machine: Machine
  about: Pick<Bootstrap, 'version' | 'platform'>
  changed: (area: ChangedArea) => void
  signInEnded: (ended: SignInEnded) => void
  logOutEnded: (ended: LogOutEnded) => void
  playgroundState: (state: PlaygroundState) => void
  /** Brings the window before the user. */
  focus: () => void
  /** The page has its first picture in hand and listens. */
  pageListens: () => void
}
