import { fail, ok, type Result } from '@contract/result'
import type { Pair } from '@contract/requests'
import { isMap } from 'yaml'
import { pairIn } from '../address.ts'
import { createMapEdit, newRow } from '../edit-rows.ts'
import {
  fileVariables,
  newVariables,
  sameVariables,
  setVariables,
  variablesOf,
  type FileVariable,
} from './edit-variables.ts'
import { plainOf, withoutNames } from '../plain.ts'
import { readDefaults, type ContainerFile } from '../read-container.ts'
import { readEnvironment, type EnvironmentFile } from './read-environment.ts'
import type { NewEntries } from '../scalar-text.ts'
import { createSplices } from '../splices.ts'
import { valueOf, type YamlFile } from '../yaml-file.ts'

/** What is changed of the file of a folder or a collection. */
export interface DefaultsDraft {
  headers: Pair[]
  variables: FileVariable[]
}

/** The text of opencollection.yml or folder.yml that passes these on; all else stays to the byte. Code:
 *  `collection_edit`. */
export function editDefaults({ file, defaults }: ContainerFile, draft: DefaultsDraft): Result<string> {
  const headers = draft.headers.filter(({ name, value }) => name.trim() !== '' || value !== '').map(pairIn)
  const variables = fileVariables(draft.variables)
  const isSame = {
    headers: JSON.stringify(headers) === JSON.stringify(defaults.headers.map(pairIn)),
    variables: sameVariables(variables, variablesOf(defaults.variables)),
  }
  const splices = createSplices(file.text)
  const request = valueOf(file, file.root, 'request')
  if (isMap(request) && request.items.length > 0) {
    const edit = createMapEdit(file, request, splices, requestOrder)
    if (!isSame.headers) edit.setRows('headers', defaults.headers, headers)
    if (!isSame.variables) setVariables(edit, defaults.variables, variables)
  } else {
    const fresh: NewEntries = []
    if (headers.length > 0) fresh.push(['headers', headers.map((row) => newRow(row, []))])
    if (variables.length > 0) fresh.push(['variables', newVariables(variables)])
    if (fresh.length > 0) createMapEdit(file, file.root, splices, rootOrder).replace('request', fresh)
  }
  return judged(
    file,
    splices.write(),
    (text) => {
      const read = readDefaults(text)
      if (!read.ok) return undefined
      const now = read.container.defaults
      const isWanted =
        JSON.stringify(now.headers.map(pairIn)) === JSON.stringify(headers) &&
        sameVariables(variablesOf(now.variables), variables)
      return isWanted ? read.container.file : undefined
    },
    ({ request: all, ...rest }) => [withoutNames(all ?? {}, ['headers', 'variables']), rest],
  )
}

/** The text of a file of `environments` with these variables; all else stays to the byte. Code: `collection_edit`. */
export function editEnvironment(
  { file, variables: was }: EnvironmentFile,
  draft: readonly FileVariable[],
): Result<string> {
  const variables = fileVariables(draft)
  const splices = createSplices(file.text)
  if (!sameVariables(variables, variablesOf(was)))
    setVariables(
      createMapEdit(file, file.root, splices, ['name', 'color', 'description', 'variables']),
      was,
      variables,
    )
  return judged(
    file,
    splices.write(),
    (text) => {
      const read = readEnvironment(text)
      return read.ok && sameVariables(variablesOf(read.environment.variables), variables)
        ? read.environment.file
        : undefined
    },
    (all) => withoutNames(all, ['variables']),
  )
}

/** The order of names, as Bruno writes it. */
const rootOrder = ['opencollection', 'info', 'config', 'items', 'request', 'docs']
const requestOrder = ['headers', 'metadata', 'auth', 'variables', 'actions', 'scripts', 'settings']

/** The new text, if it says what is wanted and everything else as before. */
function judged(
  before: YamlFile,
  text: string | undefined,
  read: (text: string) => YamlFile | undefined,
  others: (all: Record<string, unknown>) => unknown,
): Result<string> {
  const after = text === undefined ? undefined : read(text)
  const isKept =
    after !== undefined && JSON.stringify(others(plainOf(after))) === JSON.stringify(others(plainOf(before)))
  return isKept && text !== undefined
    ? ok(text)
    : fail(
        'collection_edit',
        'This change cannot be written into the file without changing other parts of it.',
        'Change the file in a text editor: Gatehouse updates at once.',
      )
}
