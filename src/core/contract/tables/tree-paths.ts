/** The folder that a path of a collection is in; empty at the top. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0))
}

/** Where something is, after it or a folder that it is in was moved. */
export function pathAfter(path: string, { from, to }: { from: string; to: string }): string {
  if (path === from) return to
  return path.startsWith(`${from}/`) ? `${to}${path.slice(from.length)}` : path
}
