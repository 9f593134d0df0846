import type { ExchangeView, Remedy, RequestDraft, TokenTarget } from '@contract/requests.ts'
import type { Failure } from '@contract/result.ts'
import type { DirectoryState } from '../../lib/directory.ts'
import type { CollectionRequest, FileConflict, FollowedFiles } from '@contract/collections.ts'
import type { FileOfTab, PlaceOfTab } from '../../lib/tabs/file-of-tab.ts'
import type { KeptRequest, OtherAuths, OtherBodies, RequestSeed, TabFace } from '../../lib/tabs/tab.ts'
import type { HistoryState } from './list/history.ts'

/** A request that is open in a tab. */
export interface OpenRequest {
  name: string
  /** The file of a collection that it is from. */
  file?: FileOfTab
  /** Where it is sent as if it were there, though it is in no file. */
  within?: PlaceOfTab
  /** As it was saved last. */
  saved?: RequestDraft
  draft: RequestDraft
  /** As it was sent last from here; what is shown answers it. */
  sent?: RequestDraft
  /** Who signed in where someone else was waited for: nothing was sent as them. */
  somebodyElse?: string
  /** What its body was under other kinds. */
  bodies?: OtherBodies
  /** What its auth was under other kinds. */
  auths?: OtherAuths
  /** Set while it is on its way. */
  sendId: string | null
  /** How much of its body is sent, where that comes from the disk. */
  upload?: Upload
  exchange: ExchangeView | null
  /** It could not be sent, or the exchange could not be read. */
  failure: Failure | null
  /** What of the response is looked at, kept while it is sent again. */
  shown?: Shown
  /** It is sent at this moment, unless it is changed before. */
  waitsUntil?: number
  /** A new sign-in that is waited for, to send again after it. */
  mending?: { signInId: string; label: string }
}

/** A body on its way: bytes, and when they were told, in milliseconds. */
export interface Upload {
  sent: number
  total: number
  at: number
  /** What was told first. */
  from: { at: number; sent: number }
}

/** A part of the response, and how its body is shown, where the user picked them. */
export interface Shown {
  part?: string
  body?: string
  /** The exchange that the response is compared with. */
  compared?: string
  /** The exchange whose body is drawn as a page. */
  drawn?: string
  /** The exchange, and which environments were chosen when it came. */
  answered?: { id: string; chosen: string }
}

/** What the user allows for one sending: other origins that a redirect may carry the body to, and where a token may
 *  go that was not meant for it. */
interface Allowed {
  carryBodyTo?: string[]
  allowToken?: TokenTarget
  /** An exchange that is sent again as it was, with its token or not at all. */
  sameTokenAs?: string
}

/** Requests that are files of collections. */
export interface FilesOfTabs {
  /** A save that met another text than it knew: nothing was written, and the user is asked. */
  conflict: ({ tabId: string } & FileConflict) | null
  /** Reads the file again: a draft that was not changed follows it, one that was is kept and told of it. */
  look: (tabId: string) => Promise<void>
  /** Files have another place, or a version that was written here: drafts stay with them. */
  followFiles: (collectionId: string, files: FollowedFiles) => void
  /** Gives the draft up for what the file says. */
  takeFile: (tabId: string) => Promise<Failure | null>
  endConflict: () => void
  /** Saves the request of a tab as a new file. */
  makeFile: (
    tabId: string,
    name: string,
    folder: { collectionId: string; path: string },
  ) => Promise<CollectionRequest | Failure>
  /** `over`: the version that the user has seen and writes over; null where the file is gone. */
  saveFile: (tabId: string, over?: string | null) => Promise<Failure | 'conflict' | null>
}

export interface RequestsState extends HistoryState, FilesOfTabs {
  loaded: boolean
  /** The tab whose request is asked for a name, to be saved. */
  naming: string | null
  open: Record<string, OpenRequest>
  load: () => Promise<void>
  begin: (tabId: string, seed: RequestSeed) => Promise<void>
  change: (tabId: string, part: Partial<RequestDraft>) => void
  show: (tabId: string, shown: Shown) => void
  send: (tabId: string, allowed?: Allowed) => Promise<void>
  cancel: (tabId: string) => Promise<void>
  /** Sends at a moment, in milliseconds since 1970; a change of the request, the lock and the end of the tab prevent it. */
  sendAt: (tabId: string, at: number) => void
  stopWaiting: (tabId: string) => void
  /** Does what a refused call can be fixed by, then sends again. */
  follow: (tabId: string, remedy: Remedy) => Promise<Failure | null>
  stopFollowing: (tabId: string) => Promise<void>
  askName: (tabId: string | null) => void
  keepOnly: (tabIds: readonly string[]) => void
}

/** What this store needs of the others. */
export interface Around {
  face: (tabId: string, face: Partial<TabFace>) => void
  /** Told what a tab would have to start from to be as it is now. */
  keep: (tabId: string, seed: KeptRequest) => void
  /** Told when a tab that was only looked at is worked in. */
  pin: (tabId: string) => void
  accountIds: () => string[]
  environmentId: () => string | undefined
  /** Told that a request was not sent that waited, since the environment is another by now. */
  dropped: () => void
  /** What is to be stopped when someone locks. */
  atEnd: (stop: () => void) => void
  signInFor: DirectoryState['signInFor']
  cancelSignIn: DirectoryState['cancelSignIn']
}
