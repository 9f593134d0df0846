import type { Database } from './database.ts'
import { onDisk, unhurried } from './unhurried.ts'

/** Free pages that are given back at once: 1 MiB. */
const pagesAtOnce = 256

/** Gives some free pages back to the disk; `false` where none is left that can be. */
export function giveBackSome(db: Database): boolean {
  const free = () => db.pragma('freelist_count', { simple: true }) as number
  const before = free()
  if (before === 0) return false
  unhurried(db, () => db.pragma(`incremental_vacuum(${pagesAtOnce})`))
  // A file from before the setting cannot shrink this way.
  return free() < before
}

/** Lets go of the pages that deleted rows left, so that neither file nor backup carries them on. */
export async function giveBackFreePages(db: Database): Promise<void> {
  while (db.open && giveBackSome(db)) await onDisk(db)
}
