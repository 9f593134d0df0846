import type { RequestDraft } from '@contract/requests'
import { ok, type Result } from '@contract/result'
import { editRequest } from '../../collections/edit-request.ts'
import { newRequest } from '../../collections/new-files.ts'
import { readRequest } from '../../collections/read-request.ts'
import type { DraftSecrets } from '../../http/draft-secrets.ts'
import type { RequestChoices } from './request-choices.ts'

/** The text of a new request, and what of its draft is not for the file. Codes: `collection_edit`. */
export function freshRequest(
  { split }: Pick<RequestChoices, 'split'>,
  name: string,
  draft?: RequestDraft,
): Result<{ text: string; open?: RequestDraft; secrets: DraftSecrets }> {
  const text = newRequest(name)
  const blank = readRequest(text)
  if (draft === undefined || !blank.ok) return ok({ text, secrets: {} })
  const parted = split(draft, blank.request.draft)
  if (!parted.ok) return parted
  const { open, secrets } = parted.value
  const edited = editRequest(blank.request, name, open)
  return edited.ok ? ok({ text: edited.value, open, secrets }) : edited
}
