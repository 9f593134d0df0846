import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { folderOf } from '@contract/tables/item-kinds'
import { fail, ok, type Result } from '@contract/result'
import type { RemovedPart } from '../../core/records/collection-disk.ts'
import { movePath } from './move.ts'
import { placeWithin } from './place-within.ts'
import { partsWithin, restoreParts } from './remove.ts'

/** What a file is, or a folder with all that is in it; links in it make it refuse. */
export async function partsOf(root: string, path: string): Promise<Result<RemovedPart[]>> {
  const place = await placeWithin(root, path)
  return place.ok ? partsWithin(root, path, tooMuch) : place
}

/** Puts parts at a path that is free. They are written under a hidden name first, so that no one sees half of them, and
 *  get theirs as moves give them: nothing is written over, and no folder is mixed with another. */
export async function putParts(
  root: string,
  path: string,
  parts: readonly RemovedPart[],
): Promise<Result<{ put: boolean }>> {
  const place = await placeWithin(root, path)
  if (!place.ok) return place
  const top = parts[0]?.path ?? ''
  const above = folderOf(path)
  const name = `.${randomBytes(9).toString('hex')}.tmp`
  const aside = above === '' ? name : `${above}/${name}`
  const written = await restoreParts(
    root,
    parts.map((part) => ({ ...part, path: aside + part.path.slice(top.length) })),
  )
  const moved = written.ok ? await movePath(root, aside, path) : written
  if (moved.ok && moved.value.moved) return ok({ put: true })
  await rm(join(root, aside), { recursive: true, force: true })
  return moved.ok ? ok({ put: false }) : moved
}

function tooMuch(path: string) {
  return fail(
    'collection_copy_large',
    `“${path}” contains more than is copied at once (16 MB or 20,000 files).`,
    'Copy it in the file manager.',
  )
}
