/** A part of a path that stands for a value: `:name`. */
const pathName = /(?<=\/):([A-Za-z_][\w.-]{0,63})(?=\/|$)/g

/** The names of the parameters in an address’s path, each once: `/orders/:id`. */
export function pathNames(url: string): string[] {
  return [...new Set(Array.from(pathOf(url).matchAll(pathName), ([, name = '']) => name))]
}

/** An address with these values in the place of its path’s parameters; what has none stays. */
export function withPathValues(url: string, values: ReadonlyMap<string, string>): string {
  const path = pathOf(url)
  return (
    path.replace(pathName, (whole, name: string) => {
      const value = values.get(name)
      return value === undefined || value === '' ? whole : asSegment(value)
    }) + url.slice(path.length)
  )
}

function pathOf(url: string): string {
  return /^[^?#]*/.exec(url)?.[0] ?? ''
}

/** As it was typed, but for what would end its place in the path. */
function asSegment(value: string): string {
  return value.replace(/[/\\?#\s]/g, (char) => encodeURIComponent(char))
}

/** The folder that a path of a collection is in; empty at the top. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0))
}

/** Where something is, after it or a folder that it is in was moved. */
export function pathAfter(path: string, { from, to }: { from: string; to: string }): string {
  if (path === from) return to
  return path.startsWith(`${from}/`) ? `${to}${path.slice(from.length)}` : path
}
