import type { BrowserWindow } from 'electron'
import type { CallHandlers } from '@calls/calls'
import type { ChannelName } from '@calls/channels'
import type { FirstPicture, FirstPicturePorts } from '../core/app/desk/first-picture.ts'
import type { Preferences } from '../core/app/ports.ts'
import type { StoredBody } from '../core/app/requests/exchange-history.ts'
import type { Clock } from '../core/records/ports.ts'
import type { UserRegistry } from '../core/vault/guard/users.ts'
import type { Settings } from '../node/settings/create-settings.ts'
import type { Ballast } from '../node/sqlite/ballast.ts'
import type { Database } from '../node/sqlite/database.ts'
import type { HeavyWork } from '../node/sqlite/heavy-thread.ts'
import type { Push } from './ipc/push.ts'

/** What the frame (index.ts) gives. */
export interface Frame {
  push: Push
  /** Sends what was pushed before the page listened. */
  flush: () => void
  /** Settled when the window shows its outline. */
  outline: Promise<void>
  focus: () => void
  window: () => BrowserWindow | undefined
  /** Closes all of this, runs `between`, and starts again whatever came of it. */
  restart: <T>(between: () => T | Promise<T>) => Promise<T>
  settings: Settings
  textSize: Preferences['textSize']
  /** Folder of the build: main, preload and renderer below it. */
  outDirectory: string
}

/** What the frame gets. */
export interface Composition {
  /** Handlers with the one of this call among them. */
  handlersFor: (channel: ChannelName) => Promise<Partial<CallHandlers>>
  /** All that the first picture does not need, loaded on first use. */
  rest: () => Promise<Rest>
  /** Waits until no tokens are on their way from a provider. */
  granting: () => Promise<void>
  close: () => Promise<void>
}

/** What is there when the rest is loaded. */
export interface Ground extends FirstPicturePorts {
  frame: Frame
  profile: string
  /** The database's. */
  file: string
  db: Database
  heavy: HeavyWork
  ballast: Ballast
  users: UserRegistry
  clock: Clock
  first: FirstPicture
}

/** What comes after the first picture. */
export interface Rest {
  handlers: CallHandlers
  receiveCallback: (url: string) => void
  /** The stored body of an exchange once all of it is there, for the page's own address of it; nothing while locked. */
  readBody: (id: string) => Promise<StoredBody | undefined>
  /** Waits until nothing is halfway that must not be torn. */
  settle: () => Promise<void>
  /** Waits until no tokens are on their way from a provider. */
  granting: () => Promise<void>
  close: () => Promise<void>
}
