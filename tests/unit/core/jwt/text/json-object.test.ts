import { describe, expect, it } from 'vitest'
import { isObject, member, readJsonObject, textMember } from '../../../../../src/core/jwt/text/json-object.ts'

const read = (text: string) => readJsonObject(new TextEncoder().encode(text))
const codeOf = (text: string) => {
  const reading = read(text)
  return reading.ok ? 'ok' : reading.defect.code
}
const nested = (levels: number, open = '[', close = ']') =>
  `{"a":${open.repeat(levels - 1)}1${close.repeat(levels - 1)}}`
const many = (count: number) => `{${Array.from({ length: count }, (_, n) => `"m${n}":${n}`).join(',')}}`

describe('readJsonObject', () => {
  it.each([
    ['{}', 'ok'],
    [' {"a": [1, {"b": null}]}\r\n', 'ok'],
    ['', 'not_json'],
    ['{"a":', 'not_json'],
    ['{"a', 'not_json'],
    ['{"a\\', 'not_json'],
    ['{"\\x":1}', 'not_json'],
    ["{'a':1}", 'not_json'],
    ['{}{}', 'not_json'],
    ['\uFEFF{}', 'not_json'],
    ['[]', 'not_object'],
    ['[{"a":1}]', 'not_object'],
    ['null', 'not_object'],
    ['5', 'not_object'],
    ['"{}"', 'not_object'],
    [nested(100), 'ok'],
    [nested(101), 'too_deep'],
    [nested(100, '{"b":', '}'), 'ok'],
    [nested(101, '{"b":', '}'), 'too_deep'],
    ['['.repeat(120), 'too_deep'],
    [`{"a":[${'[[]],'.repeat(40)}[]]}`, 'ok'],
    [`{"a":[${'{},'.repeat(40)}{}]}`, 'ok'],
    [`{"a":"${'['.repeat(40)}"}`, 'ok'],
    [`{"a":"\\"${'{'.repeat(40)}"}`, 'ok'],
    [`{"a":"\\\\","b":${nested(101)}}`, 'too_deep'],
    [many(2_000), 'ok'],
    [many(2_001), 'too_many_members'],
    [`{"a":[${'"x",'.repeat(3_000)}"x"]}`, 'ok'],
    [`{"a":[${'"x:y",'.repeat(3_000)}"x"]}`, 'ok'],
    [`[${'{"a":1},'.repeat(2_000)}{"a":1}]`, 'too_many_members'],
  ])('judges JSON: #%#', (text, code) => {
    expect(codeOf(text)).toBe(code)
  })

  it('refuses bytes that are no UTF-8', () => {
    expect(readJsonObject(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d))).toMatchObject({
      ok: false,
      defect: { code: 'not_utf8' },
    })
  })

  it.each([
    ['{"a":1,"b":{"a":1}}', []],
    ['{"a":1,"a":2}', ['a']],
    ['{"a":1,"a":2,"a":3,"b":1,"b":1}', ['a', 'b']],
    ['{"a" :1,"a"\t:2}', ['a']],
    ['{"b"\r:1,"b"\n:2}', ['b']],
    ['{"a":1,"\\u0061":2}', ['a']],
    ['{"a\\"":1,"a\\"":2}', ['a"']],
    ['{"a\\"":1,"a":2}', []],
    ['{"a":"a","b":"a"}', []],
    ['{"a":["b","b"]}', []],
    ['{"x":[{"y":1},{"y":2}]}', []],
    ['{"x":{"y":1},"y":2}', []],
    ['{"x":{},"x":1}', ['x']],
    ['{"x":[],"x":1}', ['x']],
    ['{"x":[{"y":1,"y":2}]}', ['y']],
    ['{"":1,"":2}', ['']],
  ])('lists the names that occur twice in %s', (text, duplicates) => {
    expect(read(text)).toMatchObject({ ok: true, value: JSON.parse(text), duplicates })
  })
})

it('finds own members only, and text only where it is text', () => {
  const object = { a: 'x', b: 7, c: undefined }
  expect(member(object, 'a')).toBe('x')
  expect(member(object, 'b')).toBe(7)
  expect(member(object, 'toString')).toBeUndefined()
  expect(member(object, '__proto__')).toBeUndefined()
  expect(textMember(object, 'a')).toBe('x')
  expect(textMember(object, 'b')).toBeUndefined()
  expect(textMember(object, 'toString')).toBeUndefined()
})

it.each([
  [{}, true],
  [[], false],
  [null, false],
  [undefined, false],
  ['{}', false],
  [7, false],
  [() => ({}), false],
])('tells objects from the rest: #%#', (value, expected) => {
  expect(isObject(value)).toBe(expected)
})
