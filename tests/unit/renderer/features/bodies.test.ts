import { expect, it } from 'vitest'
import type { RequestBody } from '../../../../src/core/contract/requests.ts'
import { bodyOfKind, withPart } from '../../../../src/renderer/src/features/requests/bodies.ts'
import { draft } from '../../../support/fake-data.ts'

const field = { name: 'a', value: '1', enabled: true }

/** Changes the kind of body again and again, as the editor does. */
const through = (first: RequestBody, ...kinds: RequestBody['kind'][]): RequestBody => {
  const all: Parameters<typeof withPart>[0] = { draft: { ...draft(), body: first } }
  return kinds.reduce(
    (now, kind) => withPart(now, { body: bodyOfKind(kind, now.draft.body, now.bodies) }),
    all,
  ).draft.body
}

it('keeps the text when the kind is changed and changed back', () => {
  expect(through({ kind: 'json', text: '{"a":1}' }, 'none', 'json')).toEqual({
    kind: 'json',
    text: '{"a":1}',
  })
  expect(through({ kind: 'json', text: '{"a":1}' }, 'form', 'none', 'json')).toEqual({
    kind: 'json',
    text: '{"a":1}',
  })
  const xml: RequestBody = { kind: 'text', text: '<a/>', contentType: 'application/xml' }
  expect(through(xml, 'json', 'form', 'text')).toEqual(xml)
})

it('keeps the fields of a form', () => {
  expect(through({ kind: 'form', fields: [field] }, 'json', 'text', 'form')).toEqual({
    kind: 'form',
    fields: [field],
  })
})

it('takes the text along to the other kind that has one', () => {
  expect(through({ kind: 'json', text: 'x' }, 'text')).toEqual({
    kind: 'text',
    text: 'x',
    contentType: 'text/plain',
  })
})
