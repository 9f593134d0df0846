import { ok, type Result } from '@contract/result'
import { newCollection } from '../../../collections/new-files.ts'
import type { CollectionDisk } from '../../../records/collection-disk.ts'
import type { OwnFile, OwnFileStore } from '../../../records/own-file-store.ts'
import { createPacer } from '../../../text/pacer.ts'
import type { Time } from '../../ports.ts'
import { rootFile } from '../../../collections/look.ts'

interface Dependencies {
  disk: Pick<CollectionDisk, 'makeRoot' | 'list' | 'read' | 'write' | 'makeFolder'>
  noted: OwnFileStore
  /** Where a user's own collection lies: beside the database. */
  folderOf: (userId: string) => string
  time: Pick<Time, 'clock' | 'after'>
}

/** What a user's own collection is called until it is renamed. */
const firstName = 'My requests'
/** Files read at a time, and how many of them, or characters, are noted in one transaction. */
const atOnce = 32
const inOne = { files: 100, characters: 500_000 }

/** The folder of a user's own collection. It is always there: one that is missing is made again of what was noted of it
 *  last, which is how a copy of the database brings it back. */
export function createOwnFolder({ disk, noted, folderOf, time }: Dependencies) {
  let last: Promise<unknown> = Promise.resolve()
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = last.then(work, work)
    last = mine.catch(() => undefined)
    return mine
  }

  /** Makes what is missing. The collection's own file comes last: until it is there, this is begun again. */
  async function make(userId: string): Promise<Result<{ fresh: boolean }>> {
    const folder = folderOf(userId)
    const root = await disk.makeRoot(folder)
    if (!root.ok) return root
    const top = await disk.read(folder, rootFile)
    if (top.ok || top.error.code !== 'collection_file_gone') return ok({ fresh: false })
    const files = noted.list(userId)
    for (const { path, text } of files) {
      const put = path === rootFile ? ok(null) : await putFile(folder, path, text)
      if (!put.ok) return put
    }
    const text = files.find(({ path }) => path === rootFile)?.text ?? newCollection(firstName)
    const written = await putFile(folder, rootFile, text)
    return written.ok ? ok({ fresh: true }) : written
  }

  /** Writes a file with the folders above it; what is there by now stays. */
  async function putFile(folder: string, path: string, text: string): Promise<Result<null>> {
    const parts = path.split('/').slice(0, -1)
    for (let at = 1; at <= parts.length; at += 1)
      // One that is there already is no fault; anything else shows when the file is written.
      await disk.makeFolder(folder, parts.slice(0, at).join('/'))
    const written = await disk.write(folder, path, text, null)
    return written.ok ? ok(null) : written
  }

  /** Notes what the files of a user say now. A folder that is not there, or cannot be read, is left as it was noted. */
  async function note(userId: string): Promise<void> {
    const folder = folderOf(userId)
    const top = await disk.read(folder, rootFile)
    const listed = top.ok ? await disk.list(folder) : top
    if (!listed.ok) return
    const pacer = createPacer(time.clock, time.after)
    const before = noted.versions(userId)
    const paths = listed.value.entries.flatMap(({ path, isFolder }) => (isFolder ? [] : [path]))
    const there = new Set(paths)
    const gone = [...before.keys()].filter((path) => !there.has(path))
    let waiting: OwnFile[] = []
    let characters = 0
    for (let at = 0; at < paths.length; at += atOnce) {
      const some = paths.slice(at, at + atOnce)
      const texts = await Promise.all(some.map((path) => disk.read(folder, path)))
      for (const [index, path] of some.entries()) {
        const text = texts[index]
        if (text?.ok !== true || before.get(path) === text.value.version) continue
        waiting.push({ path, ...text.value })
        characters += text.value.text.length
        if (waiting.length < inOne.files && characters < inOne.characters) continue
        noted.change(userId, waiting, [])
        waiting = []
        characters = 0
        await pacer.turn()
      }
      if (pacer.isDue()) await pacer.turn()
    }
    if (waiting.length + gone.length > 0) noted.change(userId, waiting, gone)
  }

  return {
    folderOf,
    /** `fresh`: it was not there, or not all of it. */
    make: (userId: string): Promise<Result<{ fresh: boolean }>> => inTurn(() => make(userId)),
    note: (userIds: readonly string[]): Promise<void> =>
      inTurn(async () => {
        for (const userId of userIds) await note(userId)
      }),
    putFile,
  }
}

export type OwnFolder = ReturnType<typeof createOwnFolder>
