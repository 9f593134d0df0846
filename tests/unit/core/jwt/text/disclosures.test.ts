import { expect, it } from 'vitest'
import { readDisclosures } from '../../../../../src/core/jwt/text/disclosures.ts'
import { encode } from '../sample.ts'

const unreadable = { readable: false }

it.each([
  ['a claim', encode(['salt', 'given_name', 'Ada']), { readable: true, name: 'given_name', value: '"Ada"' }],
  ['an element of a list', encode(['salt', 'DE']), { readable: true, value: '"DE"' }],
  ['an object', encode(['salt', 'address', { a: 1 }]), { readable: true, name: 'address', value: '{"a":1}' }],
  ['a name that is no text', encode(['salt', 7, null]), { readable: true, name: '7', value: 'null' }],
  ['a salt alone', encode(['salt']), unreadable],
  ['a member too many', encode(['salt', 'a', 'b', 'c']), unreadable],
  ['no list', encode({ length: 2 }), unreadable],
  ['what is nested without end', encode(`["salt",${'['.repeat(99_999)}${']'.repeat(99_999)}]`), unreadable],
  ['no JSON', encode('["salt",'), unreadable],
  ['no base64url', `${encode(['salt', 'DE'])}=`, unreadable],
])('reads a disclosure of %s', (_what, text, expected) => {
  expect(readDisclosures([text])).toEqual([expected])
})

it('keeps the order, and cuts what is too long to show', () => {
  const long = encode(['salt', 'n'.repeat(201), 'v'.repeat(3_000)])
  expect(readDisclosures([long, encode(['salt', 1]), '!'])).toEqual([
    { readable: true, name: 'n'.repeat(200), value: `"${'v'.repeat(1_999)}` },
    { readable: true, value: '1' },
    unreadable,
  ])
  expect(readDisclosures([])).toEqual([])
})
