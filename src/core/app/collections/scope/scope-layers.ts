import type { ScopeVariable } from '@contract/collection-scope'
import { defined } from '@contract/defined'
import { commandsOf } from '../../../collections/scope/read-commands.ts'
import type { VariableRow } from '../../../collections/scope/read-variables.ts'
import type { VariableLayer } from '../../../http/variable-layers.ts'
import { shortestSecret, type VariableValue } from '../../../http/variables.ts'
import type { CollectionMemory } from '../../../records/documents/collection-memory.ts'
import { folderOf } from '@contract/tables/item-kinds'
import { nameOfPath } from '../../../collections/tree.ts'
import { capturedAt, type CapturePlace } from './captured-values.ts'
import type { ScopeEnvironment, ScopeFiles } from './scope-files.ts'

/** Variables of one place, with what is said of them. */
export interface ScopeLayer extends VariableLayer {
  from: string
  /** Declared as secret, and not entered by this user yet, by the file that declares them. */
  lacking: ReadonlyMap<string, string>
  /** Captured, and the last response had no value for them. */
  stale?: true
  /** From a response; `first`: before the request’s own. */
  captured?: ScopeVariable['captured']
}

/** Where captured values are from, in words; where the last response had none, the one before. */
const earlierResponse = 'an earlier response'
const notTheLast = `${earlierResponse}, not the last`

/** The name of a secret value in the memory of a collection. */
export function secretKey(file: string, name: string): string {
  return `${file}:${name}`
}

/** What a name of the computer's environment, or of `.env`, begins with: as Bruno writes it. */
export const processPrefix = 'process.env.'

/** The variables around a request (`path`) but for its own, the nearest place first, as Bruno has it: what was captured
 *  is before the request (`before`), if not for a place further out; behind it are its folders, the environment, and the collection. */
export function scopeLayers(
  files: ScopeFiles,
  memory: CollectionMemory,
  path: string,
): { before: ScopeLayer[]; behind: ScopeLayer[] } {
  function captured(place: CapturePlace, where?: string): ScopeLayer[] {
    const words = (from: string): string => (where === undefined ? from : `${from}, for ${where}`)
    const from = { captured: where === undefined ? 'first' : 'behind' } as const
    return [
      { ...asIs(words(earlierResponse), capturedAt(memory, place)), ...from },
      { ...asIs(words(notTheLast), capturedAt(memory, place, true)), ...from, stale: true },
    ]
  }
  const dotenv = new Map(
    [...files.dotenv].map(([name, value]): [string, VariableValue] => [
      `${processPrefix}${name}`,
      { value, secret: value.length >= shortestSecret },
    ]),
  )
  const levelAt = (scope: 'folder' | 'collection', place: string): ScopeLayer[] => [
    ...captured(
      { scope, path: place },
      scope === 'folder' ? `folder ${nameOfPath(place)}` : 'the collection',
    ),
    ...files.levels
      .filter(({ file }) => folderOf(file) === place)
      .flatMap(({ file, from, container }) => fileLayers(file, from, container.defaults.variables, memory)),
  ]
  return {
    before: [...captured({ scope: 'runtime', path: '' }), ...captured({ scope: 'request', path })],
    behind: [
      asIs('.env', dotenv),
      ...foldersAbove(path).flatMap((folder) => levelAt('folder', folder)),
      ...captured({ scope: 'environment', path: memory.environment ?? '' }, 'the environment'),
      ...chosenEnvironments(files.environments, memory.environment).flatMap(({ path, name, environment }) =>
        fileLayers(path, `environment ${name}`, environment?.variables ?? [], memory),
      ),
      ...levelAt('collection', ''),
    ],
  }
}

/** The folders that a path is in, the nearest first. */
function foldersAbove(path: string): string[] {
  const folder = folderOf(path)
  return folder === '' ? [] : [folder, ...foldersAbove(folder)]
}

/** The environment that is chosen, and those that it extends. */
function chosenEnvironments(
  all: readonly ScopeEnvironment[],
  chosen: string | undefined,
): ScopeEnvironment[] {
  const found: ScopeEnvironment[] = []
  let next = all.find(({ path }) => path === chosen)
  while (next && !found.includes(next)) {
    found.push(next)
    const base = next.environment?.extends
    next = base === undefined ? undefined : all.find(({ name }) => name === base)
  }
  return found
}

/** The commands that a collection declares, by the names of their variables. */
export function declaredCommands({ levels }: ScopeFiles): Map<string, string[]> {
  const collection = levels.find(({ file }) => !file.includes('/'))
  return collection ? commandsOf(collection.container.file) : new Map<string, string[]>()
}

/** What is in a file may name others; what was entered for it is taken as it is. */
function fileLayers(
  file: string,
  from: string,
  rows: readonly VariableRow[],
  { secrets }: CollectionMemory,
): ScopeLayer[] {
  const open = new Map<string, VariableValue>()
  const entered = new Map<string, VariableValue>()
  const lacking = new Map<string, string>()
  for (const { name, value, enabled, secret } of rows) {
    if (!enabled || name === '') continue
    const key = secretKey(file, name)
    if (secret !== true) open.set(name, { value, secret: false })
    else if (Object.hasOwn(secrets, key)) entered.set(name, { value: secrets[key] ?? '', secret: true })
    else lacking.set(name, file)
  }
  return [
    { from, values: entered, expands: false, lacking },
    { from, values: open, expands: true, lacking: new Map() },
  ]
}

function asIs(from: string, values: ReadonlyMap<string, VariableValue>): ScopeLayer {
  return { from, values, expands: false, lacking: new Map() }
}

/** The variables as the page may see them, each name once. */
export function variablesSeen(layers: readonly ScopeLayer[], commands: Iterable<string>): ScopeVariable[] {
  const seen = new Map<string, ScopeVariable>()
  for (const { from, values, lacking, captured } of layers) {
    for (const [name, { value, secret }] of values)
      if (!seen.has(name))
        seen.set(name, {
          name,
          secret,
          from,
          ...defined({ value: secret ? undefined : value.slice(0, shown), captured }),
        })
    for (const name of lacking.keys()) if (!seen.has(name)) seen.set(name, { name, secret: true, from })
  }
  for (const name of commands) if (!seen.has(name)) seen.set(name, { name, secret: true, from: 'a command' })
  return [...seen.values()]
}

/** Characters of a value that a page is given to show. */
const shown = 500
