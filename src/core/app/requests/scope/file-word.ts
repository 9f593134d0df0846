import type { RequestDraft } from '@contract/requests'
import { fail, type Failure } from '@contract/result'
import { filesOfBody } from '@contract/tables/body-kinds'
import { resolveText, type Lookup } from '../../../http/variables.ts'
import { withoutSecrets } from '../../../http/without-secrets.ts'
import type { WireRequest } from '../../../http/wire.ts'

/** Why a request must not be sent yet: it sends a file that was not allowed. `draft` is what was resolved to `request`.
 *  Code: `file_not_allowed`. */
export function refusedFile(
  { pieces = [] }: Pick<WireRequest, 'pieces'>,
  allowed: ReadonlySet<string>,
  { body }: Pick<RequestDraft, 'body'>,
  variables: Lookup,
): { ok: false; error: Failure } | undefined {
  const sent = pieces.flatMap((piece) => ('file' in piece ? [piece.file] : []))
  const at = sent.findIndex((file) => !allowed.has(file))
  if (at === -1) return undefined
  const shown = shownFile(filesOfBody(body)[at] ?? '', variables)
  return fail(
    'file_not_allowed',
    `“${shown.slice(0, 300)}” would be sent, a file of this computer that you have not allowed yet. Nothing was sent.`,
    'Open the request and allow the file there, once, or choose it in the Body tab.',
  )
}

/** A path with its variables put in, and a placeholder in the place of each secret. */
export function shownFile(file: string, variables: Lookup): string {
  return resolveText(file, withoutSecrets(variables)).text
}
