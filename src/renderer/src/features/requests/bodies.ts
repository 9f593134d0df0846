import type { RequestBody, RequestDraft } from '@contract/requests.ts'
import { bodyKindTable } from '@contract/tables/body-kinds.ts'
import type { OtherBodies } from '../../lib/tabs/tab.ts'

interface Bodied {
  draft: RequestDraft
  bodies?: OtherBodies
}

/** A draft with a part of it changed. Where that is the body's kind, the body of before is put by for its return. */
export function withPart({ draft, bodies }: Bodied, part: Partial<RequestDraft>): Bodied {
  const now = { ...draft, ...part }
  if (now.body.kind === draft.body.kind) return { draft: now, bodies }
  return { draft: now, bodies: { ...bodies, [draft.body.kind]: draft.body } }
}

/** The body of another kind: as it was under it last, else with the text or the fields of this one where both have
 *  them. */
export function bodyOfKind(
  kind: RequestBody['kind'],
  before: RequestBody,
  bodies: OtherBodies = {},
): RequestBody {
  const earlier = bodies[kind]
  const text = 'text' in before ? before.text : undefined
  switch (kind) {
    case 'none':
      return { kind }
    case 'form':
      return earlier?.kind === kind ? earlier : { kind, fields: fieldsOf(before) }
    case 'multipart':
      return earlier?.kind === kind ? earlier : { kind, parts: fieldsOf(before) }
    case 'json':
    case 'xml':
      return { kind, text: text ?? (earlier?.kind === kind ? earlier.text : '') }
    case 'text': {
      const { contentType } = bodyKindTable.text
      const known = earlier?.kind === kind ? earlier : { kind, text: '', contentType }
      return { ...known, text: text ?? known.text }
    }
    case 'file':
      return earlier?.kind === kind ? earlier : { kind, path: '', contentType: '' }
    case 'graphql':
      return earlier?.kind === kind ? earlier : { kind, query: '', variables: '' }
  }
}

function fieldsOf(before: RequestBody) {
  if (before.kind === 'form') return before.fields
  if (before.kind !== 'multipart') return []
  return before.parts.flatMap(({ name, value, enabled, files }) => (files ? [] : { name, value, enabled }))
}
