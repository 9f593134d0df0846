import type { ImportWrites } from '../../../core/vault/transfer/import-vault.ts'
import type { Database } from '../database.ts'
import { settle } from '../empty-log.ts'
import { explained } from '../explained.ts'
import { countOn } from '../generation.ts'
import { onDisk, unhurried } from '../unhurried.ts'

/** How an import writes to this database. */
export function createImportWrites(db: Database): ImportWrites {
  return explained<ImportWrites>(db, {
    atomically: (work) =>
      unhurried(db, () => {
        const done = work()
        countOn(db)
        return done
      }),
    onDisk: () => onDisk(db),
    settle: () => settle(db),
  })
}
