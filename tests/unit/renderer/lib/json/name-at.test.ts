import { describe, expect, it } from 'vitest'
import { nameAt } from '../../../../../src/renderer/src/lib/json/name-at.ts'

/** Where `|` is. */
const at = (text: string) => nameAt(text.replace('|', ''), text.indexOf('|'))

describe('the name that is typed', () => {
  it.each([
    ['{"|', { from: 1, to: 2, typed: '', hasColon: false, others: [] }],
    ['{"ex|', { from: 1, to: 4, typed: 'ex', hasColon: false }],
    ['{"iss": "a", "e|x": 1}', { from: 13, to: 17, typed: 'ex', hasColon: true, others: ['iss'] }],
    ['{\n  "iss": 1,\n  "|\n}', { typed: '', others: ['iss'], to: 17 }],
    ['{"iss": "a",|', { from: 12, to: 12, typed: '' }],
    ['{"a": {"b": [1, {"c": 2}]}, "d|', { typed: 'd', others: ['a'] }],
    ['{"a\\"b": 1, "|', { others: ['a\\"b'] }],
  ])('%s', (text, expected) => expect(at(text)).toMatchObject(expected))

  it.each([
    ['{"iss": "|'],
    ['{"iss"|: 1}'],
    ['{"aud": ["|'],
    ['{"aud": ["a", "|'],
    ['{"cnf": {"j|'],
    ['{"n": 1|'],
    ['{"a": 1} |'],
    ['|{'],
    ['["|'],
  ])('is none in %s', (text) => expect(at(text)).toBeNull())
})
