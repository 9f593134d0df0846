import { fail, ok, type Result } from '@contract/result'
import { newFolder } from '../../../collections/new-files.ts'
import { nameOfPath } from '../../../collections/tree.ts'
import type { CollectionDisk, DiskText } from '../../../records/collection-disk.ts'
import { folderFile, rootFile } from '../../../collections/look.ts'
import type { OpenFolder } from '../opened-folders.ts'

/** The file of a folder, of the collection (an empty path), or of an environment. */
export function fileOfContainer(path: string): string {
  if (path === '') return rootFile
  return isEnvironment(path) ? path : `${path}/${folderFile}`
}

/** What a file says; a folder without one is as if it had one with its name. */
export async function readContainerText(
  disk: Pick<CollectionDisk, 'read'>,
  folder: OpenFolder,
  path: string,
): Promise<Result<DiskText>> {
  const read = await disk.read(folder.folder, fileOfContainer(path))
  const isFresh =
    !read.ok && read.error.code === 'collection_file_gone' && path !== '' && !isEnvironment(path)
  return isFresh ? ok({ text: newFolder(nameOfPath(path)), version: '' }) : read
}

export function isEnvironment(path: string): boolean {
  return /^environments\/[^/]+\.ya?ml$/.test(path)
}

export function brokenFile(
  path: string,
  { line, column, reason }: { line: number; column: number; reason: string },
) {
  return fail(
    'collection_fault',
    `“${path}” is broken at line ${line}, column ${column}: ${reason}`,
    'Fix it in a text editor: Gatehouse updates at once.',
  )
}

export function changedElsewhere(path: string) {
  return fail('collection_changed', `“${path}” was just changed elsewhere.`, 'Look at it, then try again.')
}
