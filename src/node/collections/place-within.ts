import { lstat, realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fail, ok, type Result } from '@contract/result'
import { systemCode, systemFault } from '../files/system-fault.ts'

/** Where a path of a collection is on the disk; refused where it would lead out of it, or through a link. `root` has
 *  none. */
export async function placeWithin(root: string, path: string): Promise<Result<string>> {
  const parts = path.split('/')
  const odd = parts.some((part) => part === '' || part === '.' || part === '..' || /[\\\0]/.test(part))
  const place = join(root, ...parts)
  if (odd || place.length > 4_000) return unreadable(path, 'its path is outside this collection')
  try {
    if ((await realpath(place)) === place) return ok(place)
    return unreadable(path, 'there is a link in its path')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return explained(path, error)
  }
  // One that is yet to be made: its folder has to be what it seems, and no link is there that leads nowhere.
  try {
    const isPlain = (await realpath(dirname(place))) === dirname(place)
    const about = await lstat(place).catch(() => undefined)
    return isPlain && about === undefined ? ok(place) : unreadable(path, 'there is a link in its path')
  } catch (error) {
    return explained(path, error)
  }
}

/** What went wrong with a file, as a failure. */
export function explained(path: string, error: unknown) {
  const code = systemCode(error)
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return fail(
      'collection_file_gone',
      `“${path}” no longer exists.`,
      'It may have been moved or deleted elsewhere.',
    )
  return unreadable(path, systemFault(error))
}

export function unreadable(path: string, why: string) {
  return fail(
    'collection_file_unreadable',
    `“${path}” cannot be read: ${why}.`,
    'Check the file and its permissions.',
  )
}
