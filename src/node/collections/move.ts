import { randomBytes } from 'node:crypto'
import { link, lstat, mkdir, rename, rmdir, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fail, ok, type Result } from '@contract/result'
import { systemCode, systemFault } from '../files/system-fault.ts'
import { explained, placeWithin, unreadable } from './place-within.ts'

/** Gives a file, or a folder with all that is in it, another place. What is there already is never written over: then
 *  nothing is done. A version of the file that comes at the same moment comes along. */
export async function movePath(root: string, from: string, to: string): Promise<Result<{ moved: boolean }>> {
  const [here, there] = [await placeWithin(root, from), await placeWithin(root, to)]
  if (!here.ok) return here
  if (!there.ok) return there
  if (`${to}/`.startsWith(`${from}/`)) return unreadable(to, 'it is inside of what is moved')
  try {
    const about = await lstat(here.value)
    if (about.isDirectory()) await moveFolder(here.value, there.value)
    else if (about.isFile()) await moveFile(here.value, there.value)
    else return unreadable(from, 'it is neither a file nor a folder')
    return ok({ moved: true })
  } catch (error) {
    if (['EEXIST', 'ENOTEMPTY'].includes(systemCode(error))) return ok({ moved: false })
    return systemCode(error) === 'ENOENT' ? explained(from, error) : notMoved(from, error)
  }
}

/** A link takes the new name where it is free; then the old one goes. What was written under the old name meanwhile, as
 *  editors do it with a file of their own, is newer, and is what there is in the end. */
async function moveFile(from: string, to: string): Promise<void> {
  try {
    await link(from, to)
  } catch (error) {
    // Some file systems have no such links.
    if (!noLinks.has(systemCode(error))) throw error
    return renameFree(from, to)
  }
  const { ino } = await lstat(to)
  const old = join(dirname(from), `.${basename(from).slice(0, 60)}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    await rename(from, old)
  } catch (error) {
    // Deleted meanwhile under its old name, or held there: it is not to have two.
    await unlink(to)
    throw error
  }
  const [newest, now] = [await lstat(old), await lstat(to).catch(() => undefined)]
  if (newest.ino === ino) await unlink(old)
  else if (now?.ino === ino) await rename(old, to)
  else {
    // Others wrote under both names.
    await link(old, from)
    await unlink(old)
    throw Object.assign(new Error('it was changed meanwhile'), { code: 'EBUSY' })
  }
}

const noLinks: ReadonlySet<string> = new Set(['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK'])

/** An empty folder takes the new name where it is free; the one that is moved replaces it. Windows has no such
 *  replacing, and refuses names that are taken by itself. */
async function moveFolder(from: string, to: string): Promise<void> {
  if (process.platform === 'win32') return renameFree(from, to)
  await mkdir(to)
  try {
    await rename(from, to)
  } catch (error) {
    await rmdir(to).catch(() => undefined)
    throw error
  }
}

async function renameFree(from: string, to: string): Promise<void> {
  const taken = await lstat(to).catch(() => undefined)
  if (taken) throw Object.assign(new Error('it exists'), { code: 'EEXIST' })
  await rename(from, to)
}

function notMoved(path: string, error: unknown) {
  return fail(
    'collection_write_failed',
    `“${path}” could not be moved (${systemFault(error)}). Nothing was changed.`,
    'Check the folder’s permissions, and whether another program is using it.',
  )
}
