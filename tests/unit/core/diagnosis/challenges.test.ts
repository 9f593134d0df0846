import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readChallenges } from '../../../../src/core/diagnosis/challenges.ts'

const plain = (...fields: string[]) =>
  readChallenges(fields).challenges.map(({ scheme, parameters, token68 }) => [
    scheme,
    token68 ?? Object.fromEntries(parameters),
  ])

describe('readChallenges', () => {
  it('reads the examples of RFC 6750 and RFC 9110', () => {
    expect(
      plain('Bearer realm="example", error="invalid_token", error_description="The access token expired"'),
    ).toEqual([
      ['bearer', { realm: 'example', error: 'invalid_token', error_description: 'The access token expired' }],
    ])
    expect(plain('Basic realm="simple", Newauth realm="apps", type=1, title="Login to \\"apps\\""')).toEqual([
      ['basic', { realm: 'simple' }],
      ['newauth', { realm: 'apps', type: '1', title: 'Login to "apps"' }],
    ])
  })

  it.each<[string, unknown]>([
    ['Bearer', [['bearer', {}]]],
    [
      'Negotiate, Basic realm="x"',
      [
        ['negotiate', {}],
        ['basic', { realm: 'x' }],
      ],
    ],
    ['Negotiate oYG2MIGzoAMKAQGh==', [['negotiate', 'oYG2MIGzoAMKAQGh==']]],
    [
      'Negotiate abc=, Bearer',
      [
        ['negotiate', 'abc='],
        ['bearer', {}],
      ],
    ],
    [
      'DPoP algs="ES256 PS256", Bearer error=invalid_token',
      [
        ['dpop', { algs: 'ES256 PS256' }],
        ['bearer', { error: 'invalid_token' }],
      ],
    ],
    ['Bearer realm = "x" , scope\t=\t"a, b=c"', [['bearer', { realm: 'x', scope: 'a, b=c' }]]],
    [', ,Bearer ,realm="x",,', [['bearer', { realm: 'x' }]]],
    ['', []],
  ])('reads %s', (field, expected) => expect(plain(field)).toEqual(expected))

  it('reads what is meant where the grammar is broken, and says so', () => {
    const spaces = readChallenges(['Bearer realm="x" error="invalid_token"'])
    expect(spaces.challenges[0]?.parameters.get('error')).toBe('invalid_token')
    expect(spaces.defects.join()).toContain('Commas')
    const bare = readChallenges(['Bearer error=invalid_token, error_description=The token ran out'])
    expect(bare.challenges[0]?.parameters.get('error_description')).toBe('The token ran out')
    expect(bare.defects.join()).toContain('quotation marks')
    const twice = readChallenges(['Bearer error="a", error="b"'])
    expect(twice.challenges[0]?.parameters.get('error')).toBe('a')
    expect(twice.defects.join()).toContain('twice')
    expect(readChallenges(['Bearer realm="x']).defects.join()).toContain('is not closed')
  })

  it('joins several fields', () => {
    expect(plain('Basic realm="a"', 'Bearer')).toEqual([
      ['basic', { realm: 'a' }],
      ['bearer', {}],
    ])
  })

  const token = fc.string({ unit: fc.constantFrom(...'abcxyz019-_!#'), minLength: 1, maxLength: 12 })
  const value = fc.string({ unit: fc.constantFrom(...'ab ,="\\;é\t'), maxLength: 20 })
  const challenge = fc.tuple(
    token,
    fc.uniqueArray(fc.tuple(token, value), { maxLength: 5, selector: ([name]) => name }),
  )

  it('reads back whatever the grammar can write', () => {
    fc.assert(
      fc.property(fc.array(challenge, { minLength: 1, maxLength: 4 }), (challenges) => {
        const field = challenges
          .map(([scheme, pairs]) => {
            const written = pairs
              .map(([name, text]) => `${name}="${text.replace(/["\\]/g, '\\$&')}"`)
              .join(', ')
            return `${scheme} ${written}`.trim()
          })
          .join(', ')
        const read = readChallenges([field])
        expect(read.defects).toEqual([])
        expect(read.challenges.map(({ scheme, parameters }) => [scheme, [...parameters]])).toEqual(challenges)
      }),
      { numRuns: 2000 },
    )
  })

  it('never throws and always ends', () => {
    const noise = fc.string({ unit: fc.constantFrom(...'aB1=",\\ \t/~é\0'), maxLength: 200 })
    fc.assert(
      fc.property(fc.oneof(noise, fc.string({ maxLength: 200 })), (field) => {
        const { challenges } = readChallenges([field])
        return challenges.every(({ scheme }) => scheme.length > 0)
      }),
      { numRuns: 5000 },
    )
    const long = 'a="'.repeat(100_000)
    expect(readChallenges([long]).challenges.length).toBeLessThanOrEqual(32)
  })
})
