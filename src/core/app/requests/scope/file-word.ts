import type { RequestDraft } from '@contract/requests'
import { fail, ok, type Failure, type Result } from '@contract/result'
import { filesOfBody } from '@contract/tables/body-kinds'
import { resolveText, type Lookup } from '../../../http/variables.ts'
import { withoutSecrets } from '../../../http/without-secrets.ts'
import type { WireRequest } from '../../../http/wire.ts'
import { longestPath } from '../../../records/documents/collection-memory.ts'
import { variableNames } from '../../../text/variable-names.ts'

/** Why a request must not be sent yet: it sends a file that was not allowed. `draft` is what was resolved to `request`.
 *  Code: `file_not_allowed`. */
export function refusedFile(
  { pieces = [] }: Pick<WireRequest, 'pieces'>,
  allowed: readonly string[],
  { body }: Pick<RequestDraft, 'body'>,
  variables: Lookup,
): { ok: false; error: Failure } | undefined {
  const sent = pieces.flatMap((piece) => ('file' in piece ? [piece.file] : []))
  const at = sent.findIndex((file) => !allowed.includes(file))
  if (at === -1) return undefined
  const shown = shownFile(filesOfBody(body)[at] ?? '', variables)
  return fail(
    'file_not_allowed',
    `“${shown.slice(0, 300)}” would be sent, a file of this computer that you have not allowed yet. Nothing was sent.`,
    'Open the request and allow the file there, once, or choose it in the Body tab.',
  )
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

/** The path that is sent, if the file still is the one that the user has seen. Code: `collection_changed`. */
export function fileSeen({ file, shown }: FileToAllow, variables: Lookup): Result<string> {
  const path = resolvedFile(file, variables)
  return path === undefined || shownFile(file, variables) !== shown
    ? fail(
        'collection_changed',
        'What the file’s name stands for was just changed elsewhere.',
        'Look at it, then try again.',
      )
    : ok(path)
}

/** The path that is sent; nothing where some of it is not known. */
function resolvedFile(file: string, variables: Lookup): string | undefined {
  const isKnown = variableNames(file).every((name) => {
    const found = variables.get(name)
    return found !== undefined && (found.unknown ?? []).length === 0
  })
  const { text } = resolveText(file, variables)
  return isKnown && text.length <= longestPath ? text : undefined
}

/** A path with its variables put in, and a placeholder in the place of each secret. */
function shownFile(file: string, variables: Lookup): string {
  return resolveText(file, withoutSecrets(variables)).text
}
