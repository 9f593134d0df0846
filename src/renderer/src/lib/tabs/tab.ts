import type { CollectionRequest } from '@contract/collections.ts'
import type { RequestAuth, RequestBody, RequestDraft } from '@contract/requests.ts'
import type { Room, SingleRoom } from '../rooms.ts'
import type { SettingsSection } from '../settings-sections.ts'
import type { FileOfTab, PlaceOfTab } from './file-of-tab.ts'

/** What a request tab starts from. */
export type RequestSeed =
  | { from: 'blank' }
  | { from: 'file'; request: CollectionRequest }
  | { from: 'exchange'; exchangeId: string }
  | {
      from: 'draft'
      name: string
      draft: RequestDraft
      send: boolean
      sameTokenAs?: string
      within?: PlaceOfTab
    }
  | KeptRequest

/** A request as it was in its tab, saved or not. */
export interface KeptRequest {
  from: 'kept'
  name: string
  draft: RequestDraft
  file?: FileOfTab
  within?: PlaceOfTab
  saved?: RequestDraft
  exchangeId?: string
  bodies?: OtherBodies
  auths?: OtherAuths
}

/** What a request's body was under the kinds that it is not now: it comes back with its kind. */
export type OtherBodies = Partial<Record<RequestBody['kind'], RequestBody>>

/** What a request's auth was under the kinds that it is not now. */
export type OtherAuths = Partial<Record<RequestAuth['kind'], RequestAuth>>

export type TabSubject =
  | { kind: 'account'; accountId: string }
  | { kind: 'connection'; connectionId: string }
  | { kind: 'request'; seed: RequestSeed }
  | { kind: 'run'; collectionId: string; folder: string; name: string; paths?: string[] }
  | { kind: 'flow'; flowId: string }
  | { kind: 'flow-comparison'; left: string; right: string }
  | { kind: Exclude<SingleRoom, 'settings'> }
  | { kind: 'settings'; section?: SettingsSection }

/** What the tab strip and the status bar show of a tab; its feature keeps it true. */
export interface TabFace {
  title: string
  method?: string
  unsaved?: boolean
  /** Its request is sent at this moment. Never kept. */
  waitsUntil?: number
  /** Who this tab calls as; a request's may be inherited. */
  accountId?: string | null
  /** In words, where it is no account: `Basic`. */
  auth?: string | undefined
  /** What that is inherited from: `collection Shop`. */
  authFrom?: string | undefined
}

export interface Tab {
  id: string
  room: Room
  subject: TabSubject
  face: TabFace
  /** Only looked at so far: the next preview takes its place. */
  preview?: boolean
}

export interface ClosedTab extends Tab {
  /** Where it was among the others. */
  index: number
}
