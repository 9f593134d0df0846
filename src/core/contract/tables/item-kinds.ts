import type { Item, ScriptFile } from '@opencollection/types/collection/item'
import type { RunPlan } from '../sending/runs.ts'

type TypeOf<Some> = Some extends { info?: { type?: infer Type } } ? Type : never
/** What OpenCollection has in `info.type`; a script has it at the top. */
type FormatKind = Exclude<TypeOf<Item>, 'folder' | undefined> | ScriptFile['type']

/** The kinds of file in a collection: how each is called, the section that it has, and whether Gatehouse sends it. */
export const itemKindTable = {
  http: { called: 'HTTP request', section: 'http', runs: true },
  graphql: { called: 'GraphQL request', section: 'graphql', runs: true },
  grpc: { called: 'gRPC request', section: 'grpc', runs: false },
  websocket: { called: 'WebSocket request', section: 'websocket', runs: false },
  script: { called: 'script', section: 'script', runs: false },
  app: { called: 'app', section: 'code', runs: false },
  unknown: { called: 'file of another kind', section: undefined, runs: false },
} as const satisfies Record<
  FormatKind | 'unknown',
  { called: string; section: string | undefined; runs: boolean }
>
export type ItemKind = keyof typeof itemKindTable

/** The folder that a path of a collection is in; empty at the top. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0))
}

/** Where something is, after it or a folder that it is in was moved. */
export function pathAfter(path: string, { from, to }: { from: string; to: string }): string {
  if (path === from) return to
  return path.startsWith(`${from}/`) ? `${to}${path.slice(from.length)}` : path
}

/** The tags of each of a tree’s entries, by its path: its own, and those of the folders that it is in. */
export function tagsByPath(items: readonly { path: string; tags?: string[] }[]): Map<string, string[]> {
  const found = new Map<string, string[]>()
  // A folder comes before what is in it.
  for (const { path, tags = [] } of items) {
    const above = found.get(folderOf(path)) ?? []
    found.set(path, tags.length === 0 ? above : above.length === 0 ? tags : [...new Set([...above, ...tags])])
  }
  return found
}

interface Planned {
  path: string
  kind: 'folder' | ItemKind
  tags?: string[]
  fault?: unknown
}

/** The files that a run is of, in the order of the tree, also those that are not sent. */
export function plannedItems<Item extends Planned>(
  { folder, paths, tags }: Pick<RunPlan, 'folder' | 'paths' | 'tags'>,
  items: readonly Item[],
): Item[] {
  const isIn = (path: string, above: string): boolean => above === '' || path.startsWith(`${above}/`)
  const tagsOf = tagsByPath(items)
  const asked = paths && new Set(paths)
  function isAsked(path: string): boolean {
    return path !== '' && (asked?.has(path) === true || isAsked(folderOf(path)))
  }
  return items.filter(({ path, kind }) => {
    if (kind === 'folder' || !isIn(path, folder)) return false
    if (asked && !isAsked(path)) return false
    const own = new Set((tagsOf.get(path) ?? []).map(lower))
    const has = (wanted: readonly string[]): boolean => wanted.some((tag) => own.has(lower(tag)))
    return tags === undefined || ((tags.only.length === 0 || has(tags.only)) && !has(tags.except))
  })
}

/** Whether a run sends it. */
export function isRun({ kind, fault }: Planned): boolean {
  return kind !== 'folder' && itemKindTable[kind].runs && fault === undefined
}

function lower(text: string): string {
  return text.toLowerCase()
}
