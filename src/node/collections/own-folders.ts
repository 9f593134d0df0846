import { createHash } from 'node:crypto'
import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, ok, type Result } from '@contract/result'
import type { OwnFolders } from '../../core/records/own-file-store.ts'
import { systemFault } from '../files/system-fault.ts'
import { notWritten } from './files.ts'

const name = 'collections'
const aside = `${name}.before-restore-`

/** Where the own collections of a profile's users lie. */
export function createOwnFolders(profile: string): OwnFolders {
  const root = join(realpathSync(profile), name)
  // An identifier comes out of the database, which may have been put there.
  const folderOf = (userId: string): string =>
    join(root, /^[\w-]{1,64}$/.test(userId) ? userId : createHash('sha256').update(userId).digest('hex'))
  return {
    folderOf,
    remove: async (userId) => {
      const folder = folderOf(userId)
      try {
        await rm(folder, { recursive: true, force: true })
        return ok(null)
      } catch (error) {
        return fail(
          'collection_write_failed',
          `The requests of the deleted user are still in ${folder} (${systemFault(error)}).`,
          'Delete that folder in the file manager.',
        )
      }
    },
  }
}

/** Puts the own collections out of the way while the database is replaced by a copy, which brings its own; they come back
 *  where that fails. What was put aside last is kept beside. Codes: `collection_write_failed`, those of the work. */
export async function withFoldersAside<T>(
  profile: string,
  now: number,
  work: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const root = join(profile, name)
  const kept = join(profile, `${aside}${now}`)
  const isThere = existsSync(root)
  try {
    if (isThere) await rename(root, kept)
  } catch (error) {
    return notWritten(root, error)
  }
  const done = await work().catch(async (error: unknown) => {
    if (isThere) await rename(kept, root)
    throw error
  })
  if (!done.ok && isThere) await rename(kept, root)
  if (done.ok) await removeOlder(profile, `${aside}${now}`)
  return done
}

async function removeOlder(profile: string, newest: string): Promise<void> {
  const old = readdirSync(profile).filter((each) => each.startsWith(aside) && each !== newest)
  for (const each of old) await rm(join(profile, each), { recursive: true, force: true })
}
