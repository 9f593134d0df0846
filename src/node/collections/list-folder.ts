import type { Dirent } from 'node:fs'
import { lstat, opendir } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, ok, type Result } from '@contract/result'
import type { DiskEntry, DiskList } from '../../core/records/collection-disk.ts'
import type { ManyLooks } from './look/look-thread.ts'
import { stampOf } from './look/look-work.ts'

const fileLimit = 20_000
const folderLimit = 2_000
const depthLimit = 20
/** Entries of one folder that are looked at, of whatever kind, and those of them that a collection may have. */
const entryLimits = { seen: 100_000, found: 25_000 }
/** Calls to the system at a time: they are done by threads that everyone shares. */
const atOnce = 16
/** From so many files of one folder on, their stamps are asked for together. */
const many = 300
/** How many of them then. */
const inLot = 1_000

/** Lists the folders of a collection and the YAML files in them. Links are not followed, hidden folders and those of
 *  packages are passed over; what is left out for any other reason is said. Code: `collection_gone`. */
export async function listFolder(
  root: string,
  most = entryLimits,
  stamps?: ManyLooks['stamps'],
): Promise<Result<DiskList>> {
  const entries: DiskEntry[] = []
  const left = new Map<string, number>()
  const leave = (why: string): void => void left.set(why, (left.get(why) ?? 0) + 1)
  const waiting = ['']
  const full: string[] = []
  let folders = 0
  let files = 0
  for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) {
    let inside: Dirent[]
    try {
      inside = await entriesOf(join(root, folder), most, () =>
        full.push(`“${folder === '' ? root : folder}” contains too much: not all of it is shown.`),
      )
    } catch (error) {
      if (folder === '') return gone(root, error)
      leave('could not be read')
      continue
    }
    const paths: string[] = []
    for (const each of inside.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = folder === '' ? each.name : `${folder}/${each.name}`
      const is = kindOf(each)
      if (is === undefined) continue
      if (is === 'link') leave('are links, which are not followed')
      else if (is === 'file') {
        files += 1
        if (files > fileLimit) leave(`are beyond the limit of ${fileLimit.toLocaleString('en')} files`)
        else paths.push(path)
      } else if (folders >= folderLimit || path.split('/').length > depthLimit)
        leave(`are beyond the limits of ${depthLimit} levels and ${folderLimit.toLocaleString('en')} folders`)
      else {
        folders += 1
        waiting.push(path)
        entries.push({ path, isFolder: true, stamp: await folderStamp(join(root, path)) })
      }
    }
    const isMany = stamps !== undefined && paths.length >= many
    const lot = isMany ? inLot : atOnce
    for (let at = 0; at < paths.length; at += lot) {
      const some = paths.slice(at, at + lot)
      const found = isMany ? await stamps(some.map((path) => join(root, path))) : await stampsOf(root, some)
      for (const [index, path] of some.entries()) {
        const stamp = found[index] ?? ''
        if (stamp !== '') entries.push({ path, isFolder: false, stamp })
      }
    }
  }
  const notes = [...left].map(
    ([why, count]) =>
      `Not shown: ${count} that ${count === 1 ? why.replace(/^are links/, 'is a link') : why}.`,
  )
  return ok({ stamp: await folderStamp(root), entries, notes: [...notes, ...full] })
}

/** What a collection may have in a folder. One that is full of other things is not read to its end, nor held in memory. */
async function entriesOf(place: string, most: typeof entryLimits, tooMany: () => void): Promise<Dirent[]> {
  const found: Dirent[] = []
  let seen = 0
  for await (const entry of await opendir(place, { bufferSize: 256 })) {
    seen += 1
    if (kindOf(entry) !== undefined) found.push(entry)
    if (seen < most.seen && found.length < most.found) continue
    tooMany()
    break
  }
  return found
}

function kindOf(entry: Dirent): 'file' | 'folder' | 'link' | undefined {
  const { name } = entry
  if (entry.isDirectory())
    return name.startsWith('.') || name === 'node_modules' || /[\\]/.test(name) ? undefined : 'folder'
  if (!/\.ya?ml$/.test(name) || name.startsWith('.') || name.includes('\\')) return undefined
  if (entry.isSymbolicLink()) return 'link'
  return entry.isFile() ? 'file' : undefined
}

/** Empty for one that is gone. */
function stampsOf(root: string, paths: readonly string[]): Promise<string[]> {
  return Promise.all(paths.map((path) => lstat(join(root, path)).then(stampOf, () => '')))
}

/** Which folder it is: a number is given again once its folder is gone, its birth is another then. */
async function folderStamp(place: string): Promise<string> {
  const about = await lstat(place).catch(() => undefined)
  return about === undefined ? '' : `${about.dev}:${about.ino}:${about.birthtimeMs}`
}

function gone(root: string, error: unknown) {
  const { code = '' } = error as NodeJS.ErrnoException
  return fail(
    'collection_gone',
    code === 'ENOENT' ? `The folder ${root} does not exist.` : `The folder ${root} cannot be read (${code}).`,
    'Put it back, or close the collection and open it from its new location.',
  )
}
