import type { FileFault } from '@contract/collections'
import { itemKindTable } from '@contract/tables/item-kinds'
import { saidAuth } from './auth-file.ts'
import { readContainer, type Container } from './read-container.ts'
import { headOf, readHead, type Head } from './read-head.ts'
import { readYaml, valueOf } from './yaml-file.ts'

export const rootFile = 'opencollection.yml'
export const folderFile = 'folder.yml'

/** What the tree has to know of a file. */
export interface FileLook {
  head: Partial<Head>
  fault?: FileFault
  container?: Container
  /** Who calls: as what is above it says, or in a way that is not sent. Nothing for any other, and at a glance. */
  auth?: 'inherit' | { unsent: string }
  /** Only its first lines were looked at. */
  glanced?: true
}

/** Looks at files of a collection, many at once, where that holds no one up. */
export interface FolderLooks {
  /** What each of them has for the tree, in their order; `glance`: its first lines are enough, where they say it. */
  look(root: string, paths: readonly string[], glance: boolean): Promise<FileLook[]>
}

/** What a file of a collection has for the tree; `failure`: why it could not be read. */
export function lookAt(path: string, text: string | { failure: string }, glance: boolean): FileLook {
  if (typeof text !== 'string') return { head: {}, fault: { line: 1, column: 1, reason: text.failure } }
  if (isContainer(path)) {
    const { fault, ...container } = readContainer(text)
    return { head: {}, container, ...(fault && { fault }) }
  }
  const head = glance ? readHead(text) : undefined
  if (head) return { head, glanced: true }
  const read = readYaml(text)
  if (!read.ok) return { head: {}, fault: read.fault }
  const fileHead = headOf(read.file)
  const section = valueOf(read.file, read.file.root, itemKindTable[fileHead.kind].section ?? '')
  const { says, unsent } = saidAuth(read.file, section)
  return {
    head: fileHead,
    ...(says === 'inherit' && { auth: says }),
    ...(unsent !== undefined && { auth: { unsent } }),
  }
}

/** Whether a file says something of what is in its folder. */
export function isContainer(path: string): boolean {
  return path === rootFile || path === folderFile || path.endsWith(`/${folderFile}`)
}
