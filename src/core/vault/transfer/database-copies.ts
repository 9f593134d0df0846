import type { Result } from '@contract/result'

/** A copy of the whole database that lies in the profile. */
export interface DatabaseCopy {
  /** The file's name; unique among the copies. */
  name: string
  kind: 'routine' | 'before-restore' | 'before-update'
  /** When it was made. */
  at: number
  /** Bytes. */
  size: number
}

/** The database as a file: its copies and its soundness. Codes: `disk_full`, `database_*`. */
export interface DatabaseCopies {
  /** Newest first. */
  list(): DatabaseCopy[]
  make(now: number): Promise<Result<DatabaseCopy>>
  /** Makes a copy where the newest is a day old; null where it is fresh enough. */
  makeWhenDue(now: number): Promise<Result<DatabaseCopy | null>>
  /** Users who have a password now and would have none with this copy in place. */
  withoutPasswordIn(name: string): string[]
  /** The password hash that guards a user's vault in a copy. */
  passwordHashIn(name: string, userId: string): string | undefined
  /** Looks at what takes a moment. Code: `database_corrupt`. */
  checkFast(): Promise<Result<null>>
  /** Takes the history out of the copies, where earlier versions put it in plain. */
  stripHistory(): Promise<Result<null>>
  /** Looks at everything; answers what was found, empty where all is sound. */
  checkFull(): Promise<Result<string[]>>
}
