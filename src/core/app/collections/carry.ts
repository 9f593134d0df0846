import { ok, type Result } from '@contract/result'
import type { CollectionDisk } from '../../records/collection-disk.ts'

/** Something in a collection. */
export interface Spot {
  id: string
  root: string
  path: string
}

/** Carries a file, or a folder with all that is in it, to another collection: there first, then no longer here, so that
 *  what ends in between leaves it twice and never not at all. Answers whether the place was free. Codes: those of the disk,
 *  `collection_changed` where it changes at that very moment: it is here alone then. */
export function createCarry(disk: Pick<CollectionDisk, 'parts' | 'put' | 'remove'>) {
  return async (from: Spot, to: Spot): Promise<Result<boolean>> => {
    const parts = await disk.parts(from.root, from.path)
    if (!parts.ok) return parts
    const put = await disk.put(to.root, to.path, parts.value)
    if (!put.ok) return put
    if (!put.value.put) return ok(false)
    const removed = await disk.remove(from.root, from.path, parts.value)
    if (removed.ok) return ok(true)
    const made = parts.value.map((part) => ({ ...part, path: to.path + part.path.slice(from.path.length) }))
    // Where someone was quick to write into the copy, it stays as well.
    await disk.remove(to.root, to.path, made)
    return removed
  }
}
