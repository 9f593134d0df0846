import type { HistoryPlan } from './history-plan.ts'
import type { LoopbackHost } from '@contract/connection-settings'
import type { Result } from '@contract/result'
import type {
  Account,
  Connection,
  Environment,
  ExchangeRecord,
  LineageStep,
  PendingSignInRecord,
  RequestRecord,
  TokenSet,
  User,
} from './model.ts'
import type { WindowProxy } from './way.ts'

/** Milliseconds since 1970. */
export interface Clock {
  now(): number
}

/** Users and their environments. */
export interface UserStore {
  list(): User[]
  /** The user of this name; username compared after Unicode normalisation and case folding. */
  findByUsername(username: string): User | undefined
  add(user: User): void
  environments(userId: string): Environment[]
  addEnvironment(environment: Environment): void
}

/** Connections of one user. All writes are durable when they return. */
export interface ConnectionStore {
  list(userId: string): Connection[]
  get(userId: string, id: string): Connection | undefined
  save(connection: Connection): void
  remove(userId: string, id: string): void
}

/** Accounts with their token sets. All writes are durable (synchronous=FULL) when they return. */
export interface TokenStore {
  listAccounts(userId: string): { account: Account; tokenSet?: TokenSet }[]
  getAccount(userId: string, id: string): { account: Account; tokenSet?: TokenSet } | undefined
  findAccount(userId: string, connectionId: string, issuer: string, subject: string): Account | undefined
  /** The account that has this token set. */
  holderOf(userId: string, tokenSetId: string): string | undefined
  /** Writes account, token set and lineage in one transaction; replaces the account's earlier token set. */
  saveSignIn(account: Account, tokenSet: TokenSet, step: LineageStep): void
  /** Replaces the token set's tokens and life in one transaction with its lineage step. */
  saveRefresh(tokenSet: TokenSet, step: LineageStep): void
  /** Replaces the claims that describe the person. */
  saveProfile(userId: string, id: string, profile: Record<string, unknown>): void
  /** The provider accepted that the access token is revoked. */
  markRevoked(userId: string, tokenSetId: string, at: number): void
  /** Names who an account is, where that was not known. */
  saveSubject(userId: string, id: string, subject: string): void
  /** Gives the tokens of one account to another in place of its own, and removes the first, in one transaction. */
  join(userId: string, from: string, into: string, step: LineageStep): void
  addLineage(step: LineageStep): void
  lineage(tokenSetId: string): LineageStep[]
  removeAccount(userId: string, id: string): void
}

/** Sign-ins that wait for their redirect. */
export interface PendingSignInStore {
  add(record: PendingSignInRecord): void
  list(userId: string): PendingSignInRecord[]
  findByStateDigest(stateDigest: string): PendingSignInRecord | undefined
  get(id: string): PendingSignInRecord | undefined
  /** Removes, and returns whether it was there: the one who gets `true` may use the code. */
  take(id: string): boolean
}

/** Requests that wait to become files of a collection. */
export interface RequestStore {
  list(userId: string): RequestRecord[]
  get(userId: string, id: string): RequestRecord | undefined
  save(record: RequestRecord): void
  remove(userId: string, id: string): void
}

/** History, sealed for the user who is in. Bodies are kept beside the rows and read in ranges. */
export interface ExchangeStore {
  add(record: ExchangeRecord, body: StoredBytes | undefined): void
  /** All of them in one write, or none: then nothing is done with their bodies. */
  addAll(entries: readonly ExchangeEntry[]): void
  /** Codes: `exchange_damaged`, `exchange_key_missing`. */
  get(userId: string, id: string): ExchangeRecord | undefined
  /** What a list shows, also of one that does not open: that is its `errorCode` then. */
  summary(userId: string, id: string): Omit<ExchangeRecord, 'view'> | undefined
  /** Newest first, paged by key. */
  page(userId: string, limit: number, before?: { at: number; id: string }): Omit<ExchangeRecord, 'view'>[]
  body(
    userId: string,
    id: string,
    offset: number,
    length: number,
  ): { bytes: Uint8Array; total: number } | undefined
  /** From now on it was sent with this saved request, unless it was with one that is still there. */
  tie(userId: string, id: string, requestId: string): void
  /** Waits a moment for what is not looked up yet; answers how many exchanges are not. */
  searchable(userId: string): Promise<number>
  /** What fits a plan, newest first; `undefined` where others may have a turn. `whole`: all of the plan was looked up, and
   *  otherwise all but its words. */
  find(
    userId: string,
    plan: HistoryPlan,
    before?: { at: number; id: string },
  ): Iterable<FoundExchange | undefined>
  /** Pins an exchange, or not any more: one that is pinned stays when the oldest go. */
  pin(userId: string, id: string, pinned: boolean): void
  /** The status of the newest exchange of each saved request. */
  lastStatuses(userId: string): Map<string, number>
  /** Keeps no more than that from now on; what is too much goes in the background. Bytes are those of all that is stored,
   *  days those since it was sent (0: any). */
  limit(limits: { exchanges: number; bytes: number; days: number }): void
  /** How much a user has. */
  held(userId: string): { exchanges: number; bytes: number }
  /** Once a user is in: seals what an earlier version stored in plain, and takes away what nothing can open any more.
   *  Answers whether there was anything in plain. */
  enter(userId: string): Promise<boolean>
  /** Takes away all that belonged to a user who was deleted. */
  removeUser(userId: string): void
  /** Writes what waits, and forgets keys and all that was read. */
  forget(): Promise<void>
}

/** An exchange to be stored, and its body. */
export interface ExchangeEntry {
  record: ExchangeRecord
  body: StoredBytes | undefined
}

export interface FoundExchange {
  row: Omit<ExchangeRecord, 'view'>
  whole: boolean
}

/** A body to be stored: bytes at hand, or what is read where it lies. */
export interface StoredBytes {
  readonly byteLength: number
  subarray: (from: number, to: number) => Uint8Array
  /** Of one that is not at hand: whether it can be read, and when. */
  isWhole?: () => boolean
  whole?: Promise<void>
  /** It is not read any more. */
  done?: () => void
}

/** Opens a URL in the system's browser; `false` where none could be started. */
export interface BrowserOpener {
  open(url: string): Promise<boolean>
}

/** Listens on loopback for one sign-in's redirect (RFC 8252 section 7.3). */
export interface CallbackListener {
  /** `redirectUri` names the port in force; `onCallback` is given the full URL of each hit. With `form` the
   *  answer comes as a posted form (OAuth 2.0 Form Post Response Mode), and its fields as the query; with `only`, an
   *  answer in the query is not taken. Without a `port` a free one is taken. */
  listen(
    onCallback: (url: string) => void,
    options?: { form?: boolean | 'only'; host?: LoopbackHost; port?: number },
  ): Promise<Result<{ redirectUri: string; close: () => void }>>
}

/** Shows a sign-in page in a window of its own, apart from everything else. */
export interface SignInWindow {
  /** `onRedirect` gets each URL that would have gone to the redirect; `onClosed` tells that the person closed it. */
  open(
    what: {
      id: string
      url: string
      redirectUri: string
      allowInsecure: boolean
      /** Nothing is loaded before it is there. */
      proxy?: Promise<WindowProxy>
      /** Whether a certificate (PEM) that Chromium does not trust is taken from the server of an address. */
      trusts?: (url: string, certificate: string) => Promise<boolean>
    },
    notify: { onRedirect: (url: string) => void; onClosed: () => void },
  ): { focus: () => void; close: () => void }
}

/** Who gets our scheme. `gone`: the system names a program that is no longer there. */
export type SchemeHandler =
  | { kind: 'this' }
  | { kind: 'other' | 'gone'; name: string }
  | { kind: 'none' }
  | { kind: 'unknown'; why: string }

/** The operating system's side of our scheme (RFC 8252 section 7.1). */
export interface SchemeDesk {
  handler(): Promise<SchemeHandler>
  /** Asks the system to hand the scheme to this app; whether it did so is for `handler` to say. */
  register(): Promise<void>
  /** Opens a ping; `false` where the system refused. */
  open(url: string): Promise<boolean>
}

/** Serves what `read` gives at a loopback address, until it is closed. Code: `loopback_unavailable`. */
export type ServeDocument = (
  read: () => Promise<string>,
) => Promise<Result<{ address: string; close: () => void }>>
