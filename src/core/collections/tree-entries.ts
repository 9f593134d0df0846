import { folderFile, isContainer, type FileLook } from './look.ts'
import type { TreeEntry } from './tree.ts'

const environments = 'environments'

/** Files and folders as the tree shows them: a folder with what its folder.yml says, without that file. */
export function treeEntries(known: ReadonlyMap<string, FileLook>, folders: readonly string[]): TreeEntry[] {
  const shown = (path: string): boolean => path !== environments && !path.startsWith(`${environments}/`)
  const entries = folders.filter(shown).map((path): TreeEntry => {
    const { container, fault } = known.get(`${path}/${folderFile}`) ?? {}
    const { name, seq, tags } = container ?? {}
    return {
      path,
      isFolder: true,
      head: {
        ...(name !== undefined && { name }),
        ...(seq !== undefined && { seq }),
        ...(tags && { tags }),
      },
      ...(fault && { fault: { ...fault, reason: `${folderFile}: ${fault.reason}` } }),
    }
  })
  for (const [path, { head, fault }] of known)
    if (!isContainer(path) && shown(path))
      entries.push({ path, isFolder: false, head, ...(fault && { fault }) })
  return entries
}
