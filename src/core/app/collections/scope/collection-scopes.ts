import type { MissingNames, ScopeView } from '@contract/collection-scope'
import type { Pair, RequestDraft } from '@contract/requests'
import { fail, ok, type Result } from '@contract/result'
import { authKindTable } from '@contract/tables/auth-kinds'
import { dynamicTable } from '@contract/tables/dynamic-names'
import { layeredVariables } from '../../../http/variable-layers.ts'
import { ownVariables, type Lookup, type VariableValue } from '../../../http/variables.ts'
import type { CollectionDisk } from '../../../records/collection-disk.ts'
import type { CollectionMemory } from '../../../records/documents/collection-memory.ts'
import { variableNames } from '../../../text/variable-names.ts'
import type { Environments } from '../../environments/environments.ts'
import { fileSeen, foreignFiles, type OwnFolder } from '../../requests/scope/file-word.ts'
import { partWithin } from '../../requests/scope/own-files.ts'
import type { RequestScope } from '../../requests/scope/request-scope.ts'
import type { CollectionMemories } from '../collection-memory.ts'
import type { OpenedFolders } from '../opened-folders.ts'
import type { RequestPlace } from '../request-choices.ts'
import { commandKey, environmentName, type ExternalValues } from './external-values.ts'
import { inheritedAuth, inheritedHeaders, nearestSettings, settingWords, withInherited } from './inherit.ts'
import { readScopeFiles, type ScopeFiles } from './scope-files.ts'
import { declaredCommands, scopeLayers, variablesSeen, type ScopeLayer } from './scope-layers.ts'
import { layerOf, namesInDraft, usedNames } from './used-names.ts'

interface Dependencies {
  folders: OpenedFolders
  disk: Pick<CollectionDisk, 'read' | 'readDotenv' | 'holds'>
  memories: CollectionMemories
  external: ExternalValues
  /** Of the profile's environment. */
  variables: Pick<Environments, 'values'>
  changed: () => void
}

/** What is read of a request's surroundings. */
interface Surroundings {
  own: OwnFolder
  files: ScopeFiles
  memory: CollectionMemory
  before: ScopeLayer[]
  behind: ScopeLayer[]
}

/** What comes to a request by where it is: headers, settings and variables of its folders, environment and collection.
 *  Codes: `collection_unknown`, those of the vault. */
export function createCollectionScopes({
  folders,
  disk,
  memories,
  external,
  variables,
  changed,
}: Dependencies) {
  async function around({ collectionId, path }: RequestPlace): Promise<Result<Surroundings>> {
    const folder = folders.find(collectionId)
    if (!folder.ok) return folder
    const memory = memories.open(collectionId)
    if (!memory.ok) return memory
    const files = await readScopeFiles(disk, folder.value, path)
    if (!files.ok) return files
    return ok({
      own: ownFolder(folder.value.folder),
      files: files.value,
      memory: memory.value,
      ...scopeLayers(files.value, memory.value),
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

  function settingsAround({ files }: Surroundings) {
    return nearestSettings(
      files.levels.map(({ from, container }) => ({ from, settings: container.defaults.settings })),
    )
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
    const missing: MissingNames = { unknown: [], secrets: [], environment: [], commands: [], files: [] }
    for (const name of used) {
      const layer = layerOf(name, layers)
      const file = layer?.lacking.get(name)
      const outside = environmentName(name)
      const command = commands.get(name)
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

  return {
    async view(place: RequestPlace): Promise<Result<ScopeView>> {
      const found = await around(place)
      if (!found.ok) return found
      const { files, memory, before, behind } = found.value
      const auth = inheritedAuth(files.levels)
      return ok({
        headers: inheritedHeaders(files.levels),
        auth: auth ? { called: authKindTable[auth.auth.kind].called, from: auth.from } : null,
        variables: variablesSeen([...before, ...behind], declaredCommands(files).keys()),
        settings: settingsAround(found.value).map((each) => ({
          name: each.name,
          text: settingWords(each),
          from: each.from,
        })),
        environments: files.environments.map(({ path, name, fault }) => ({
          path,
          name,
          ...(fault && { fault }),
        })),
        environment: files.environments.find(({ path }) => path === memory.environment)?.path ?? null,
        faults: files.faults,
      })
    },
    /** What a request with these names in it cannot be sent without. */
    async missing({
      names,
      files,
      own,
      ...place
    }: RequestPlace & { names: string[]; files: string[]; own: Pair[] }): Promise<Result<MissingNames>> {
      const found = await around(place)
      if (!found.ok) return found
      const lacking = lackingOf(found.value, names, own)
      if (!lacking.ok) return lacking
      const { used: _used, ...missing } = lacking.value
      if (files.length === 0) return ok(missing)
      const { own: folder, memory } = found.value
      const lookup = await lookupFor(found.value, files, own)
      // Which files these are cannot be told before what their names need is there.
      return ok(
        lookup.ok
          ? { ...missing, files: await foreignFiles(files, lookup.value, memory.files, folder) }
          : missing,
      )
    },
    /** Allows a file to be sent, if it still is the one that the user has seen. Code: `collection_changed`. */
    async allowFile({
      file,
      shown,
      own,
      ...place
    }: RequestPlace & { file: string; shown: string; own: Pair[] }): Promise<Result<null>> {
      const found = await around(place)
      if (!found.ok) return found
      const lookup = await lookupFor(found.value, [file], own)
      if (!lookup.ok) return lookup
      const path = fileSeen({ file, shown }, lookup.value, found.value.own.folder)
      if (!path.ok) return path
      const kept = memories.allowFiles(place.collectionId, [path.value])
      if (kept.ok) changed()
      return kept
    },
    /** For one sending; `data` comes before all else. Codes: `variable_not_entered`, `variable_not_allowed`, those of commands. */
    async scope(
      place: RequestPlace,
      draft: RequestDraft,
      data: ReadonlyMap<string, VariableValue> = new Map(),
    ): Promise<Result<RequestScope>> {
      const found = await around(place)
      if (!found.ok) return found
      const { own, files, memory, behind } = found.value
      const given: ScopeLayer = { from: 'the data', values: data, expands: false, lacking: new Map() }
      const before = [given, ...found.value.before]
      const headers = inheritedHeaders(files.levels)
      const auth = inheritedAuth(files.levels)?.auth
      const inherit = (given: RequestDraft): RequestDraft => withInherited(given, headers, auth)
      const lacking = lackingOf(
        { ...found.value, before },
        namesInDraft(inherit(draft)),
        draft.variables ?? [],
      )
      if (!lacking.ok) return lacking
      const unfit = notReady(lacking.value)
      if (unfit) return unfit
      const outside = await external.layers(lacking.value.used, declaredCommands(files), memory)
      if (!outside.ok) return outside
      return ok({
        before,
        behind: [...behind, outside.value.environment, outside.value.commands],
        inherit,
        files: memory.files,
        own,
        settings: Object.fromEntries(settingsAround(found.value).map(({ name, value }) => [name, value])),
        place: 'this request, its folders, the environment and the collection',
      })
    },
  }
}

/** What has to be entered or allowed first. */
function notReady({ secrets, environment, commands }: MissingNames) {
  const named = (names: readonly string[]): string => names.map((name) => `{{${name}}}`).join(', ')
  if (secrets.length > 0)
    return fail(
      'variable_not_entered',
      `${named(secrets.map(({ name }) => name))} ${secrets.length === 1 ? 'is a secret' : 'are secrets'} that you have not entered yet. Nothing was sent.`,
      'Enter the value above: it is kept in the vault and not in the folder.',
    )
  const asked = [...environment.map((name) => `process.env.${name}`), ...commands.map(({ name }) => name)]
  return asked.length === 0
    ? undefined
    : fail(
        'variable_not_allowed',
        `${named(asked)} would be read from this computer, which you have not allowed yet. Nothing was sent.`,
        'Allow it above, once.',
      )
}
