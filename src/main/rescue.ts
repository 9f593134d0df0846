import { join } from 'node:path'
import { app } from 'electron'
import type { CallHandlers } from '@calls/calls'
import { fail, ok } from '@contract/result'
import { copyPath, listCopies } from '../node/sqlite/copies.ts'
import { createHeavyThread } from '../node/sqlite/heavy-thread.ts'

/** The calls that work while the database does not: they list its copies and put one in its place. The next start
 *  opens that one. */
export function createRescue(heavyScript: string): Pick<CallHandlers, 'backups:list' | 'backups:restore'> {
  const file = join(app.getPath('userData'), 'gatehouse.db')
  const heavy = createHeavyThread(heavyScript)
  return {
    'backups:list': () => ok({ backups: listCopies(file) }),
    'backups:restore': ({ name }) => {
      const copy = copyPath(file, name)
      return copy === undefined
        ? fail('backup_unknown', 'This backup no longer exists.', 'Choose another one.')
        : heavy.restore({ file, backup: copy, now: Date.now() })
    },
  }
}
