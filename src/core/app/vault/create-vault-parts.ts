import type { Desk, Files, Notices, Preferences, Randomness, Storage, Stores, Time } from '../ports.ts'
import { createAutoLock } from './auto-lock.ts'
import { createBackups } from './backups.ts'
import { proveForRestore } from './prove-for-restore.ts'
import type { OwnParts } from '../collections/own/create-own.ts'
import type { Sessions } from './sessions.ts'
import { createVaultFile } from './vault-file.ts'

interface Dependencies {
  sessions: Sessions
  time: Time
  random: Pick<Randomness, 'newId'>
  stores: Pick<
    Stores,
    'users' | 'environments' | 'connections' | 'tokens' | 'requests' | 'cookies' | 'network'
  >
  storage: Storage
  desk: Pick<Desk, 'presence'>
  files: Pick<Files, 'dialogs'>
  preferences: Pick<Preferences, 'lock'>
  notices: Pick<Notices, 'changed' | 'storageDamaged' | 'importProgress'>
  /** An import has been stored. */
  imported: () => Promise<void>
  /** The files of the own collections. */
  own: OwnParts
}

/** Locking by itself, backups of the database, and the vault as a file of its own. */
export function createVaultParts(deps: Dependencies) {
  const { sessions, storage, notices, own } = deps
  const { clock, after, every } = deps.time
  return {
    autoLock: createAutoLock({
      presence: deps.desk.presence,
      settings: deps.preferences.lock,
      every,
      isLocked: sessions.isLocked,
      lock: sessions.lock,
    }),
    backups: createBackups({
      clock,
      after,
      every,
      copies: storage.copies,
      replaceDatabase: storage.replaceDatabase,
      noteFiles: own.noteFiles,
      whoIsIn: () => (sessions.isLocked() ? undefined : sessions.current().user.id),
      prove: (input) => proveForRestore(sessions.guardParts(), storage.copies, sessions.user(), input),
      damaged: notices.storageDamaged,
    }),
    vaultFile: createVaultFile({
      ...deps.stores,
      clock,
      after,
      newId: deps.random.newId,
      ownerOf: storage.ownerOf,
      writes: storage.importWrites,
      file: storage.secretFile,
      dialogs: deps.files.dialogs,
      session: sessions.opened,
      ...own,
      changed: async () => {
        await deps.imported()
        for (const area of ['connections', 'accounts', 'collections', 'cookies', 'network'] as const)
          notices.changed(area)
      },
      progress: notices.importProgress,
    }),
  }
}
