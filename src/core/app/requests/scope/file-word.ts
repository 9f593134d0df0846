import type { RequestDraft } from '@contract/requests'
import { fail, ok, type Failure, type Result } from '@contract/result'
import { filesOfBody } from '@contract/tables/body-kinds'
import { resolveText, type Lookup } from '../../../http/variables.ts'
import { withoutSecrets } from '../../../http/without-secrets.ts'
import type { WireRequest } from '../../../http/wire.ts'
import { longestPath } from '../../../records/documents/collection-memory.ts'
import { variableNames } from '../../../text/variable-names.ts'
import { wholePath } from './own-files.ts'

/** Of a collection: where paths begin that are not whole, and which of them are files of the folder itself, which need
 *  no word. */
export interface OwnFolder {
  folder: string
  isOwn: (path: string) => Promise<boolean>
}

/** Why a request must not be sent yet: it sends a file that was not allowed. `whole` is the draft as it is written,
 *  `resolved` the same with its variables put in, from which the request was made. Code: `file_not_allowed`. */
export async function refusedFile(
  { pieces = [] }: Pick<WireRequest, 'pieces'>,
  { allowed, own }: { allowed: readonly string[]; own: OwnFolder | undefined },
  { whole, resolved }: { whole: Pick<RequestDraft, 'body'>; resolved: Pick<RequestDraft, 'body'> },
  variables: Lookup,
): Promise<{ ok: false; error: Failure } | undefined> {
  const [written, named] = [filesOfBody(whole.body), filesOfBody(resolved.body)]
  const sent = pieces.flatMap((piece) => ('file' in piece ? [piece.file] : []))
  for (const [at, file] of sent.entries()) {
    const name = named[at] ?? ''
    const isOwn = own !== undefined && wholePath(own.folder, name) === file && (await own.isOwn(name))
    if (isOwn || allowed.includes(file)) continue
    const shown = shownFile(written[at] ?? '', variables, own?.folder)
    return fail(
      'file_not_allowed',
      `“${shown.slice(0, 300)}” would be sent, a file of this computer that you have not allowed yet. Nothing was sent.`,
      'Open the request and allow the file there, once, or choose it in the Body tab.',
    )
  }
  return undefined
}

/** A file as a request names it, and with its variables put in but for secrets. */
export interface FileToAllow {
  file: string
  shown: string
}

/** Those of the files that were not allowed yet, each once. */
export function filesToAllow(
  files: readonly string[],
  variables: Lookup,
  allowed: readonly string[],
): FileToAllow[] {
  return [...new Set(files)].flatMap((file) => {
    const path = resolvedFile(file, variables)
    return path === undefined || allowed.includes(path) ? [] : [{ file, shown: shownFile(file, variables) }]
  })
}

/** The same of a collection, without the files of its folder. */
export async function foreignFiles(
  files: readonly string[],
  variables: Lookup,
  allowed: readonly string[],
  { folder, isOwn }: OwnFolder,
): Promise<FileToAllow[]> {
  const found: FileToAllow[] = []
  for (const file of new Set(files)) {
    const path = resolvedFile(file, variables)
    if (path === undefined || allowed.includes(wholePath(folder, path)) || (await isOwn(path))) continue
    found.push({ file, shown: shownFile(file, variables, folder) })
  }
  return found
}

/** The path that is sent, if the file still is the one that the user has seen. Code: `collection_changed`. */
export function fileSeen({ file, shown }: FileToAllow, variables: Lookup, folder?: string): Result<string> {
  const path = resolvedFile(file, variables)
  return path === undefined || shownFile(file, variables, folder) !== shown
    ? fail(
        'collection_changed',
        'A variable in the file’s path was just changed elsewhere.',
        'Look at it, then try again.',
      )
    : ok(folder === undefined ? path : wholePath(folder, path))
}

/** The path as the request says it, with its variables put in; nothing where some of it is not known. */
function resolvedFile(file: string, variables: Lookup): string | undefined {
  const isKnown = variableNames(file).every((name) => {
    const found = variables.get(name)
    return found !== undefined && (found.unknown ?? []).length === 0
  })
  const { text } = resolveText(file, variables)
  return isKnown && text.length <= longestPath ? text : undefined
}

/** A path with its variables put in, and a placeholder in the place of each secret. */
function shownFile(file: string, variables: Lookup, folder?: string): string {
  const { text } = resolveText(file, withoutSecrets(variables))
  // What begins with a secret may be a whole path.
  return folder === undefined || text.startsWith('<') ? text : wholePath(folder, text)
}
