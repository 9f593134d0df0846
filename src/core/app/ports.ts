import type { CertificateView } from '@contract/connection-settings'
import type { TextSize, TextStep } from '@contract/about'
import type { LogOutEnded } from '@contract/account-actions'
import type { SignInEnded } from '@contract/accounts'
import type { ImportProgress } from '@contract/backups'
import type { BinEntry } from '@contract/bin'
import type { Bootstrap, ChangedArea, PlaygroundState, Theme } from '@contract/app'
import type { Arrival, SendProgress } from '@contract/requests'
import type { Failure, Result } from '@contract/result'
import type { Authorities } from '../records/authorities.ts'
import type { LockSettings } from '@contract/vault'
import type { HistoryLimits } from '@contract/words'
import type { FlowTable } from '../flow/flow.ts'
import type {
  CarriedCredential,
  CookieKeeper,
  HttpAnswer,
  ReceiveBody,
  SendLimits,
  WireRequest,
} from '../http/wire.ts'
import type { ReadChain } from '../jwt/explain/certificates.ts'
import type { ReadPem, WritePem } from '../jwt/keys/given-key.ts'
import type { RandomBytes } from '../oauth/wire/encoding.ts'
import type { Fetch } from '../oauth/wire/fetch.ts'
import type { BinStore } from '../records/bin-store.ts'
import type { BodyShelf } from '../records/body-shelf.ts'
import type { CollectionDisk } from '../records/collection-disk.ts'
import type { FolderLooks } from '../collections/look.ts'
import type { CollectionStore } from '../records/collection-store.ts'
import type { OwnFileStore, OwnFolders } from '../records/own-file-store.ts'
import type { Computer } from '../records/computer.ts'
import type { EnvironmentStore } from '../records/environment-store.ts'
import type {
  BrowserOpener,
  CallbackListener,
  Clock,
  ConnectionStore,
  ExchangeStore,
  PendingSignInStore,
  RequestStore,
  SchemeDesk,
  ServeDocument,
  SignInWindow,
  TokenStore,
} from '../records/ports.ts'
import type { CookieStore } from '../records/cookie-store.ts'
import type { DeletedFileStore } from '../records/deleted-file-store.ts'
import type { DeletedPartStore } from '../records/deleted-part-store.ts'
import type { NetworkStore } from '../records/network-store.ts'
import type { FindWay, Identity, Relay, Way } from '../records/way.ts'
import type { KeyRingStore } from '../records/key-ring-store.ts'
import type { PinStore } from '../records/pin-store.ts'
import type { KeptPageStore } from '../records/kept-page-store.ts'
import type { RefreshStateStore } from '../records/refresh-state.ts'
import type { RegistrationStore } from '../records/registration-record.ts'
import type { TokenOriginStore } from '../records/token-origins.ts'
import type { UserRegistry } from '../vault/guard/users.ts'
import type { DatabaseCopies } from '../vault/transfer/database-copies.ts'
import type { ImportParts } from '../vault/transfer/import-vault.ts'
import type { SecretFile } from '../vault/transfer/secret-file.ts'
import type { Machine } from './desk/about.ts'
import type { SaveText } from './flows/flows.ts'
import type { RunningPlayground } from './playground/playground.ts'
import type { CaptureBeside } from './captures/fill-captures.ts'
import type { JudgeBeside } from './checks/judge-answer.ts'
import type { SaveBody } from './requests/exchange-history.ts'
import type { ReadCertificate } from './connections/seal-keys.ts'
import type { Presence } from './vault/auto-lock.ts'
import type { FileDialogs } from './vault/vault-file.ts'

/** What the use cases need from outside, in groups: a part is given the groups that it uses. */

/** Time, in milliseconds. */
export interface Time {
  clock: Clock
  /** Since some moment, and never backwards: for how long something took. */
  elapsed: () => number
  /** Calls back after that many milliseconds; returns how to call it off. */
  after: (milliseconds: number, then: () => void) => () => void
  /** Calls back every so many milliseconds; returns how to stop it. */
  every: (milliseconds: number, then: () => void) => () => void
  /** Resolves after that many milliseconds. */
  wait: (milliseconds: number) => Promise<void>
}

/** What no one can guess. */
export interface Randomness {
  newId: () => string
  randomBytes: RandomBytes
}

/** Where everything is kept. */
export interface Stores {
  users: UserRegistry
  environments: EnvironmentStore
  connections: ConnectionStore
  tokens: TokenStore
  refreshStates: RefreshStateStore
  registrations: RegistrationStore
  pending: PendingSignInStore
  requests: RequestStore
  collections: CollectionStore
  ownFiles: OwnFileStore
  exchanges: ExchangeStore
  flows: FlowTable
  tokenOrigins: TokenOriginStore
  keptPages: KeptPageStore
  keyRing: KeyRingStore
  network: NetworkStore
  cookies: CookieStore
  deletedParts: DeletedPartStore
  deletedFiles: DeletedFileStore
  pins: PinStore
  bin: BinStore
}

/** The network. */
export interface Net {
  /** Sends OAuth messages. */
  fetch: Fetch
  /** Sends requests to APIs. */
  send: (
    request: WireRequest,
    options: {
      credential?: CarriedCredential
      signal: AbortSignal
      findWay?: FindWay
      onWay?: (way: Way) => void
      /** Whether HTTP/2 is offered; left out, as the settings of the network say. */
      http2?: boolean
      limits?: Partial<SendLimits>
      cookies?: CookieKeeper
      receive?: ReceiveBody
      /** Told how much of a body that comes from the disk is sent, in bytes. */
      onSent?: (sent: number, total: number) => void
    },
  ) => Promise<Result<HttpAnswer>>
  /** What the system, or the PAC file of that address, says of the way to a URL: a list as PAC scripts answer it. Empty
   *  where that cannot be found out. */
  findProxy: FindProxy
  /** Whether the certificate (PEM) that a window was shown by a server holds for requests; left out, none does. */
  vouches?: (url: string, certificate: string, way: Way) => Promise<boolean>
  /** Opens a proxy on this computer for a window; left out, rules for servers do not apply to windows. */
  openRelay?: (findWay: FindWay) => Promise<Relay>
  /** Judges checks of a response beside the main thread. */
  judge: JudgeBeside
  /** Finds in a response what variables become, beside the main thread. */
  capture: CaptureBeside
  /** Loads what sending needs. */
  warm: () => Promise<void>
  /** Like `send`, to no one: nothing leaves the computer, and what comes is a little JSON. */
  rehearse: Net['send']
  /** Ends connections once they are idle: they hold the keys and passwords that they were made with. */
  forget: () => void
  readCertificate: ReadCertificate
  readIdentity: ReadIdentity
  openIdentity: OpenIdentity
  readPem: ReadPem
  readChain: ReadChain
}

/** Reads a client certificate with its key: a PEM pair, or a file in PEM or PKCS#12. Code: `certificate_unfit`. */
export type ReadIdentity = (
  given: { certificate: string; key: string } | { bytes: Uint8Array; passphrase: string },
) => Promise<Result<{ identity: Identity; view: CertificateView }>>
/** Takes a certificate and its key out of a PKCS#12 file, which takes up to seconds; one that cannot be taken apart is as it
 *  was. */
export type OpenIdentity = (identity: Identity) => Promise<Identity>

export type FindProxy = (asked: { url: string; pac?: string }) => Promise<string>

/** Tells whoever looks on what has happened. */
export interface Notices {
  changed: (area: ChangedArea) => void
  deleted: (entry: BinEntry) => void
  signInEnded: (ended: SignInEnded) => void
  logOutEnded: (ended: LogOutEnded) => void
  playgroundState: (state: PlaygroundState) => void
  storageDamaged: (failure: Failure) => void
  importProgress: (progress: ImportProgress) => void
  sendProgress: (progress: SendProgress) => void
}

/** Where long and slow bodies go, and whom to tell that one is coming. */
export interface LongBodyPort {
  shelf: BodyShelf
  arriving: (arrival: Arrival) => void
}

/** The database as a file. */
export interface Storage {
  copies: DatabaseCopies
  /** Ends the session, puts a copy in the database's place and starts again. */
  replaceDatabase: (name: string) => Promise<Result<{ kept: string | null }>>
  ownerOf: ImportParts['ownerOf']
  importWrites: ImportParts['writes']
  secretFile: SecretFile
}

/** The system's clipboard. */
export interface Clipboard {
  /** The clipboard's text. */
  readText: () => Promise<string>
  copyText: (text: string) => Promise<void>
  /** Copies, and clears it after so many seconds if it still holds the same. */
  copySecret: (text: string, seconds: number) => Promise<void>
  /** Clears the clipboard if it still holds a secret that was copied. */
  clearSecret: () => Promise<void>
}

/** Windows, browser and the operating system: what a program without a window does not have. */
export interface Desk {
  browser: BrowserOpener
  signInWindow: SignInWindow
  listener: CallbackListener
  /** Whether the system hands our scheme to this app. */
  schemeWorks: () => Promise<boolean>
  scheme: SchemeDesk
  /** Brings the window before the user. */
  focus: () => void
  presence: Presence
  machine: Machine
  launchPlayground: () => Promise<Result<RunningPlayground>>
  computer: Computer
}

/** The ways by which keys leave the key ring. */
export interface KeyOutlets {
  /** Serves a JSON document on this computer alone. */
  serveDocument: ServeDocument
  writePem: WritePem
}

/** Files that a person chooses. */
export interface Files {
  dialogs: FileDialogs
  saveText: SaveText
  saveBody: SaveBody
  choosePem: ChooseFile
  chooseIdentity: ChooseFile
  /** Asks for files that are to be sent, and answers their paths; none where none was chosen. */
  chooseFiles: (several: boolean) => Promise<string[]>
  /** Asks for a folder; nothing where none was chosen. `fresh`: one may be made there. */
  chooseFolder: (title: string, fresh: boolean) => Promise<string | undefined>
  collections: CollectionDisk
  looks: FolderLooks
  own: OwnFolders
}

/** How the program looks and when it locks. */
export interface Preferences {
  theme: { get: () => Theme; set: (theme: Theme) => void }
  listWidth: { get: () => number; set: (pixels: number) => void }
  textSize: { get: () => TextSize; set: (size: TextSize) => void; step: (by: TextStep) => void }
  lock: { get: () => LockSettings; set: (settings: LockSettings) => void }
  history: { get: () => HistoryLimits; set: (limits: HistoryLimits) => void }
  authorities: Authorities
}

/** Asks for a file and reads it; nothing where none was chosen. */
export type ChooseFile = () => Promise<Result<{ name: string; bytes: Uint8Array } | undefined>>

/** What this program is. */
export type Program = Pick<Bootstrap, 'version' | 'platform'>
