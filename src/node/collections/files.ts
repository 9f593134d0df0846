import { createHash, randomBytes } from 'node:crypto'
import { renameSync, statSync, type BigIntStats } from 'node:fs'
import { link, open, rename, stat, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fail, ok, type Result } from '@contract/result'
import type { CollectionDisk, DiskText } from '../../core/records/collection-disk.ts'
import { readFileWithin } from '../files/read-file-within.ts'
import { systemFault } from '../files/system-fault.ts'
import { explained, placeWithin, unreadable } from './place-within.ts'

/** Bytes of one file. */
export const sizeLimit = 4_194_304

export async function readText(root: string, path: string, limit = sizeLimit): Promise<Result<DiskText>> {
  const place = await placeWithin(root, path)
  return place.ok ? textAt(path, place.value, limit) : place
}

async function textAt(path: string, place: string, limit = sizeLimit): Promise<Result<DiskText>> {
  try {
    const bytes = await readFileWithin(place, limit)
    if (bytes === undefined) return unreadable(path, `it is larger than ${limit / 1_024} KB`)
    return ok({
      text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes),
      version: versionOf(bytes),
    })
  } catch (error) {
    return error instanceof TypeError ? unreadable(path, 'it is not UTF-8 text') : explained(path, error)
  }
}

function versionOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url')
}

/** Writes a file whole or not at all, with the rights that it had, if it still is what it was read as. */
export async function writeText(
  root: string,
  path: string,
  text: string,
  expected: string | null,
): ReturnType<CollectionDisk['write']> {
  const place = await placeWithin(root, path)
  if (!place.ok) return place
  const changed = await changedSince(path, place.value, expected)
  if (changed) return changed
  const bytes = new TextEncoder().encode(text)
  const draft = join(
    dirname(place.value),
    `.${basename(place.value).slice(0, 60)}.${randomBytes(6).toString('hex')}.tmp`,
  )
  try {
    const mode = (await stat(place.value).catch(() => undefined))?.mode
    const handle = await open(draft, 'wx', 0o666)
    try {
      await handle.writeFile(bytes)
      if (mode !== undefined) await handle.chmod(mode & 0o7777)
      await handle.sync()
    } finally {
      await handle.close()
    }
    const late =
      expected === null
        ? await changedSince(path, place.value, expected)
        : await replaced(path, place.value, draft, expected)
    if (late) {
      await unlink(draft).catch(() => undefined)
      return late
    }
    if (expected === null) await takeName(draft, place.value)
    return ok({ written: true, version: versionOf(bytes) })
  } catch (error) {
    await unlink(draft).catch(() => undefined)
    return (error as NodeJS.ErrnoException).code === 'EEXIST'
      ? ok({ written: false })
      : notWritten(path, error)
  }
}

/** Puts a draft in the place of a file that still says what is expected; otherwise answers what is there. A second name keeps
 *  hold of what is replaced: where another program writes into it at that very moment, it gets its place back. */
async function replaced(
  path: string,
  place: string,
  draft: string,
  expected: string,
): Promise<Written | undefined> {
  const was = draft.replace(/tmp$/, 'was.tmp')
  // Some file systems have no such links.
  const isHeld = await link(place, was).then(
    () => true,
    () => false,
  )
  try {
    for (let left = 3; ; left -= 1) {
      const before = await stat(place, { bigint: true }).catch(() => undefined)
      const late = await changedSince(path, place, expected)
      if (late) return late
      // Whatever comes between these two has microseconds for it.
      const isSame = sameFile(before, statSync(place, { bigint: true, throwIfNoEntry: false }))
      if (isSame) renameSync(draft, place)
      if (isSame) break
      if (left === 0) return ok({ written: false })
    }
    const theirs = isHeld ? await textAt(path, was) : undefined
    if (theirs === undefined || (theirs.ok && theirs.value.version === expected)) return undefined
    await rename(was, place)
    return ok({ written: false, ...(theirs.ok && { now: theirs.value }) })
  } finally {
    if (isHeld) await unlink(was).catch(() => undefined)
  }
}

function sameFile(one: BigIntStats | undefined, other: BigIntStats | undefined): boolean {
  const said = (stats: BigIntStats | undefined) =>
    stats && [stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].join(' ')
  return one !== undefined && said(one) === said(other)
}

/** Gives a new file its name, which no other has: a link is refused where there is one by now. */
async function takeName(draft: string, place: string): Promise<void> {
  try {
    await link(draft, place)
  } catch (error) {
    // Some file systems have no such links.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error
    return rename(draft, place)
  }
  await unlink(draft)
}

type Written = Awaited<ReturnType<CollectionDisk['write']>>

/** What there is instead of what was expected; nothing where all is as it was. */
async function changedSince(
  path: string,
  place: string,
  expected: string | null,
): Promise<Written | undefined> {
  const now = await textAt(path, place)
  if (!now.ok && now.error.code !== 'collection_file_gone') return now
  if (!now.ok) return expected === null ? undefined : ok({ written: false })
  return now.value.version === expected ? undefined : ok({ written: false, now: now.value })
}

export function notWritten(path: string, error: unknown) {
  return fail(
    'collection_write_failed',
    `“${path}” could not be written (${systemFault(error)}). Nothing was changed.`,
    'Check the folder’s permissions and the free space on the disk.',
  )
}
