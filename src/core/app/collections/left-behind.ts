import type { Result } from '@contract/result'
import { folderOf } from '@contract/tables/item-kinds'
import { readDefaults } from '../../collections/read-container.ts'
import { readRequest } from '../../collections/read-request.ts'
import type { CollectionDisk } from '../../records/collection-disk.ts'
import { variableNames } from '../../text/variable-names.ts'
import type { CollectionScopes } from './scope/collection-scopes.ts'
import { folderFile } from '../../collections/look.ts'
import type { FolderReader } from './folder-reader.ts'
import type { OpenFolder } from './opened-folders.ts'

interface Dependencies {
  disk: Pick<CollectionDisk, 'read'>
  scopes: Pick<CollectionScopes, 'missing' | 'view'>
}

/** What does not come along where something is moved to another collection. */
export interface LeftBehind {
  /** Variables that are known around it here, and not there. */
  unknown: string[]
  /** Requests, by their paths, that call as an account because their collection says so, where the other says nothing. */
  accounts: { path: string; accountId: string }[]
}

/** How many files are looked through, and how many names are looked up. */
const mostFiles = 2_000
const mostNames = 500

/** Looks at what a move to another collection leaves behind. What cannot be read names nothing. */
export function createLeftBehind({ disk, scopes }: Dependencies) {
  return async (
    from: OpenFolder,
    paths: readonly string[],
    to: { collectionId: string; folder: string },
  ): Promise<LeftBehind> => {
    const there = { collectionId: to.collectionId, path: insideOf(to.folder) }
    const said = await scopes.view(there)
    const saysAuth = !said.ok || said.value.auth !== null || said.value.signIn !== undefined
    const left: LeftBehind = { unknown: [], accounts: [] }
    const found = new Set<string>()
    for (const path of paths) {
      const here = { collectionId: from.id, path: insideOf(folderOf(path)) }
      const around = saysAuth ? undefined : await scopes.view(here)
      const accountId = around?.ok === true ? around.value.signIn?.accountId : undefined
      const looked = await lookThrough(from, path, accountId !== undefined)
      const names = [...looked.names].slice(0, mostNames)
      const [known, lacking] = [await unknownOf(here, names), await unknownOf(there, names)]
      for (const name of lacking) if (!known.has(name)) found.add(name)
      if (accountId !== undefined)
        left.accounts.push(...looked.inheriting.map((each) => ({ path: each, accountId })))
    }
    return { ...left, unknown: [...found].sort() }
  }

  async function unknownOf(
    place: { collectionId: string; path: string },
    names: readonly string[],
  ): Promise<ReadonlySet<string>> {
    const missing: Result<{ unknown: string[] }> = await scopes.missing({
      ...place,
      names: [...names],
      files: [],
      own: [],
    })
    return new Set(missing.ok ? missing.value.unknown : [])
  }

  /** File by file, so that nothing else waits for all of them. */
  async function lookThrough(
    { folder, reader }: OpenFolder,
    path: string,
    withAuth: boolean,
  ): Promise<{ names: Set<string>; inheriting: string[] }> {
    const names = new Set<string>()
    const inheriting: string[] = []
    // Folders that say who calls; they come before what is in them.
    const saying: string[] = []
    for (const file of filesOf(reader, path)) {
      const read = await disk.read(folder, file)
      if (!read.ok) continue
      const { text } = read.value
      for (const name of variableNames(text)) names.add(name)
      if (!withAuth || saying.some((each) => file.startsWith(`${each}/`))) continue
      if (file.endsWith(`/${folderFile}`)) {
        if (saysWho(text)) saying.push(folderOf(file))
      } else if (inherits(text)) inheriting.push(file)
    }
    return { names, inheriting }
  }
}

/** The place of what is in a folder, without one of its own. */
function insideOf(folder: string): string {
  return folder === '' ? '' : `${folder}/`
}

function filesOf(reader: Pick<FolderReader, 'view'>, path: string): string[] {
  const items = reader.view().items.filter((item) => item.path === path || item.path.startsWith(`${path}/`))
  return items
    .map((item) => (item.kind === 'folder' ? `${item.path}/${folderFile}` : item.path))
    .slice(0, mostFiles)
}

function saysWho(text: string): boolean {
  const read = readDefaults(text)
  return read.ok && read.container.defaults.auth !== undefined
}

function inherits(text: string): boolean {
  const read = readRequest(text)
  return read.ok && read.request.draft.auth?.kind === 'inherit'
}
