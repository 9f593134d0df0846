import type { RequestBody, RequestDraft } from '@contract/requests.ts'
import { bodyKindTable } from '@contract/tables/body-kinds.ts'
import type { OtherAuths, OtherBodies } from '../../lib/tabs/tab.ts'
import { withAuthPutBy } from './auths.ts'

interface PutBy {
  draft: RequestDraft
  bodies?: OtherBodies
  auths?: OtherAuths
}

/** A draft with a part of it changed. Where that is the kind of its body or of its auth, the one of before is put by for
 *  its return. */
export function withPart({ draft, bodies, auths }: PutBy, part: Partial<RequestDraft>): PutBy {
  const now = { ...draft, ...part }
  return {
    draft: now,
    bodies: now.body.kind === draft.body.kind ? bodies : { ...bodies, [draft.body.kind]: draft.body },
    auths: withAuthPutBy(auths, draft.auth, now.auth),
  }
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
