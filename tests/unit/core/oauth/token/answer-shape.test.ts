import { describe, expect, it } from 'vitest'
import type { ConnectionSettings } from '../../../../../src/core/contract/connection-settings.ts'
import { answerShape } from '../../../../../src/core/oauth/token/answer-shape.ts'

const now = 1_700_000_000_000
const shape = (settings?: ConnectionSettings) => {
  const { read, soften } = answerShape(settings, () => now)
  if (read === undefined || soften === undefined) throw new Error('Both are always there.')
  return { read, soften }
}
const sound = { access_token: 'a', token_type: 'Bearer' }

describe('members at other places', () => {
  const settings = { accessTokenAt: '/data/token', refreshTokenAt: '/data/list/1', expiresInAt: '/a~1b/c~0d' }
  const read = (json: unknown, at: ConnectionSettings = settings) => shape(at).read(JSON.stringify(json))

  it('is JSON as it came where nothing is set', () => {
    expect(shape().read('{"a":1}')).toEqual({ a: 1 })
    expect(shape().read('error=x')).toEqual({ error: 'x' })
    expect(shape().read('text')).toBeUndefined()
    expect(shape(settings).read('text')).toBeUndefined()
  })

  it('finds each of them by its pointer (RFC 6901), beside all else', () => {
    const json = { data: { token: 'a', list: ['x', 'r'] }, 'a/b': { 'c~d': 60 }, scope: 's' }
    expect(read(json)).toEqual({ ...json, access_token: 'a', refresh_token: 'r', expires_in: 60 })
  })

  it('leaves what its pointer does not find', () => {
    expect(read({ access_token: 'b', data: { list: ['x'] } })).toEqual({
      access_token: 'b',
      data: { list: ['x'] },
    })
  })

  it.each([
    ['/list/0', { list: ['a'] }, 'a'],
    ['/list/x', { list: ['a'] }, undefined],
    ['/list/00000', { list: ['a'] }, undefined],
    ['/list/0x0', { list: ['a'] }, undefined],
    ['/list/length', { list: ['a'] }, undefined],
    ['/text/0', { text: 'a' }, undefined],
    ['/text/length', { text: 'a' }, undefined],
    ['/none/deeper', { none: null }, undefined],
    ['/toString', {}, undefined],
    ['/a~01', { 'a~1': 'v', 'a/': 'w' }, 'v'],
  ])('follows %s in %j', (pointer, json, found) => {
    expect(read(json, { accessTokenAt: pointer })?.['access_token']).toBe(found)
  })
})

describe('answers as a form', () => {
  const read = (body: string) => shape({ formTokenAnswer: true }).read(body)

  it('is read where the connection says so', () => {
    expect(read(' access_token=a%20b&expires_in=60\n')).toEqual({ access_token: 'a b', expires_in: '60' })
    expect(read('expires_in=60&access_token=a')).toEqual({ access_token: 'a', expires_in: '60' })
    expect(shape().read('access_token=a')).toBeUndefined()
  })

  it.each(['my_access_token=a', 'token=a', 'access_token=a b', '<p access_token=a', 'x&access_token={'])(
    'is not taken for one: %s',
    (body) => expect(read(body)).toBeUndefined(),
  )

  it('is at most 64 KB long', () => {
    const longest = `access_token=${'a'.repeat(65_536 - 13)}`
    expect(read(longest)).toBeDefined()
    expect(read(`${longest}a`)).toBeUndefined()
  })
})

describe('the life of a token', () => {
  const life = (lifeAs: 'milliseconds' | 'time', json: Record<string, unknown>) => {
    const { json: soft } = shape({ lifeAs }).soften({ ...sound, ...json })
    return soft['expires_in']
  }

  it.each([
    [{ expires_in: 60_000 }, 60],
    [{ expires_in: '60000' }, 60],
    [{ expires_in: 'soon' }, undefined],
    [{ expires_in: ' ' }, undefined],
    [{ expires_in: [60_000] }, undefined],
    [{ expires_in: true }, undefined],
    [{ expires_in: Infinity }, undefined],
    [{ expires_at: 60_000 }, undefined],
    [{}, undefined],
  ])('in milliseconds: %j is %j seconds', (json, seconds) => {
    expect(life('milliseconds', json)).toBe(seconds)
  })

  it.each([
    [{ expires_in: now + 60_000 }, 60],
    [{ expires_in: now / 1000 + 60 }, 60],
    [{ expires_at: now / 1000 + 60 }, 60],
    [{ expires_on: `${now / 1000 + 60}` }, 60],
    [{ expires: '2023-11-14T22:14:20Z' }, 60],
    [{ expires_in: now + 60_000, expires_at: now + 90_000 }, 60],
    [{ expires_at: now + 60_000, expires_on: now + 90_000, expires: now + 99_000 }, 60],
    [{ expires_on: now + 60_000, expires: now + 99_000 }, 60],
    [{ expires: 'never' }, undefined],
    [{ expires: '' }, undefined],
    [{ expires: `${' '.repeat(40)}1` }, undefined],
    [{ expires: true }, undefined],
    [{}, undefined],
  ])('as the time of its end: %j is %j seconds', (json, seconds) => expect(life('time', json)).toBe(seconds))

  it('counts seconds up to the year 5138, then milliseconds', () => {
    const at = (time: number, given: number) => {
      const { soften } = answerShape({ lifeAs: 'time' }, () => time)
      return soften?.({ ...sound, expires_in: given }).json['expires_in']
    }
    expect(at(100_000_000_000 - 5_000, 100_000_000_000)).toBe(5)
    expect(at(99_999_999_999_000 - 5_000, 99_999_999_999)).toBe(5)
  })

  it('is not guessed from other members, but told', () => {
    const told = (name: string) =>
      `The response has ${name} instead of expires_in. It is used if the connection sets the lifetime format to the time of expiry.`
    const down = 'ext_expires_in is for when the provider is down, so it was not used as the lifetime.'
    const notes = (json: Record<string, unknown>, settings: ConnectionSettings = {}) =>
      shape(settings).soften({ ...sound, ...json }).notes
    expect(notes({ expires_at: 1, expires_on: '1', expires: 1, ext_expires_in: 1 })).toEqual([
      told('expires_at'),
      told('expires_on'),
      told('expires'),
      down,
    ])
    expect(notes({ expires_at: true, expires: {} })).toEqual([])
    expect(notes({ expires_in: 60, expires_at: 1 })).toEqual([])
    expect(notes({ expires_at: now / 1000 + 60 }, { lifeAs: 'time' })).toEqual([])
  })
})

describe('the type of a token', () => {
  const soften = (type: unknown, settings: ConnectionSettings = { sendAsBearer: true }) => {
    const { json, notes } = shape(settings).soften({ access_token: 'a', expires_in: 60, token_type: type })
    return [json['token_type'], ...notes]
  }

  it.each(['Bearer', 'bearer', 'DPoP'])('stays where it is known: %s', (type) => {
    expect(soften(type)).toEqual([type])
  })

  it.each([
    ['mac', 'of the type “mac”'],
    ['m'.repeat(50), `of the type “${'m'.repeat(40)}”`],
    [7, 'without a type'],
    [undefined, 'without a type'],
  ])('stands for Bearer where the connection says so: %s', (type, named) => {
    expect(soften(type)).toEqual([
      'Bearer',
      `non-standard: the token was issued ${named} and is sent as Bearer`,
    ])
  })

  it('stays to be judged where it does not', () => {
    expect(soften('mac', {})).toEqual(['mac'])
    expect(soften('mac', { sendAsBearer: false })).toEqual(['mac'])
  })

  it('is told beside what else was odd', () => {
    const { notes } = shape({ sendAsBearer: true }).soften({ access_token: 'a', expires_in: '60' })
    expect(notes).toHaveLength(2)
  })
})
