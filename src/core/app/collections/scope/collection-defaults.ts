import type { DefaultsView, FileVariable } from '@contract/collection-scope'
import type { Pair } from '@contract/requests'
import { fail, ok, type Result } from '@contract/result'
import { pairIn } from '../../../collections/address.ts'
import { fileNameFor } from '../../../collections/file-name.ts'
import { newEnvironment, newFolder } from '../../../collections/new-files.ts'
import { readDefaults } from '../../../collections/read-container.ts'
import { editDefaults, editEnvironment } from '../../../collections/scope/edit-defaults.ts'
import { variablesOf } from '../../../collections/scope/edit-variables.ts'
import { readEnvironment } from '../../../collections/scope/read-environment.ts'
import { nameOfPath } from '../../../collections/tree.ts'
import { shortestSecret } from '../../../http/variables.ts'
import type { CollectionDisk, DiskText } from '../../../records/collection-disk.ts'
import type { CollectionMemories } from '../collection-memory.ts'
import { folderFile, rootFile } from '../folder-reader.ts'
import type { OpenedFolders, OpenFolder } from '../opened-folders.ts'
import type { RequestPlace } from '../request-choices.ts'
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
  /** What of the file was read. */
  version: string
}

/** Where environments are, within a collection. */
const environmentFolder = 'environments'

/** What folders and collections pass on, and their environments: read, changed, chosen; and what the user enters and
 *  allows for them. Codes: `collection_*`, those of the vault. */
export function createCollectionDefaults({ folders, disk, memories, changed }: Dependencies) {
  /** The file of a folder, of the collection (an empty path), or of an environment. */
  function fileOf({ path }: RequestPlace): string {
    if (path === '') return rootFile
    return isEnvironment(path) ? path : `${path}/${folderFile}`
  }

  /** What a file says; a folder without one is as if it had one with its name. */
  async function textOf(folder: OpenFolder, place: RequestPlace): Promise<Result<DiskText>> {
    const read = await disk.read(folder.folder, fileOf(place))
    const isFresh =
      !read.ok &&
      read.error.code === 'collection_file_gone' &&
      place.path !== '' &&
      !isEnvironment(place.path)
    return isFresh ? ok({ text: newFolder(nameOfPath(place.path)), version: '' }) : read
  }

  async function read(place: RequestPlace): Promise<Result<DefaultsView>> {
    const folder = folders.find(place.collectionId)
    if (!folder.ok) return folder
    const disked = await textOf(folder.value, place)
    if (!disked.ok) return disked
    const memory = memories.open(place.collectionId)
    if (!memory.ok) return memory
    const { text, version } = disked.value
    const file = fileOf(place)
    const withEntered = (all: FileVariable[]): DefaultsView['variables'] =>
      all.map((each) =>
        each.secret
          ? { ...each, entered: Object.hasOwn(memory.value.secrets, secretKey(file, each.name)) }
          : each,
      )
    if (isEnvironment(place.path)) {
      const parsed = readEnvironment(text)
      if (!parsed.ok) return broken(file, parsed.fault)
      const { name, variables } = parsed.environment
      return ok({
        name: name || nameOfPath(file),
        headers: [],
        variables: withEntered(variablesOf(variables)),
        version,
      })
    }
    const parsed = readDefaults(text)
    if (!parsed.ok) return broken(file, parsed.fault)
    const { name, defaults } = parsed.container
    return ok({
      name: name || nameOfPath(place.path === '' ? folder.value.folder.replaceAll('\\', '/') : place.path),
      headers: defaults.headers.map(pairIn),
      variables: withEntered(variablesOf(defaults.variables)),
      version,
    })
  }

  function editedText(place: RequestPlace, text: string, { headers, variables }: SaveInput): Result<string> {
    if (isEnvironment(place.path)) {
      const parsed = readEnvironment(text)
      return parsed.ok ? editEnvironment(parsed.environment, variables) : broken(place.path, parsed.fault)
    }
    const parsed = readDefaults(text)
    return parsed.ok
      ? editDefaults(parsed.container, { headers, variables })
      : broken(fileOf(place), parsed.fault)
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
      const disked = await textOf(folder.value, input)
      if (!disked.ok) return disked
      const { text: before, version } = disked.value
      if (version !== input.version) return changedElsewhere(fileOf(input))
      const text = editedText(input, before, input)
      if (!text.ok) return text
      if (text.value !== before) {
        const expected = version === '' ? null : version
        const written = await disk.write(folder.value.folder, fileOf(input), text.value, expected)
        if (!written.ok) return written
        if (!written.value.written) return changedElsewhere(fileOf(input))
      }
      const entered = input.variables.filter(({ secret, value }) => secret && value !== '')
      if (entered.length > 0) {
        const kept = memories.change(input.collectionId, (memory) => ({
          ...memory,
          secrets: {
            ...memory.secrets,
            ...Object.fromEntries(entered.map(({ name, value }) => [secretKey(fileOf(input), name), value])),
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
    /** Forgets what was captured from responses. */
    forgetCaptured({ collectionId }: { collectionId: string }): Result<null> {
      const folder = folders.find(collectionId)
      if (!folder.ok) return folder
      const kept = memories.change(collectionId, (memory) => ({ ...memory, captured: {} }))
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

function isEnvironment(path: string): boolean {
  return /^environments\/[^/]+\.ya?ml$/.test(path)
}

function broken(path: string, { line, column, reason }: { line: number; column: number; reason: string }) {
  return fail(
    'collection_fault',
    `“${path}” is broken at line ${line}, column ${column}: ${reason}`,
    'Fix it in a text editor: Gatehouse updates at once.',
  )
}

function changedElsewhere(path: string) {
  return fail('collection_changed', `“${path}” was just changed elsewhere.`, 'Look at it, then try again.')
}

function tooShort(name: string) {
  return fail(
    'variable_secret_short',
    `The secret “${name}” is shorter than ${shortestSecret} characters: it cannot be masked reliably.`,
    'Use a longer one.',
  )
}
