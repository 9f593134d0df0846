import { watch, type FSWatcher } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** Tells when something in these folders may have changed. Linux watches each folder, the others all below the root
 *  at once. `failed` where the system does not tell, as with too many of them or on a network's drive. */
export function watchFolders(
  root: string,
  folders: readonly string[],
  { changed, failed }: { changed: () => void; failed: () => void },
): () => void {
  const watchers: FSWatcher[] = []
  function stop(): void {
    for (const watcher of watchers.splice(0)) watcher.close()
  }
  function add(folder: string, recursive: boolean): void {
    const watcher = watch(folder, { recursive, persistent: false }, changed)
    // A folder that is gone ends its watcher; the one above tells of it.
    watcher.on('error', () => watcher.close())
    watchers.push(watcher)
  }
  /** Whether the folder is still the one that is watched, the one above it tells; where that cannot be watched, what is
   *  in the folder can all the same. */
  function addAbove(): void {
    const name = basename(root)
    try {
      const watcher = watch(dirname(root), { persistent: false }, (_, file) => {
        if (file === null || file === name) changed()
      })
      watcher.on('error', () => watcher.close())
      watchers.push(watcher)
    } catch {
      // The folder above is not for this user to read.
    }
  }
  try {
    addAbove()
    if (process.platform === 'linux') for (const folder of ['', ...folders]) add(join(root, folder), false)
    else add(root, true)
  } catch (error) {
    // Gone meanwhile: the list that is read next knows.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') changed()
    else {
      stop()
      failed()
    }
  }
  return stop
}
