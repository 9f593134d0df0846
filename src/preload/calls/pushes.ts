import type { LogOutEnded } from '@contract/account-actions'
import type { SignInEnded } from '@contract/accounts'
import type { ImportProgress } from '@contract/backups'
import type { ChangedArea, PlaygroundState } from '@contract/app'
import type { BinEntry } from '@contract/bin'
import type { BodyState } from '@contract/bodies'
import type { Arrival, SendProgress } from '@contract/requests'
import type { PushName } from './channels.ts'
import type { Failure } from '@contract/result'
import type { LockView } from '@contract/vault'

/** What each push carries. `changed` names the area whose lists are to be read again. */
export interface Pushes extends Record<PushName, unknown> {
  changed: { area: ChangedArea }
  /** It is in the bin. */
  deleted: BinEntry
  'sign-in:ended': SignInEnded
  'log-out:ended': LogOutEnded
  'playground:state': PlaygroundState
  /** Locked or unlocked, or another user: the page forgets what it knows and asks again. */
  lock: LockView
  /** The check at the start found damage. */
  'storage:damaged': Failure
  'import:progress': ImportProgress
  /** A response whose body is long or slow has begun. */
  'request:arriving': Arrival
  /** How far a long body is. */
  'body:state': BodyState
  'requests:progress': SendProgress
  /** A menu item or its shortcut, e.g. `palette`, `close-tab`. */
  command: { name: string }
}

/** What the preload script puts on the page: one function a call, and a way to listen. */
export interface PageBridge<Calls> {
  readonly call: Calls
  readonly on: <Name extends PushName>(name: Name, listener: (payload: Pushes[Name]) => void) => () => void
}
