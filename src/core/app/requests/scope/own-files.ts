import type { RequestBody, RequestDraft } from '@contract/requests'

/** A path of a request as it is on the disk: one that is not whole is from the folder of the collection on. */
export function wholePath(folder: string, path: string): string {
  if (path === '' || isWhole(path)) return path
  const { start, parts, sign } = takenApart(folder)
  for (const part of path.split(sign === '\\' ? /[\\/]/ : '/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return start + parts.join(sign)
}

/** What a path that is not whole is within the folder of the collection, with `/` between its parts; nothing where it
 *  leads out of it, or has a part that begins with a dot: such files are of programs, and often secret. */
export function partWithin(folder: string, path: string): string | undefined {
  if (path === '' || isWhole(path)) return undefined
  const { start, parts, sign } = takenApart(folder)
  const inside = wholePath(folder, path)
  const root = `${start}${parts.join(sign)}${parts.length === 0 ? '' : sign}`
  if (!inside.startsWith(root) || inside === root) return undefined
  const within = inside.slice(root.length).split(sign)
  return within.some((part) => part.startsWith('.')) ? undefined : within.join('/')
}

/** A whole path as it is from the folder of a collection on, with `/` between its parts; one elsewhere stays as it is. */
export function pathFrom(folder: string, path: string): string {
  const { start, parts, sign } = takenApart(folder)
  const root = `${start}${parts.join(sign)}${sign}`
  const within = path.slice(root.length)
  return path.startsWith(root) && within !== '' ? within.split(sign).join('/') : path
}

/** The draft with its files by their whole paths. */
export function withWholePaths(draft: RequestDraft, folder: string): RequestDraft {
  return { ...draft, body: wholeBody(draft.body, (path) => wholePath(folder, path)) }
}

function wholeBody(body: RequestBody, whole: (path: string) => string): RequestBody {
  if (body.kind === 'file') return { ...body, path: whole(body.path) }
  if (body.kind !== 'multipart') return body
  return {
    ...body,
    parts: body.parts.map((part) => (part.files ? { ...part, files: part.files.map(whole) } : part)),
  }
}

/** On any system: `/a`, `\a`, `C:\a`, and `C:a` too, which is of that drive. */
function isWhole(path: string): boolean {
  return /^(?:[\\/]|[A-Za-z]:)/.test(path)
}

function takenApart(folder: string): { start: string; parts: string[]; sign: '/' | '\\' } {
  const start = /^(?:[A-Za-z]:)?[\\/]*/.exec(folder)?.[0] ?? ''
  const sign = folder.startsWith('/') ? '/' : '\\'
  return {
    start,
    parts: folder
      .slice(start.length)
      .split(sign)
      .filter((part) => part !== ''),
    sign,
  }
}
