import type { FileFault } from '@contract/collections'
import { ok, type Result } from '@contract/result'
import { readDefaults, type ContainerFile } from '../../../collections/read-container.ts'
import { readEnvironment, type EnvironmentFile } from '../../../collections/scope/read-environment.ts'
import { nameOfPath } from '../../../collections/tree.ts'
import type { CollectionDisk } from '../../../records/collection-disk.ts'
import { folderFile, rootFile } from '../../../collections/look.ts'
import type { OpenFolder } from '../opened-folders.ts'

/** A folder, or the collection, that a request is in. */
export interface ScopeLevel {
  /** Its file, within the collection. */
  file: string
  /** `folder Orders`, `collection Shop`. */
  from: string
  container: ContainerFile
}

/** An environment of the collection's own. */
export interface ScopeEnvironment {
  path: string
  name: string
  environment?: EnvironmentFile
  fault?: FileFault
}

/** What is in the files around a request. */
export interface ScopeFiles {
  /** The nearest first; the collection is the last. */
  levels: ScopeLevel[]
  environments: ScopeEnvironment[]
  /** Of `.env` beside the collection. */
  dotenv: ReadonlyMap<string, string>
  faults: { path: string; fault: FileFault }[]
}

/** How many environments are read. */
const mostEnvironments = 100

/** Reads the files whose content comes to what is at a path: the request's, or a folder's with a slash behind it. */
export async function readScopeFiles(
  disk: Pick<CollectionDisk, 'read' | 'readDotenv'>,
  { folder, reader }: OpenFolder,
  path: string,
): Promise<Result<ScopeFiles>> {
  const faults: ScopeFiles['faults'] = []
  async function read(file: string): Promise<string | undefined> {
    const text = await disk.read(folder, file)
    if (text.ok) return text.value.text
    if (text.error.code !== 'collection_file_gone')
      faults.push({ path: file, fault: { line: 1, column: 1, reason: text.error.message } })
    return undefined
  }
  async function levelAt(above: string): Promise<ScopeLevel[]> {
    const file = above === '' ? rootFile : `${above}/${folderFile}`
    const text = await read(file)
    if (text === undefined) return []
    const parsed = readDefaults(text)
    if (!parsed.ok) {
      faults.push({ path: file, fault: parsed.fault })
      return []
    }
    const { container } = parsed
    const name = container.name || nameOfPath(above === '' ? folder.replaceAll('\\', '/') : above)
    return [{ file, from: `${above === '' ? 'collection' : 'folder'} ${name}`, container }]
  }
  const parts = path.split('/').slice(0, -1)
  const above = ['', ...parts.map((_, index) => parts.slice(0, index + 1).join('/'))].toReversed()
  const levels = (await Promise.all(above.map(levelAt))).flat()
  const environments = await Promise.all(
    reader
      .environments()
      .slice(0, mostEnvironments)
      .map(async (file): Promise<ScopeEnvironment> => {
        const text = await read(file)
        const name = nameOfPath(file)
        if (text === undefined) return { path: file, name }
        const parsed = readEnvironment(text)
        if (!parsed.ok) return { path: file, name, fault: parsed.fault }
        return { path: file, name: parsed.environment.name || name, environment: parsed.environment }
      }),
  )
  const dotenv = await disk.readDotenv(folder)
  if (!dotenv.ok) faults.push({ path: '.env', fault: { line: 1, column: 1, reason: dotenv.error.message } })
  return ok({ levels, environments, dotenv: dotenv.ok ? dotenv.value : new Map(), faults })
}
