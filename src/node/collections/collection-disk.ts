import { lstat, mkdir, realpath, stat } from 'node:fs/promises'
import { fail, ok } from '@contract/result'
import type { CollectionDisk } from '../../core/records/collection-disk.ts'
import { notWritten, readText, writeText } from './files.ts'
import { listFolder } from './list-folder.ts'
import type { ManyLooks } from './look/look-thread.ts'
import { movePath } from './move.ts'
import { placeWithin } from './place-within.ts'
import { partsOf, putParts } from './put.ts'
import { readDotenv } from './read-dotenv.ts'
import { removePath, restoreParts } from './remove.ts'
import { watchFolders } from './watch-folders.ts'

/** Collections on the disk. Writes of one program come one after another, so that each sees what the one before left.
 *  `stamps`: asks for those of many files elsewhere. */
export function createCollectionDisk(stamps?: ManyLooks['stamps']): CollectionDisk {
  let last: Promise<unknown> = Promise.resolve()
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = last.then(work, work)
    last = mine.catch(() => undefined)
    return mine
  }
  return {
    place: async (folder) => {
      try {
        const place = await realpath(folder)
        if ((await stat(place)).isDirectory()) return ok(place)
      } catch {
        // Told below.
      }
      return fail('collection_gone', `The folder ${folder} does not exist.`, 'Choose another folder.')
    },
    makeRoot: async (folder) => {
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        return ok(null)
      } catch (error) {
        return notWritten(folder, error)
      }
    },
    list: (folder) => listFolder(folder, undefined, stamps),
    read: (root, path) => readText(root, path),
    holds: async (root, path) => {
      const place = await placeWithin(root, path)
      return place.ok && (await lstat(place.value).catch(() => undefined))?.isFile() === true
    },
    readDotenv,
    write: (root, path, text, expected) => inTurn(() => writeText(root, path, text, expected)),
    makeFolder: (root, path) =>
      inTurn(async () => {
        const place = await placeWithin(root, path)
        if (!place.ok) return place
        try {
          await mkdir(place.value)
          return ok(null)
        } catch (error) {
          return notWritten(path, error)
        }
      }),
    move: (root, from, to) => inTurn(() => movePath(root, from, to)),
    parts: (root, path) => partsOf(root, path),
    put: (root, path, parts) => inTurn(() => putParts(root, path, parts)),
    remove: (root, path, expected) => inTurn(() => removePath(root, path, { expected })),
    restore: (root, parts) => inTurn(() => restoreParts(root, parts)),
    watch: watchFolders,
  }
}
