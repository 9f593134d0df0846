import { randomBytes } from 'node:crypto'
import { open, realpath, rename, stat, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { noFile } from './system-fault.ts'

/** Writes a file that its owner alone can read, whole or not at all: what was there before stays until all of the
 *  new is on the disk. The rights are the new file's, also over one that everyone could read. A link is followed. */
export async function writeForOwner(path: string, pieces: Iterable<Uint8Array>): Promise<void> {
  const target = await whereItLies(path)
  const folder = dirname(target)
  const draft = join(folder, `.${basename(target).slice(0, 60)}.${randomBytes(6).toString('hex')}.tmp`)
  const handle = await open(draft, 'wx', 0o600)
  try {
    try {
      for (const piece of pieces) await handle.writeFile(piece)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, target)
  } catch (error) {
    await unlink(draft).catch(() => undefined)
    throw error
  }
  await syncFolder(folder)
}

/** The end of the links; refuses what is not a file, as a device or a pipe. */
async function whereItLies(path: string): Promise<string> {
  const target = await realpath(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  })
  if (target === undefined) return path
  if ((await stat(target)).isFile()) return target
  throw noFile()
}

/** So that the new name outlives a loss of power. Windows knows nothing of the kind, and some file systems refuse. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch {
    // The file itself is written.
  }
}
