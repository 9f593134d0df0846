import type { Sessions } from './sessions.ts'
import type { Notices } from '../ports.ts'
import type { Result } from '@contract/result'

interface Beside {
  exchanges: { removeUser: (id: string) => void; forget: () => Promise<void> }
  /** The folders that users have in the profile. */
  folders: { remove: (userId: string) => Promise<Result<unknown>> }
  notices: Pick<Notices, 'changed' | 'storageDamaged'>
  /** What waited to become a file of a collection does. */
  takeIn: () => Promise<void>
}

/** The sessions, which take what users have outside of the database with them: their history and their own collection. */
export function besideUsers(sessions: Sessions, { exchanges, folders, notices, takeIn }: Beside): Sessions {
  return {
    ...sessions,
    removeUser: async (input) => {
      const removed = await sessions.removeUser(input)
      if (!removed.ok) return removed
      exchanges.removeUser(input.id)
      const gone = await folders.remove(input.id)
      if (!gone.ok) notices.storageDamaged(gone.error)
      return removed
    },
    recover: async (input) => {
      const recovered = await sessions.recover(input)
      // What was sealed with a key that is back can be read again.
      await exchanges.forget()
      notices.changed('exchanges')
      await takeIn()
      return recovered
    },
  }
}
