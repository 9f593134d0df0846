import type { CollectionItem, FileFault } from '@contract/collections'
import type { Failure } from '@contract/result'
import { folderOf } from '@contract/tables/item-kinds'
import { readContainer, type Container } from '../../collections/read-container.ts'
import { headOf, readHead, type Head } from '../../collections/read-head.ts'
import type { Placed } from '../../collections/info/sequence.ts'
import { inOrder, treeOf, type TreeEntry } from '../../collections/tree.ts'
import { readYaml } from '../../collections/yaml-file.ts'
import type { CollectionDisk, DiskEntry } from '../../records/collection-disk.ts'
import { createPacer } from '../../text/pacer.ts'
import type { Time } from '../ports.ts'

interface Dependencies {
  disk: Pick<CollectionDisk, 'list' | 'read' | 'watch'>
  time: Pick<Time, 'clock' | 'after'>
  /** What is known of the folder is another. */
  changed: () => void
}

/** What is known of one file. */
interface Known {
  stamp: string
  head: Partial<Head>
  fault?: FileFault
  container?: Container
  /** Only its first lines were looked at. */
  glanced?: boolean
}

/** Files read at a time. */
const atOnce = 32
/** From so many new files on, their first lines are looked at before all of them are read through. */
const many = 300
/** Milliseconds in which changes are gathered. */
const settling = 120
const longestSettling = 2_000
/** Milliseconds between two looks whether a folder that is gone has come back: nothing tells of that. */
const whileGone = 1_500

/** Reads the folder of a collection, and again when something in it has changed. */
export function createFolderReader(root: string, { disk, time, changed }: Dependencies) {
  let known = new Map<string, Known>()
  let folders: string[] = []
  let notes: string[] = []
  let trouble: Failure | undefined
  let isUnwatched = false
  let closed = false
  const isClosed = (): boolean => closed
  let watched = ''
  let stopWatching: (() => void) | undefined
  let waiting: (() => void) | undefined
  let reading: Promise<boolean> | undefined
  let next: Promise<boolean> | undefined
  let lasted = 0
  let isRead = false

  /** Whether anything is another than before. */
  async function readOnce(): Promise<boolean> {
    if (isClosed()) return false
    const pacer = createPacer(time.clock, time.after)
    const listed = await disk.list(root)
    if (!listed.ok) {
      const isNew = trouble?.message !== listed.error.message
      trouble = listed.error
      stopFollowing()
      soon(whileGone)
      return isNew
    }
    isRead = true
    const { entries } = listed.value
    const files = entries.filter(({ isFolder }) => !isFolder)
    const fresh = files.filter(({ path, stamp }) => known.get(path)?.stamp !== stamp)
    const read = new Map<string, Known>()
    for (let at = 0; at < fresh.length && !isClosed(); at += atOnce) {
      const some = fresh.slice(at, at + atOnce)
      const texts = await Promise.all(some.map(({ path }) => disk.read(root, path)))
      for (const [index, entry] of some.entries()) {
        const text = texts[index]
        if (text)
          read.set(entry.path, knownOf(entry, text.ok ? text.value.text : text.error, fresh.length >= many))
        if (pacer.isDue()) await pacer.turn()
      }
    }
    if (isClosed()) return false
    const now = new Map(files.flatMap(({ path }) => entryOf(path, read.get(path) ?? known.get(path))))
    const nowFolders = entries.filter(({ isFolder }) => isFolder).map(({ path }) => path)
    const isNew =
      fresh.length > 0 ||
      trouble !== undefined ||
      now.size !== known.size ||
      nowFolders.join('\n') !== folders.join('\n')
    known = now
    folders = nowFolders
    notes = listed.value.notes
    trouble = undefined
    follow([listed.value.stamp, ...entries.filter(({ isFolder }) => isFolder).map(pathAndStamp)].join('\n'))
    return isNew
  }

  /** Reads through what was only looked at. */
  async function readThrough(): Promise<boolean> {
    const pacer = createPacer(time.clock, time.after)
    const before = known
    const glanced = [...known].filter(([, file]) => file.glanced)
    let isNew = false
    for (let at = 0; at < glanced.length && known === before && !isClosed(); at += atOnce) {
      const some = glanced.slice(at, at + atOnce)
      const texts = await Promise.all(some.map(([path]) => disk.read(root, path)))
      for (const [index, [path, file]] of some.entries()) {
        const text = texts[index]
        if (text?.ok !== true || known !== before) continue
        const full = knownOf({ path, stamp: file.stamp }, text.value.text, false)
        isNew ||= full.fault !== undefined || JSON.stringify(full.head) !== JSON.stringify(file.head)
        known.set(path, full)
        if (pacer.isDue()) await pacer.turn()
      }
    }
    return isNew
  }

  /** Watches the folders; where another has come in the place of one, from the beginning. */
  function follow(which: string): void {
    if (isClosed() || (stopWatching && watched === which)) return
    stopFollowing()
    watched = which
    isUnwatched = false
    stopWatching = disk.watch(root, folders, { changed: () => soon(), failed: () => (isUnwatched = true) })
  }
  function stopFollowing(): void {
    stopWatching?.()
    stopWatching = undefined
  }

  function soon(least = settling): void {
    if (isClosed() || waiting) return
    // A folder in which something changes all the time is not read all the time.
    waiting = time.after(Math.max(least, lasted), () => {
      waiting = undefined
      void refresh().then((isNew) => isNew && !isClosed() && changed())
    })
  }

  /** Reads it now. Whoever asks while it is read gets the one that follows, which sees what changed meanwhile: two of them
   *  are waited for at most, however often something changes. */
  function refresh(): Promise<boolean> {
    if (reading === undefined) return begin()
    next ??= reading.then(begin, begin)
    return next
  }
  function begin(): Promise<boolean> {
    const began = time.clock.now()
    next = undefined
    const own = readOnce().finally(() => {
      lasted = Math.min(Math.max(0, time.clock.now() - began), longestSettling)
      if (next === undefined) reading = undefined
      if (!isClosed() && [...known.values()].some(({ glanced }) => glanced))
        void readThrough().then((isNew) => isNew && !isClosed() && changed())
    })
    reading = own
    return own
  }

  return {
    refresh,
    soon,
    /** Whether it was ever read; where it could not be, it is tried again. */
    wasRead: (): boolean => isRead,
    view(): { items: CollectionItem[]; notes: string[]; name: string; fault?: FileFault; trouble?: Failure } {
      const top = known.get(rootFile)
      return {
        items: treeOf(treeEntries(known, folders)),
        notes: isUnwatched
          ? [...notes, 'The system does not report changes here: reload it yourself.']
          : notes,
        name: top?.container?.name ?? '',
        ...(top?.fault && { fault: top.fault }),
        ...(trouble && { trouble }),
      }
    },
    /** What the folders above a path, and the collection, would add to a request there. */
    passedOn(path: string): string[] {
      const above = path.split('/').slice(0, -1)
      const files = [
        rootFile,
        ...above.map((_, index) => [...above.slice(0, index + 1), folderFile].join('/')),
      ]
      return [...new Set(files.flatMap((file) => known.get(file)?.container?.passesOn ?? []))]
    },
    /** The names that are taken in a folder. */
    namesIn(folder: string): string[] {
      const start = folder === '' ? '' : `${folder}/`
      return [...known.keys(), ...folders]
        .filter((path) => path.startsWith(start) && !path.slice(start.length).includes('/'))
        .map((path) => path.slice(start.length))
    },
    /** What is in a folder, in the order of the tree, with the places that the files ask for. Broken ones ask for none,
     *  and cannot be given one. */
    inside(folder: string): Record<'folders' | 'files', (Placed & { broken: boolean })[]> {
      const here = treeEntries(known, folders).filter(({ path }) => folderOf(path) === folder)
      const placed = here.toSorted(inOrder).map(({ path, isFolder, head: { seq }, fault }) => ({
        path,
        isFolder,
        broken: fault !== undefined,
        ...(seq !== undefined && { seq }),
      }))
      return {
        folders: placed.filter(({ isFolder }) => isFolder),
        files: placed.filter(({ isFolder }) => !isFolder),
      }
    },
    /** The files of the collection’s environments. */
    environments: (): string[] =>
      [...known.keys()].filter((path) => /^environments\/[^/]+$/.test(path)).sort(),
    hasFolder: (path: string): boolean => path === '' || folders.includes(path),
    /** What a file or a folder calls itself. */
    nameOf: (path: string): string | undefined =>
      (known.get(path)?.head.name ?? known.get(`${path}/${folderFile}`)?.container?.name) || undefined,
    close(): void {
      closed = true
      waiting?.()
      stopWatching?.()
    },
  }
}
export type FolderReader = ReturnType<typeof createFolderReader>

export const rootFile = 'opencollection.yml'
export const folderFile = 'folder.yml'
const environments = 'environments'

function pathAndStamp({ path, stamp }: DiskEntry): string {
  return `${path} ${stamp}`
}

function entryOf(path: string, file: Known | undefined): [string, Known][] {
  return file ? [[path, file]] : []
}

function knownOf(
  { path, stamp }: Pick<DiskEntry, 'path' | 'stamp'>,
  text: string | Failure,
  glance: boolean,
): Known {
  if (typeof text !== 'string')
    return { stamp, head: {}, fault: { line: 1, column: 1, reason: text.message } }
  if (isContainer(path)) {
    const { fault, ...container } = readContainer(text)
    return { stamp, head: {}, container, ...(fault && { fault }) }
  }
  const head = glance ? readHead(text) : undefined
  if (head) return { stamp, head, glanced: true }
  const read = readYaml(text)
  return read.ok ? { stamp, head: headOf(read.file) } : { stamp, head: {}, fault: read.fault }
}

function isContainer(path: string): boolean {
  return path === rootFile || path === folderFile || path.endsWith(`/${folderFile}`)
}

/** Files and folders as the tree shows them: a folder with what its folder.yml says, without that file. */
function treeEntries(known: ReadonlyMap<string, Known>, folders: readonly string[]): TreeEntry[] {
  const shown = (path: string): boolean => path !== environments && !path.startsWith(`${environments}/`)
  const entries = folders.filter(shown).map((path): TreeEntry => {
    const { container, fault } = known.get(`${path}/${folderFile}`) ?? {}
    const { name, seq, tags } = container ?? {}
    return {
      path,
      isFolder: true,
      head: {
        ...(name !== undefined && { name }),
        ...(seq !== undefined && { seq }),
        ...(tags && { tags }),
      },
      ...(fault && { fault: { ...fault, reason: `${folderFile}: ${fault.reason}` } }),
    }
  })
  for (const [path, { head, fault }] of known)
    if (!isContainer(path) && shown(path))
      entries.push({ path, isFolder: false, head, ...(fault && { fault }) })
  return entries
}
