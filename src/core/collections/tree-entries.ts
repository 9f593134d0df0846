import { folderOf } from '@contract/tables/item-kinds'
import { folderFile, isContainer, rootFile, type FileLook } from './look.ts'
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
  const unsentIn = unsentAuths(known)
  for (const [path, { head, fault, auth }] of known) {
    if (isContainer(path) || !shown(path)) continue
    const unsentAuth = auth === 'inherit' ? unsentIn(folderOf(path)) : auth?.unsent
    entries.push({
      path,
      isFolder: false,
      head,
      ...(unsentAuth !== undefined && { unsentAuth }),
      ...(fault && { fault }),
    })
  }
  return entries
}

/** The way to call that what is in a folder inherits, where Gatehouse does not send it. */
function unsentAuths(known: ReadonlyMap<string, FileLook>): (folder: string) => string | undefined {
  const found = new Map<string, string | undefined>()
  function look(folder: string): string | undefined {
    const own = known.get(folder === '' ? rootFile : `${folder}/${folderFile}`)?.container?.auth
    if (own !== undefined || folder === '') return own?.unsent
    return unsentIn(folderOf(folder))
  }
  function unsentIn(folder: string): string | undefined {
    if (!found.has(folder)) found.set(folder, look(folder))
    return found.get(folder)
  }
  return unsentIn
}
