import { describe, expect, it } from 'vitest'
import { inspectToken } from '../../../../src/core/jwt/explain/inspect-token.ts'
import { redactBody } from '../../../../src/core/secrecy/redact.ts'
import {
  itemsOf,
  laidOut,
  rememberWritten,
  writtenAs,
  writtenMember,
  writtenObject,
} from '../../../../src/core/text/written.ts'

const json =
  '{"sub":100002348117421473,"user_id":1147953659032899584,"list":[9007199254740993,"a"],"o":{"n":1147953659032899584,"s":"}\\","},"v":1.0,"e":1e400,"plain":7}'
const read = () => rememberWritten(JSON.parse(json) as Record<string, unknown>, json)

describe('numbers as they are written', () => {
  it('are remembered member by member', () => {
    const object = read()
    const written = Object.fromEntries(
      Object.entries(object).map(([name, value]) => [name, writtenMember(object, name, value)]),
    )
    expect(written).toEqual({
      sub: '100002348117421473',
      user_id: '1147953659032899584',
      list: '[9007199254740993,"a"]',
      o: '{"n":1147953659032899584,"s":"}\\","}',
      v: '1.0',
      e: '1e400',
      plain: '7',
    })
    expect(writtenObject(object)).toBe(json)
  })

  it('go along with a copy, of which those of another count first', () => {
    const copy = writtenAs(read(), { v: 1, other: true })
    expect(writtenObject(copy)).toBe('{"v":1.0,"other":true}')
    const both = writtenAs(rememberWritten({ v: 2 }, '{"v":2.00}'), copy)
    expect(writtenMember(both, 'v', 2)).toBe('2.00')
    expect(writtenMember({}, 'v', 1)).toBe('1')
  })

  it('are laid out and taken apart without being rounded', () => {
    expect(laidOut('{"n":1147953659032899584,"a":[1.0]}')).toBe(
      '{\n  "n": 1147953659032899584,\n  "a": [\n    1.0\n  ]\n}',
    )
    expect(itemsOf('[9007199254740993,"1",true,null]')).toEqual(['9007199254740993', '1', 'true', 'null'])
    // A text that holds the mark itself is not taken for a number.
    for (const text of ['["\ue0001"]', '["\ue000=1", 2.0]', '{"\ue0001": "a\\"\ue000=7"}'])
      expect(laidOut(text).replaceAll(/\s/g, '')).toBe(text.replaceAll(' ', ''))
    expect(laidOut('["\\uE0001",1.0]')).toBe('[\n  "\ue0001",\n  1.0\n]')
    expect(itemsOf('["\ue0001","\ue000=1",1.0]')).toEqual(['\ue0001', '\ue000=1', '1.0'])
    expect(itemsOf('7')).toEqual([])
  })

  it('of a name that appears twice are those of the last', () => {
    const twice = '{"a":1.0,"a":{"b":2.0}}'
    expect(writtenMember(rememberWritten({ a: {} }, twice), 'a', {})).toBe('{"b":2.0}')
  })

  it('stay in what is kept of a message, secrets covered', () => {
    expect(
      redactBody('{"id":1147953659032899584,"v":1.0,"access_token":123,"s":"\\"1.0"}', 'application/json'),
    ).toBe('{"id":1147953659032899584,"v":1.0,"access_token":"•••","s":"\\"1.0"}')
  })

  it('are shown in the token bench, with a remark only where a rule is broken', async () => {
    const part = (text: string) => Buffer.from(text).toString('base64url')
    const view = await inspectToken(`${part('{"alg":"HS256"}')}.${part(json)}.c2ln`, { now: 0 })
    if (view.format !== 'jwt') throw new Error(view.format)
    const claims = Object.fromEntries(view.claims.map(({ name, ...rest }) => [name, rest]))
    expect(claims['sub']).toMatchObject({
      text: '100002348117421473',
      attention: 'Should be text, but is a number.',
    })
    expect(claims['user_id']).toMatchObject({ text: '1147953659032899584' })
    expect(claims['user_id']?.attention).toBeUndefined()
    expect(claims['list']).toMatchObject({ items: ['9007199254740993', 'a'] })
    expect(claims['o']?.text).toContain('"n": 1147953659032899584')
    expect([claims['v']?.text, claims['e']?.text]).toEqual(['1.0', '1e400'])
  })
})
