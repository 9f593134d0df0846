import { join } from 'node:path'
import { app } from 'electron'
import type { CallHandlers } from '@calls/calls'
import { fail, ok } from '@contract/result'
import { copyPath, listCopies } from '../node/sqlite/copies.ts'
import { restoreBackup } from '../node/sqlite/restore.ts'

/** The calls that work while the database does not: they list its copies and put one in its place. The next start
 *  opens that one. */
export function createRescue(): Pick<CallHandlers, 'backups:list' | 'backups:restore'> {
  const file = join(app.getPath('userData'), 'gatehouse.db')
  return {
    'backups:list': () => ok({ backups: listCopies(file) }),
    'backups:restore': ({ name }) => {
      const copy = copyPath(file, name)
      return copy === undefined
        ? fail('backup_unknown', 'This backup no longer exists.', 'Choose another one.')
        : restoreBackup(file, copy, Date.now())
    },
  }
}
