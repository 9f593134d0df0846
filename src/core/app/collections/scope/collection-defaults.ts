import type { ContainerAuth, DefaultsView, FileVariable } from '@contract/collection-scope'
import type { SendSettings } from '@contract/sending/settings'
import type { Pair } from '@contract/requests'
import { fail, ok, type Result } from '@contract/result'
import { pairIn } from '../../../collections/address.ts'
import { fileNameFor } from '../../../collections/file-name.ts'
import { newEnvironment } from '../../../collections/new-files.ts'
import { readDefaults } from '../../../collections/read-container.ts'
import {
  containerAuthOf,
  editContainerAuth,
  editContainerSettings,
} from '../../../collections/scope/edit-container.ts'
import { editDefaults, editEnvironment } from '../../../collections/scope/edit-defaults.ts'
import { variablesOf } from '../../../collections/scope/edit-variables.ts'
import { readEnvironment } from '../../../collections/scope/read-environment.ts'
import { nameOfPath } from '../../../collections/tree.ts'
import { shortestSecret } from '../../../http/variables.ts'
import type { CollectionDisk } from '../../../records/collection-disk.ts'
import type { CollectionMemories } from '../collection-memory.ts'
import { rootFile } from '../../../collections/look.ts'
import type { OpenedFolders } from '../opened-folders.ts'
import type { RequestPlace } from '../request-choices.ts'
import {
  brokenFile,
  changedElsewhere,
  fileOfContainer,
  isEnvironment,
  readContainerText,
} from './container-text.ts'
import { enteredFields, partAuth } from './auth-secrets.ts'
import { commandKey } from './external-values.ts'
import { readScopeFiles } from './scope-files.ts'
import { declaredCommands, secretKey } from './scope-layers.ts'

interface Dependencies {
  folders: OpenedFolders
  disk: CollectionDisk
  memories: CollectionMemories
  changed: () => void
}

interface SaveInput extends RequestPlace {
  headers: Pair[]
  variables: FileVariable[]
  /** Left out: as it is. */
  auth?: ContainerAuth | undefined
  settings?: SendSettings | undefined
  /** What of the file was read. */
  version: string
}

/** Where environments are, within a collection. */
const environmentFolder = 'environments'

/** What folders and collections pass on, and their environments: read, changed, chosen; and what the user enters and
 *  allows for them. Codes: `collection_*`, those of the vault. */
export function createCollectionDefaults({ folders, disk, memories, changed }: Dependencies) {
  async function read(place: RequestPlace): Promise<Result<DefaultsView>> {
    const folder = folders.find(place.collectionId)
    if (!folder.ok) return folder
    const disked = await readContainerText(disk, folder.value, place.path)
    if (!disked.ok) return disked
    const memory = memories.open(place.collectionId)
    if (!memory.ok) return memory
    const { text, version } = disked.value
    const file = fileOfContainer(place.path)
    const withEntered = (all: FileVariable[]): DefaultsView['variables'] =>
      all.map((each) =>
        each.secret
          ? { ...each, entered: Object.hasOwn(memory.value.secrets, secretKey(file, each.name)) }
          : each,
      )
    if (isEnvironment(place.path)) {
      const parsed = readEnvironment(text)
      if (!parsed.ok) return brokenFile(file, parsed.fault)
      const { name, variables } = parsed.environment
      return ok({
        name: name || nameOfPath(file),
        headers: [],
        variables: withEntered(variablesOf(variables)),
        version,
      })
    }
    const parsed = readDefaults(text)
    if (!parsed.ok) return brokenFile(file, parsed.fault)
    const { name, defaults, file: yaml } = parsed.container
    const auth = containerAuthOf(yaml)
    return ok({
      name: name || nameOfPath(place.path === '' ? folder.value.folder.replaceAll('\\', '/') : place.path),
      headers: defaults.headers.map(pairIn),
      variables: withEntered(variablesOf(defaults.variables)),
      auth,
      entered: enteredFields(auth, file, memory.value),
      settings: defaults.settings,
      version,
    })
  }

  function editedText(
    { path }: RequestPlace,
    text: string,
    { headers, variables, settings }: SaveInput,
    auth: ContainerAuth | undefined,
  ): Result<string> {
    if (isEnvironment(path)) {
      const parsed = readEnvironment(text)
      return parsed.ok ? editEnvironment(parsed.environment, variables) : brokenFile(path, parsed.fault)
    }
    const parsed = readDefaults(text)
    if (!parsed.ok) return brokenFile(fileOfContainer(path), parsed.fault)
    const edited = editDefaults(parsed.container, { headers, variables })
    if (!edited.ok) return edited
    const called = auth === undefined ? edited : editContainerAuth(edited.value, auth)
    return called.ok && settings !== undefined ? editContainerSettings(called.value, settings) : called
  }

  /** What of an auth the file may have, and what of it is kept here. */
  function partedAuth({ path, auth }: SaveInput, text: string): ReturnType<typeof partAuth> | undefined {
    const read = auth === undefined || isEnvironment(path) ? undefined : readDefaults(text)
    if (auth === undefined || read?.ok !== true) return undefined
    return partAuth(auth, containerAuthOf(read.container.file), fileOfContainer(path))
  }

  return {
    read,
    /** Writes what was changed, if the file still is what was read. The values of secret variables are kept in the
     *  vault. Codes: `collection_changed`, `variable_secret_short`. */
    async save(input: SaveInput): Promise<Result<DefaultsView>> {
      const folder = folders.find(input.collectionId)
      if (!folder.ok) return folder
      const short = input.variables.find(
        ({ secret, value }) => secret && value !== '' && value.length < shortestSecret,
      )
      if (short) return tooShort(short.name)
      const disked = await readContainerText(disk, folder.value, input.path)
      if (!disked.ok) return disked
      const { text: before, version } = disked.value
      if (version !== input.version) return changedElsewhere(fileOfContainer(input.path))
      const auth = partedAuth(input, before)
      const weak = Object.values(auth?.secrets ?? {}).find((value) => value.length < shortestSecret)
      if (weak !== undefined) return tooShort('auth')
      const text = editedText(input, before, input, auth?.open)
      if (!text.ok) return text
      if (text.value !== before) {
        const expected = version === '' ? null : version
        const written = await disk.write(
          folder.value.folder,
          fileOfContainer(input.path),
          text.value,
          expected,
        )
        if (!written.ok) return written
        if (!written.value.written) return changedElsewhere(fileOfContainer(input.path))
      }
      const entered = input.variables.filter(({ secret, value }) => secret && value !== '')
      if (entered.length > 0 || Object.keys(auth?.secrets ?? {}).length > 0) {
        const kept = memories.change(input.collectionId, (memory) => ({
          ...memory,
          secrets: {
            ...memory.secrets,
            ...auth?.secrets,
            ...Object.fromEntries(
              entered.map(({ name, value }) => [secretKey(fileOfContainer(input.path), name), value]),
            ),
          },
        }))
        if (!kept.ok) return kept
      }
      await folder.value.reader.refresh()
      changed()
      return read(input)
    },
    async createEnvironment({
      collectionId,
      name,
    }: {
      collectionId: string
      name: string
    }): Promise<Result<{ path: string }>> {
      const folder = folders.find(collectionId)
      if (!folder.ok) return folder
      const { folder: root, reader } = folder.value
      if (!reader.hasFolder(environmentFolder)) {
        const made = await disk.makeFolder(root, environmentFolder)
        if (!made.ok) return made
      }
      const path = `${environmentFolder}/${fileNameFor(name, '.yml', reader.namesIn(environmentFolder))}`
      const written = await disk.write(root, path, newEnvironment(name), null)
      if (!written.ok) return written
      const chosen = memories.change(collectionId, (memory) => ({ ...memory, environment: path }))
      if (!chosen.ok) return chosen
      await reader.refresh()
      changed()
      return ok({ path })
    },
    /** Chooses an environment of the collection, or none. */
    useEnvironment({ collectionId, path }: { collectionId: string; path: string | null }): Result<null> {
      const folder = folders.find(collectionId)
      if (!folder.ok) return folder
      const chosen = memories.change(collectionId, ({ environment: _before, ...memory }) => ({
        ...memory,
        ...(path !== null && { environment: path }),
      }))
      if (chosen.ok) changed()
      return chosen
    },
    /** Keeps the value of a secret variable that a file declares. Code: `variable_secret_short`. */
    enterSecret({
      collectionId,
      file,
      name,
      value,
    }: {
      collectionId: string
      file: string
      name: string
      value: string
    }): Result<null> {
      const folder = folders.find(collectionId)
      if (!folder.ok) return folder
      if (value.length < shortestSecret) return tooShort(name)
      const kept = memories.change(collectionId, (memory) => ({
        ...memory,
        secrets: { ...memory.secrets, [secretKey(file, name)]: value },
      }))
      if (kept.ok) changed()
      return kept
    },
    /** Allows a name of the computer's environment, for this collection. */
    allowName({ collectionId, name }: { collectionId: string; name: string }): Result<null> {
      const folder = folders.find(collectionId)
      if (!folder.ok) return folder
      const kept = memories.change(collectionId, (memory) => ({
        ...memory,
        names: [...new Set([...memory.names, name])],
      }))
      if (kept.ok) changed()
      return kept
    },
    /** Allows the command of a variable, if it still is the one that the user has seen. Code: `collection_changed`. */
    async allowCommand({
      collectionId,
      name,
      command,
    }: {
      collectionId: string
      name: string
      command: string[]
    }): Promise<Result<null>> {
      const folder = folders.find(collectionId)
      if (!folder.ok) return folder
      const files = await readScopeFiles(disk, folder.value, '')
      if (!files.ok) return files
      const declared = declaredCommands(files.value).get(name)
      const key = commandKey(command)
      if (declared === undefined || commandKey(declared) !== key) return changedElsewhere(rootFile)
      const kept = memories.change(collectionId, (memory) => ({
        ...memory,
        commands: [...new Set([...memory.commands, key])],
      }))
      if (kept.ok) changed()
      return kept
    },
  }
}

function tooShort(name: string) {
  return fail(
    'variable_secret_short',
    `The secret “${name}” is shorter than ${shortestSecret} characters: it cannot be masked reliably.`,
    'Use a longer one.',
  )
}
