import type { MissingNames } from '@contract/collection-scope'
import type { Pair } from '@contract/requests'
import { ok, type Result } from '@contract/result'
import { dynamicTable } from '@contract/tables/dynamic-names'
import { readRequest, type RequestFile } from '../../../collections/read-request.ts'
import { layeredVariables } from '../../../http/variable-layers.ts'
import { ownVariables, type Lookup } from '../../../http/variables.ts'
import type { CollectionDisk } from '../../../records/collection-disk.ts'
import type { CollectionMemory } from '../../../records/documents/collection-memory.ts'
import { variableNames } from '../../../text/variable-names.ts'
import type { Environments } from '../../environments/environments.ts'
import type { OwnFolder } from '../../requests/scope/file-word.ts'
import { partWithin } from '../../requests/scope/own-files.ts'
import type { CollectionMemories } from '../collection-memory.ts'
import type { OpenedFolders } from '../opened-folders.ts'
import type { RequestPlace } from '../request-choices.ts'
import { commandKey, environmentName, type ExternalValues } from './external-values.ts'
import type { PlacedSignIn } from '../sign-in/shared-sign-ins.ts'
import { inheritedSignIn, nearestSettings } from './inherit.ts'
import { readScopeFiles, type ScopeFiles } from './scope-files.ts'
import { declaredCommands, scopeLayers, type ScopeLayer } from './scope-layers.ts'
import { layerOf, usedNames } from './used-names.ts'

interface Dependencies {
  folders: OpenedFolders
  disk: Pick<CollectionDisk, 'read' | 'readDotenv' | 'holds'>
  memories: CollectionMemories
  external: ExternalValues
  /** Of the profile's environment. */
  variables: Pick<Environments, 'values'>
}

/** What is read of a request's surroundings. */
export interface Surroundings {
  own: OwnFolder
  files: ScopeFiles
  memory: CollectionMemory
  before: ScopeLayer[]
  behind: ScopeLayer[]
  /** The file of the request itself, where there is one that can be read. */
  request?: RequestFile
}

/** Reads what is around a request, and what its variables stand for. Codes: `collection_unknown`, those of the vault. */
export function createSurroundings({ folders, disk, memories, external, variables }: Dependencies) {
  async function around({ collectionId, path }: RequestPlace): Promise<Result<Surroundings>> {
    const folder = folders.find(collectionId)
    if (!folder.ok) return folder
    const memory = memories.open(collectionId)
    if (!memory.ok) return memory
    const files = await readScopeFiles(disk, folder.value, path)
    if (!files.ok) return files
    const text = /\/?$/.exec(path)?.[0] === '/' ? undefined : await disk.read(folder.value.folder, path)
    const read = text?.ok === true ? readRequest(text.value.text) : undefined
    return ok({
      own: ownFolder(folder.value.folder),
      files: files.value,
      memory: memory.value,
      ...scopeLayers(files.value, memory.value, path),
      ...(read?.ok === true && { request: read.request }),
    })
  }

  /** A folder's own files: whoever wrote their paths wrote them. */
  function ownFolder(folder: string): OwnFolder {
    return {
      folder,
      isOwn: async (path) => {
        const within = partWithin(folder, path)
        return within !== undefined && disk.holds(folder, within)
      },
    }
  }

  /** What is lacking of these names, and of what they name in turn. */
  function lackingOf(
    { files, memory, before, behind }: Surroundings,
    names: readonly string[],
    own: readonly Pair[],
  ): Result<MissingNames & { used: Set<string> }> {
    const profile = variables.values()
    if (!profile.ok) return profile
    const mine = {
      from: 'this request',
      values: ownVariables({ variables: [...own] }),
      expands: true,
      lacking: new Map(),
    }
    const layers: ScopeLayer[] = [...before, mine, ...behind]
    const commands = declaredCommands(files)
    const used = usedNames(names, layers)
    const missing: MissingNames = {
      unknown: [],
      secrets: [],
      environment: [],
      commands: [],
      stale: [],
      files: [],
    }
    for (const name of used) {
      const layer = layerOf(name, layers)
      const file = layer?.lacking.get(name)
      const outside = environmentName(name)
      const command = commands.get(name)
      if (layer?.stale === true) missing.stale.push(name)
      if (file !== undefined) missing.secrets.push({ name, file, from: layer?.from ?? '' })
      else if (layer !== undefined || Object.hasOwn(dynamicTable, name)) continue
      else if (outside !== undefined) {
        if (!external.has(outside)) missing.unknown.push(name)
        else if (!memory.names.includes(outside)) missing.environment.push(outside)
      } else if (command !== undefined) {
        if (!memory.commands.includes(commandKey(command))) missing.commands.push({ name, command })
      } else if (!profile.value.has(name)) missing.unknown.push(name)
    }
    return ok({ ...missing, used })
  }

  /** What variables in the names of files stand for. Nothing is put in for those that differ at each sending. */
  async function lookupFor(
    found: Surroundings,
    files: readonly string[],
    own: readonly Pair[],
  ): Promise<Result<Lookup>> {
    const lacking = lackingOf(found, files.flatMap(variableNames), own)
    if (!lacking.ok) return lacking
    const outside = await external.layers(lacking.value.used, declaredCommands(found.files), found.memory)
    if (!outside.ok) return outside
    const profile = variables.values()
    if (!profile.ok) return profile
    const { environment, commands } = outside.value
    const mine = { values: ownVariables({ variables: [...own] }), expands: true }
    const last = { values: profile.value, expands: false }
    return ok(layeredVariables([...found.before, mine, ...found.behind, environment, commands, last]))
  }

  /** Variables that are in files, were entered or captured: nothing of them is read from the computer. */
  function plainLookup({ before, behind }: Surroundings, own: readonly Pair[]): Lookup {
    const mine = { values: ownVariables({ variables: [...own] }), expands: true }
    return layeredVariables([...before, mine, ...behind])
  }

  return { around, lackingOf, lookupFor, plainLookup }
}

export type ReadSurroundings = ReturnType<typeof createSurroundings>

/** How a request is sent by the word of what is above it. */
export function settingsAround({ files }: Surroundings) {
  return nearestSettings(
    files.levels.map(({ from, container }) => ({ from, settings: container.defaults.settings })),
  )
}

/** How one signs in: by the request's own word, or by what it inherits. */
export function signInAround({ files, request }: Surroundings): PlacedSignIn | undefined {
  if (request?.signIn !== undefined)
    return { signIn: request.signIn, from: 'this request', file: '', own: true }
  const placed = inheritedSignIn(files.levels)
  return placed && { ...placed, own: false }
}
