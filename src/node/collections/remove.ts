import { randomBytes } from 'node:crypto'
import { lstat, mkdir, open, readdir, readFile, rename, rm, rmdir, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, ok, type Result } from '@contract/result'
import type { RemovedPart } from '../../core/records/collection-disk.ts'
import { systemCode, systemFault } from '../files/system-fault.ts'
import { notWritten } from './files.ts'
import { explained, placeWithin, unreadable } from './place-within.ts'

/** How much goes to the bin at once, in bytes. */
const bytesLimit = 16_777_216
const partsLimit = 20_000
/** Files that are read, or written, at a time. */
const atOnce = 32

interface Removal {
  /** What it must be, to the byte. */
  expected?: readonly RemovedPart[] | undefined
  takeOff?: (place: string) => Promise<void>
}

/** Takes a file or a folder off the disk; what is in it is answered, links aside, which make it refuse. It gets a hidden
 *  name first, so that what is answered is what there was when it went. One that fails halfway, or is not what is
 *  expected, is put back. Codes: those of the disk, `collection_remove_large`, `collection_changed`. */
export async function removePath(
  root: string,
  path: string,
  { expected, takeOff }: Removal = {},
): Promise<Result<RemovedPart[]>> {
  const place = await placeWithin(root, path)
  if (!place.ok) return place
  const first = await partsWithin(root, path)
  if (!first.ok) return first
  const aside = `${path.slice(0, path.lastIndexOf('/') + 1)}.${randomBytes(9).toString('hex')}.tmp`
  const hidden = join(root, aside)
  try {
    await rename(place.value, hidden)
  } catch (error) {
    return systemCode(error) === 'ENOENT' ? explained(path, error) : notRemoved(path, error, ok(null))
  }
  const there = await partsWithin(root, aside)
  const parts = there.ok
    ? there.value.map((part) => ({ ...part, path: path + part.path.slice(aside.length) }))
    : []
  try {
    if (!there.ok) throw new Unread(there)
    if (expected && !areSame(parts, expected)) throw new Unread(changed(path))
    await (takeOff ? takeOff(hidden) : takeOffParts(root, there.value))
    return ok(parts)
  } catch (error) {
    const back = await bringBack(hidden, place.value)
    if (error instanceof Unread) return back ? error.why : notRemoved(path, error, taken(path))
    return notRemoved(path, error, await restoreParts(root, parts))
  }
}

/** In small lots: thousands of answers at once would hold up everyone else. What came meanwhile makes it fail. */
async function takeOffParts(root: string, parts: readonly RemovedPart[]): Promise<void> {
  const files = parts.filter(({ bytes }) => bytes !== null).map(({ path }) => join(root, path))
  for (let at = 0; at < files.length; at += atOnce)
    // One that may not be written is taken off by rm on Windows alone.
    await Promise.all(files.slice(at, at + atOnce).map((file) => unlink(file).catch(() => rm(file))))
  const folders = parts.filter(({ bytes }) => bytes === null)
  for (const { path } of folders.toReversed()) await rmdir(join(root, path))
}

/** It can no longer be read as a whole, so that it could not be put back either, or is another than is expected. */
class Unread extends Error {
  constructor(readonly why: ReturnType<typeof fail>) {
    super(why.error.message)
  }
}

/** Whether two are the same files and folders, to the byte. */
function areSame(some: readonly RemovedPart[], others: readonly RemovedPart[]): boolean {
  const known = new Map(others.map((part) => [part.path, part.bytes]))
  return (
    some.length === others.length &&
    some.every(({ path, bytes }) => {
      const other = known.get(path)
      if (other === undefined) return false
      return bytes === null || other === null ? bytes === other : Buffer.compare(bytes, other) === 0
    })
  )
}

/** Gives it its name again, where that is free. */
async function bringBack(hidden: string, place: string): Promise<boolean> {
  const isTaken = await lstat(place).then(
    () => true,
    () => false,
  )
  if (isTaken) return false
  return rename(hidden, place).then(
    () => true,
    () => false,
  )
}

/** What a file or a folder is. `tooLarge`: told where that is more than is taken at once. */
export async function partsWithin(
  root: string,
  path: string,
  tooLarge: (path: string) => ReturnType<typeof fail> = tooMuch,
): Promise<Result<RemovedPart[]>> {
  try {
    const parts: RemovedPart[] = []
    const waiting = [path]
    let bytes = 0
    for (let some = waiting; some.length > 0; some = waiting.slice(parts.length, parts.length + atOnce)) {
      const read = await Promise.all(some.map((each) => partAt(root, each)))
      for (const [index, part] of read.entries()) {
        if (part === undefined) return unreadable(some[index] ?? path, 'it is neither a file nor a folder')
        parts.push(part)
        bytes += part.bytes?.length ?? 0
        if (part.bytes === null)
          for (const name of await readdir(join(root, part.path))) waiting.push(`${part.path}/${name}`)
      }
      if (bytes > bytesLimit || waiting.length > partsLimit) return tooLarge(path)
    }
    return ok(parts)
  } catch (error) {
    return explained(path, error)
  }
}

async function partAt(root: string, path: string): Promise<RemovedPart | undefined> {
  const place = join(root, path)
  const about = await lstat(place)
  if (about.isDirectory()) return { path, bytes: null, mode: about.mode }
  if (!about.isFile() || about.size > bytesLimit) return undefined
  return { path, bytes: await readFile(place), mode: about.mode }
}

/** Puts back what was taken; a file that is there by now stays as it is, and is told where it is another. */
export async function restoreParts(root: string, parts: readonly RemovedPart[]): Promise<Result<null>> {
  let first: Result<null> = ok(null)
  function note(restored: Result<null>): void {
    if (first.ok) first = restored
  }
  // A folder before what is in it; files in any order.
  for (const part of parts) if (part.bytes === null) note(await restorePart(root, part))
  const files = parts.filter(({ bytes }) => bytes !== null)
  for (let at = 0; at < files.length; at += atOnce) {
    const restored = await Promise.all(files.slice(at, at + atOnce).map((part) => restorePart(root, part)))
    restored.forEach(note)
  }
  return first
}

async function restorePart(root: string, { path, bytes, mode }: RemovedPart): Promise<Result<null>> {
  const place = await placeWithin(root, path)
  if (!place.ok) return place
  try {
    if (bytes === null) await mkdir(place.value, { recursive: true, mode: mode & 0o7777 })
    else await putBack(place.value, bytes, mode & 0o7777)
    return ok(null)
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') return notWritten(path, error)
    return bytes !== null && (await holds(place.value, bytes)) ? ok(null) : taken(path)
  }
}

async function putBack(place: string, bytes: Uint8Array, mode: number): Promise<void> {
  const handle = await open(place, 'wx', mode)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } catch (error) {
    // Half of it would be in the way of another try.
    await unlink(place).catch(() => undefined)
    throw error
  } finally {
    await handle.close()
  }
}

async function holds(place: string, bytes: Uint8Array): Promise<boolean> {
  try {
    const about = await lstat(place)
    return about.isFile() && about.size === bytes.length && (await readFile(place)).equals(bytes)
  } catch {
    return false
  }
}

function taken(path: string) {
  return fail(
    'collection_changed',
    `There is now another “${path}”, which was left unchanged.`,
    'Rename or move it, then undo again.',
  )
}

function changed(path: string) {
  return fail('collection_changed', `“${path}” is being changed elsewhere.`, 'Try again in a moment.')
}

function notRemoved(path: string, error: unknown, restored: Result<null>) {
  const rest = restored.ok ? 'Nothing was changed.' : `Part of it is missing: ${restored.error.message}`
  return fail(
    'collection_write_failed',
    `“${path}” could not be deleted (${systemFault(error)}). ${rest}`,
    'Check the folder’s permissions, and whether another program is using it.',
  )
}

function tooMuch(path: string) {
  return fail(
    'collection_remove_large',
    `“${path}” contains more than the bin takes at once (16 MB or 20,000 files).`,
    'Delete it in the file manager.',
  )
}
