import type { CollectionItem } from '@contract/collections'
import { fail, ok, type Result } from '@contract/result'
import { folderOf } from '@contract/tables/item-kinds'
import type { Placed } from '../../collections/info/order.ts'
import { folderSequence, sequence } from '../../collections/info/sequence.ts'
import { fileNameFor } from '../../collections/file-name.ts'
import type { FolderReader } from './folder-reader.ts'

/** What is moved: files and folders of one collection, to a folder of it, before one that is there, or behind all. */
export interface MoveInput {
  collectionId: string
  /** The collection that they are moved to, where it is another. */
  into?: string | undefined
  paths: readonly string[]
  /** Empty at the top. */
  folder: string
  before: string | null
}

/** What is to be done for it: names on the disk that change, and places among the neighbours. */
export interface MovePlan {
  renames: { from: string; to: string }[]
  /** By the path after all renames. */
  places: { path: string; isFolder: boolean; seq: number }[]
}

/** Levels of folders that are listed, and files that one move writes at most. */
const depthLimit = 20
const placesLimit = 2_000

type Looked = Pick<FolderReader, 'view' | 'inside' | 'namesIn' | 'hasFolder'>

/** Looks at a folder as it is, and plans a move; `target`: where it leads to, if that is another collection. Codes: `collection_file_gone`, `collection_changed`,
 *  `collection_move_inside`, `collection_move_deep`, `collection_move_large`. */
export function planMove(
  reader: Looked,
  { paths, folder, before }: MoveInput,
  target: Looked = reader,
): Result<MovePlan> {
  const { items } = reader.view()
  const isOther = target !== reader
  const comes = (path: string): boolean => isOther || folderOf(path) !== folder
  const asked = new Set(paths)
  const there = new Set(items.map(({ path }) => path))
  const gone = paths.find((path) => !there.has(path))
  if (gone !== undefined) return isGone(gone)
  if (!isShownFolder(folder, target.view().items)) return isGone(folder)
  // In the order of the tree, without what comes along with its folder.
  const moved = items.filter(
    ({ path }) => asked.has(path) && !parentsOf(path).some((each) => asked.has(each)),
  )
  for (const { path, kind } of moved) {
    if (!isOther && kind === 'folder' && `${folder}/`.startsWith(`${path}/`))
      return fail('collection_move_inside', 'A folder cannot be moved into itself.', 'Choose another folder.')
    if (depthOf(folder) + (kind === 'folder' ? heightOf(path, items) : 0) > depthLimit)
      return fail(
        'collection_move_deep',
        `“${path}” would be more than ${depthLimit} levels deep, which is not listed.`,
        'Choose a folder further up.',
      )
  }
  const renames = renamesFor(
    moved.filter(({ path }) => comes(path)),
    folder,
    target.namesIn(folder),
  )
  const names = new Map(renames.map(({ from, to }) => [from, to]))
  if (before !== null && folderOf(before) !== folder) return hasChanged()
  const insides = new Map<string, ReturnType<FolderReader['inside']>>()
  function insideOf(place: string): ReturnType<FolderReader['inside']> {
    const known = insides.get(place) ?? reader.inside(place)
    insides.set(place, known)
    return known
  }
  const inside = isOther ? target.inside(folder) : insideOf(folder)
  const isThere = [...inside.folders, ...inside.files].some(({ path }) => path === before)
  if (before !== null && (!isThere || (!isOther && asked.has(before)))) return hasChanged()
  const places = (['folders', 'files'] as const).flatMap((kind) => {
    const isFolder = kind === 'folders'
    const mine = moved.filter((item) => (item.kind === 'folder') === isFolder)
    const own = new Set(isOther ? [] : mine.map(({ path }) => path))
    const others = inside[kind].filter(({ path }) => !own.has(path))
    const at = others.findIndex(({ path }) => path === before)
    // What is in the folder already, and is not told where, stays where it is.
    const isTold = at >= 0 || before === null || mine.some(({ path }) => comes(path))
    if (mine.length === 0 || !isTold) return []
    const end = at < 0 ? others.length : at
    const seqs = new Map(
      [...new Set(mine.map(({ path }) => folderOf(path)))]
        .flatMap((place) => insideOf(place)[kind])
        .map(({ path, seq }) => [path, seq]),
    )
    const placed = mine.map(({ path, fault }): Placed & { broken: boolean } => {
      const seq = seqs.get(path)
      return { path: names.get(path) ?? path, broken: fault !== undefined, ...(seq !== undefined && { seq }) }
    })
    const usable = (each: Placed & { broken: boolean }): boolean => !each.broken
    const written = (isFolder ? folderSequence : sequence)(
      others.slice(0, end).filter(usable),
      placed.filter(usable),
      others.slice(end).filter(usable),
    )
    return [...written].map(([path, seq]) => ({ path, isFolder, seq }))
  })
  return places.length <= placesLimit
    ? ok({ renames, places })
    : fail(
        'collection_move_large',
        `The order of this folder is in its files, of which ${places.length.toLocaleString('en')} would have to be written.`,
        'Move it to the end, or to another folder.',
      )
}

/** Names that no other in the folder has: what is there is never written over. */
function renamesFor(
  moved: readonly CollectionItem[],
  folder: string,
  there: readonly string[],
): MovePlan['renames'] {
  const taken = [...there]
  const lower = new Set(taken.map(asCompared))
  return moved.map(({ path, kind }) => {
    const own = path.slice(path.lastIndexOf('/') + 1)
    const ending = kind === 'folder' ? '' : own.slice(own.lastIndexOf('.'))
    const name = lower.has(asCompared(own))
      ? fileNameFor(own.slice(0, own.length - ending.length), ending, taken)
      : own
    taken.push(name)
    lower.add(asCompared(name))
    return { from: path, to: folder === '' ? name : `${folder}/${name}` }
  })
}

/** Names that differ in this alone are one on some systems. */
function asCompared(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

function isShownFolder(folder: string, items: readonly CollectionItem[]): boolean {
  return folder === '' || items.some(({ path, kind }) => path === folder && kind === 'folder')
}

/** Those that come with no other of them. */
export function topmost(paths: readonly string[]): string[] {
  const all = new Set(paths)
  return [...all].filter((path) => !parentsOf(path).some((above) => all.has(above)))
}

function parentsOf(path: string): string[] {
  const parents: string[] = []
  for (let above = folderOf(path); above !== ''; above = folderOf(above)) parents.push(above)
  return parents
}

function depthOf(folder: string): number {
  return folder === '' ? 0 : folder.split('/').length
}

/** How many levels of folders something has, itself among them. */
function heightOf(path: string, items: readonly CollectionItem[]): number {
  const own = depthOf(folderOf(path))
  const below = items.filter((item) => item.path === path || item.path.startsWith(`${path}/`))
  return (
    Math.max(0, ...below.map((item) => depthOf(item.kind === 'folder' ? item.path : folderOf(item.path)))) -
    own
  )
}

/** Told where what is asked for is not shown. */
export function isGone(path: string) {
  return fail(
    'collection_file_gone',
    `“${path}” no longer exists.`,
    'It may have been moved or deleted elsewhere.',
  )
}

function hasChanged() {
  return fail('collection_changed', 'The folder was just changed elsewhere.', 'Look at it, then try again.')
}
