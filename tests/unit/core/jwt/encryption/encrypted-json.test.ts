import { describe, expect, it } from 'vitest'
import { readEncryptedJson } from '../../../../../src/core/jwt/encryption/encrypted-json.ts'
import { encode } from '../sample.ts'

const compactOf = (header: unknown) => `${encode(header)}.key.iv.text.tag`
const read = (json: unknown, compact = compactOf({})) => readEncryptedJson(JSON.stringify(json), compact)
const algorithms = { alg: 'dir', enc: 'A256GCM' }

describe('a JWE in JSON form', () => {
  it('is the token that its compact form could not be', () => {
    const json = `{"unprotected":${JSON.stringify(algorithms)},"aad":"x","aad":"y"}`
    const compact = compactOf({ kid: 'one' })
    expect(readEncryptedJson(json, compact)).toEqual({
      format: 'jwe',
      text: json,
      surroundings: [],
      header: { ...algorithms, kid: 'one' },
      segments: compact.split('.'),
      duplicates: ['aad'],
    })
  })
  it('has a header in four places, of which the protected counts most', () => {
    const four = {
      unprotected: { alg: 'dir', a: 1, b: 1, c: 1, d: 1 },
      header: { b: 2, c: 2, d: 2 },
      recipients: [{ header: { c: 3, d: 3 } }, { header: { e: 5 } }],
    }
    expect(read(four, compactOf({ enc: 'A256GCM', d: 4 }))?.header).toEqual({
      ...algorithms,
      a: 1,
      b: 2,
      c: 3,
      d: 4,
    })
  })
  it.each([
    { unprotected: algorithms, header: 'text', recipients: 'text' },
    { unprotected: algorithms, recipients: [] },
    { unprotected: algorithms, recipients: ['text'] },
    { unprotected: algorithms, recipients: [{ header: [] }] },
    { header: algorithms, unprotected: null },
    { recipients: [{ header: algorithms }] },
  ])('is read whatever else is in it: %j', (json) => {
    expect(read(json)?.header).toEqual(algorithms)
  })
  it.each<[string, unknown, string]>([
    ['no algorithm', { unprotected: { enc: 'A256GCM' } }, compactOf({})],
    ['no encryption', { unprotected: { alg: 'dir' } }, compactOf({})],
    ['an algorithm that is no text', { unprotected: { ...algorithms, alg: 7 } }, compactOf({})],
    ['four parts', { unprotected: algorithms }, 'e30.a.b.c'],
    ['six parts', { unprotected: algorithms }, 'e30.a.b.c.d.e'],
    ['no object', [algorithms], compactOf({})],
  ])('is none with %s', (_what, json, compact) => {
    expect(read(json, compact)).toBeUndefined()
  })
  it('may have no protected header, or one that cannot be read', () => {
    for (const compact of ['.a.b.c.d', '*.a.b.c.d', 'AAAA.a.b.c.d'])
      expect(read({ unprotected: algorithms }, compact)?.header).toEqual(algorithms)
  })
})
