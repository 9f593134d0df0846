import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  realpathSync,
  type Stats,
} from 'node:fs'
import { join } from 'node:path'
import { lookAt, type FileLook } from '../../../core/collections/look.ts'
import { nonBlocking } from '../../files/read-file-within.ts'
import { noFile } from '../../files/system-fault.ts'
import { sizeLimit } from '../files.ts'
import { explained, unreadable } from '../place-within.ts'

/** What a file's stamp is: its time, its size and its number. */
export function stampOf({ mtimeMs, ctimeMs, size, ino }: Stats): string {
  return `${mtimeMs}:${ctimeMs}:${size}:${ino}`
}

/** The stamps of files, in their order; empty for one that is gone. Waits for the disk: to be done where that holds no
 *  one up, in a small part of the time that asking for each on its own takes. */
export function stampsAt(places: readonly string[]): string[] {
  return places.map((place) => {
    try {
      return stampOf(lstatSync(place))
    } catch {
      return ''
    }
  })
}

/** Reads files and looks at them. Waits for the disk as well. */
export function lookAtFiles(root: string, paths: readonly string[], glance: boolean): FileLook[] {
  return paths.map((path) => lookAt(path, textOf(root, path), glance))
}

function textOf(root: string, path: string): string | { failure: string } {
  const place = join(root, ...path.split('/'))
  try {
    // Paths come from a list of the folder; a link may have taken the place of a part of one since.
    if (realpathSync.native(place) !== place) return notRead(path, 'there is a link in its path')
    const bytes = bytesOf(place)
    if (bytes === undefined) return notRead(path, `it is larger than ${sizeLimit / 1_024} KB`)
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return notRead(path, 'it is not UTF-8 text')
    return { failure: explained(path, error).error.message }
  }
}

function notRead(path: string, why: string): { failure: string } {
  return { failure: unreadable(path, why).error.message }
}

function bytesOf(place: string): Uint8Array | undefined {
  const file = openSync(place, constants.O_RDONLY | nonBlocking)
  try {
    const about = fstatSync(file)
    if (!about.isFile()) throw noFile()
    if (about.size > sizeLimit) return undefined
    const bytes = new Uint8Array(about.size)
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, 0))
  } finally {
    closeSync(file)
  }
}
