import type { CollectionItem, FileFault, ItemPiece } from '@contract/collections'
import type { Failure, Result } from '@contract/result'
import { folderFile, lookAt, rootFile, type FileLook, type FolderLooks } from '../../collections/look.ts'
import type { Placed } from '../../collections/info/order.ts'
import { treeEntries } from '../../collections/tree-entries.ts'
import { arrange, treeOf, type Arranged } from '../../collections/tree.ts'
import type { CollectionDisk, DiskEntry } from '../../records/collection-disk.ts'
import { createPacer, type Pacer } from '../../text/pacer.ts'
import type { Time } from '../ports.ts'
import { createItemLists, type AskedPiece } from './item-lists.ts'

interface Dependencies {
  disk: Pick<CollectionDisk, 'list' | 'read' | 'watch'>
  looks: FolderLooks
  time: Pick<Time, 'clock' | 'after'>
  /** What is known of the folder is another. */
  changed: () => void
}

/** What is known of one file. */
interface Known extends FileLook {
  stamp: string
}

/** Files read at a time, and those looked at in one go elsewhere, where reading one through takes far longer. */
const atOnce = 32
const inLook = { glance: 250, whole: 50 } as const
/** From so many new files on, their first lines are looked at before all of them are read through. */
const many = 300
/** Milliseconds in which changes are gathered. */
const settling = 120
const longestSettling = 2_000
/** Milliseconds before what was looked at is read through, which takes a core: what was found is drawn first. */
const drawing = 1_000
/** Milliseconds between two looks whether a folder that is gone has come back: nothing tells of that. */
const whileGone = 1_500

/** Reads the folder of a collection, and again when something in it has changed. */
export function createFolderReader(root: string, { disk, looks, time, changed }: Dependencies) {
  let known = new Map<string, Known>()
  let folders: string[] = []
  /** What is shown of them. */
  let arranged: Arranged = new Map()
  const lists = createItemLists()
  let notes: string[] = []
  let trouble: Failure | undefined
  let isUnwatched = false
  let closed = false
  const isClosed = (): boolean => closed
  let watched = ''
  let stopWatching: (() => void) | undefined
  let waiting: (() => void) | undefined
  let readsThrough: (() => void) | undefined
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
    const read = await (fresh.length >= many ? lookInto(fresh, true) : readAll(fresh, pacer))
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
    if (isNew) await show(pacer)
    notes = listed.value.notes
    trouble = undefined
    follow([listed.value.stamp, ...entries.filter(({ isFolder }) => isFolder).map(pathAndStamp)].join('\n'))
    return isNew
  }

  async function readAll(entries: readonly FileStamp[], pacer: Pacer): Promise<Map<string, Known>> {
    const read = new Map<string, Known>()
    for (let at = 0; at < entries.length && !isClosed(); at += atOnce) {
      const some = entries.slice(at, at + atOnce)
      const texts = await Promise.all(some.map(({ path }) => disk.read(root, path)))
      for (const [index, { path, stamp }] of some.entries()) {
        const text = texts[index]
        if (!text) continue
        const said = text.ok ? text.value.text : { failure: text.error.message }
        read.set(path, { stamp, ...lookAt(path, said, false) })
        if (pacer.isDue()) await pacer.turn()
      }
    }
    return read
  }

  async function lookInto(entries: readonly FileStamp[], glance: boolean): Promise<Map<string, Known>> {
    const read = new Map<string, Known>()
    const lot = inLook[glance ? 'glance' : 'whole']
    for (let at = 0; at < entries.length && !isClosed(); at += lot) {
      const some = entries.slice(at, at + lot)
      const paths = some.map(({ path }) => path)
      const found = await looks.look(root, paths, glance)
      for (const [index, { path, stamp }] of some.entries()) {
        const look = found[index]
        if (look) read.set(path, { stamp, ...look })
      }
    }
    return read
  }

  /** What is known by now is what is shown. */
  async function show(pacer: Pacer): Promise<void> {
    const mine = known
    const next = await arrange(treeEntries(known, folders), arranged, pacer)
    const items = await treeOf(next, lists.latest(), pacer)
    // Read again meanwhile: that reading shows what it found.
    if (known !== mine) return
    arranged = next
    lists.take(items)
  }

  /** Reads through what was only looked at. */
  async function readThrough(): Promise<boolean> {
    const before = known
    const glanced = [...known].flatMap(([path, { stamp, glanced: isGlanced }]) =>
      isGlanced ? [{ path, stamp }] : [],
    )
    let isNew = false
    const hasUnsent = [...known.values()].some(({ container }) => container?.auth?.unsent !== undefined)
    for (let at = 0; at < glanced.length && known === before && !isClosed(); at += inLook.whole) {
      const full = await lookInto(glanced.slice(at, at + inLook.whole), false)
      for (const [path, file] of full) {
        // Another reading began, which sees to it.
        if (known !== before) break
        const old = known.get(path)
        isNew ||=
          file.fault !== undefined ||
          (file.auth !== undefined && (file.auth !== 'inherit' || hasUnsent)) ||
          JSON.stringify(file.head) !== JSON.stringify(old?.head)
        known.set(path, file)
      }
    }
    if (isNew) await show(createPacer(time.clock, time.after))
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
      if (isClosed() || ![...known.values()].some(({ glanced }) => glanced)) return
      readsThrough?.()
      readsThrough = time.after(drawing, () => {
        readsThrough = undefined
        void readThrough().then((isNew) => isNew && !isClosed() && changed())
      })
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
        items: [...lists.latest()],
        notes: isUnwatched
          ? [...notes, 'The system does not report changes here: reload it yourself.']
          : notes,
        name: top?.container?.name ?? '',
        ...(top?.fault && { fault: top.fault }),
        ...(trouble && { trouble }),
      }
    },
    /** Which list of items it is, and some of one. */
    revision: lists.revision,
    piece: (asked: AskedPiece): Result<ItemPiece> => lists.piece(asked),
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
      const placed = (arranged.get(folder) ?? []).map(({ path, isFolder, head: { seq }, fault }) => ({
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
    /** What a file, a folder or, as '', the collection calls itself. */
    nameOf(path: string): string | undefined {
      const file = path === '' ? rootFile : `${path}/${folderFile}`
      return (known.get(path)?.head.name ?? known.get(file)?.container?.name) || undefined
    },
    close(): void {
      closed = true
      waiting?.()
      readsThrough?.()
      stopWatching?.()
    },
  }
}
export type FolderReader = ReturnType<typeof createFolderReader>

type FileStamp = Pick<DiskEntry, 'path' | 'stamp'>

function pathAndStamp({ path, stamp }: DiskEntry): string {
  return `${path} ${stamp}`
}

function entryOf(path: string, file: Known | undefined): [string, Known][] {
  return file ? [[path, file]] : []
}
