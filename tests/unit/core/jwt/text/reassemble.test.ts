import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { reassemble } from '../../../../../src/core/jwt/text/reassemble.ts'
import { encode } from '../sample.ts'

const digest = (text: string, algorithm = 'sha256') => createHash(algorithm).update(text).digest('base64url')
const claim = (name: unknown, value: unknown) => encode(['salt', name, value])
const element = (value: unknown) => encode(['salt', value])

/** The examples of RFC 9901 sections 4.2.3 and 4.2.4.2: disclosure and digest. */
const published = {
  givenName: [
    'WyIyR0xDNDJzS1F2ZUNmR2ZyeU5STjl3IiwgImdpdmVuX25hbWUiLCAiSm9obiJd',
    'jsu9yVulwQQlhFlM_3JlzMaSFzglhQG0DpfayQwLUK4',
  ],
  country: ['WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIkZSIl0', 'w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs'],
} as const

describe('what a holder discloses', () => {
  it('is put in its place: the examples of RFC 9901', async () => {
    const [[given, givenDigest], [country, countryDigest]] = [published.givenName, published.country]
    const claims = { _sd: [givenDigest], nationalities: [{ '...': countryDigest }, 'DE'], _sd_alg: 'sha-256' }
    expect(await reassemble(claims, [given, country])).toEqual({
      claims: { given_name: 'John', nationalities: ['FR', 'DE'] },
      fates: ['matched', 'matched'],
      keptBack: 0,
    })
    expect(await reassemble(claims, [])).toEqual({
      claims: { nationalities: ['DE'] },
      fates: [],
      keptBack: 2,
    })
  })

  it('is found in what is disclosed itself', async () => {
    const street = claim('street', 'Main Street')
    const address = claim('address', { _sd: [digest(street)], city: 'Oslo' })
    const claims = { _sd: [digest(address)] }
    expect(await reassemble(claims, [street, address])).toMatchObject({
      claims: { address: { city: 'Oslo', street: 'Main Street' } },
      fates: ['matched', 'matched'],
    })
    expect(await reassemble(claims, [street])).toMatchObject({
      claims: {},
      fates: ['unmatched'],
      keptBack: 1,
    })
  })

  it.each([
    ['sha-384', 'sha384'],
    ['sha-512', 'sha512'],
  ])('is hashed with %s', async (name, algorithm) => {
    const one = claim('a', 1)
    expect(await reassemble({ _sd_alg: name, _sd: [digest(one, algorithm)] }, [one])).toMatchObject({
      claims: { a: 1 },
    })
  })

  it('is not judged where the hash is not known', async () => {
    for (const name of ['md5', 'SHA-256', 7, ''])
      expect(await reassemble({ _sd_alg: name }, [])).toBeUndefined()
  })

  const [one, two] = [claim('a', 1), element('x')]
  it.each([
    ['sent twice', { _sd: [digest(one)] }, [one, one], ['repeated', 'repeated']],
    ['listed twice', { _sd: [digest(one), digest(one)] }, [one], ['repeated']],
    ['listed in two places', { _sd: [digest(one)], b: { _sd: [digest(one)] } }, [one], ['repeated']],
    ['not listed', { _sd: ['AAAA', 7, null] }, [one], ['unmatched']],
    [
      'listed where no digest counts',
      { b: digest(one), c: [{ '...': digest(two), d: 1 }] },
      [one, two],
      ['unmatched', 'unmatched'],
    ],
    ['a claim in place of an element', { b: [{ '...': digest(one) }] }, [one], ['misplaced']],
    ['an element in place of a claim', { _sd: [digest(two)] }, [two], ['misplaced']],
    ['a name that is taken', { a: 0, _sd: [digest(one)] }, [one], ['misplaced']],
    ['unreadable', { _sd: [digest('!')] }, ['!'], ['misplaced']],
  ])('is marked where it is %s', async (_what, claims, disclosures, fates) => {
    expect((await reassemble(claims, disclosures))?.fates).toEqual(fates)
  })

  it.each(['_sd', '...', '__proto__', 7])('has no claim of the name %j', async (name) => {
    const bad = claim(name, [])
    expect(await reassemble({ _sd: [digest(bad)] }, [bad])).toMatchObject({
      claims: {},
      fates: ['misplaced'],
    })
  })

  it('goes no deeper than objects may be', async () => {
    let inner: object = { _sd: [digest(one)] }
    for (let depth = 0; depth < 90; depth += 1) inner = { inner }
    expect((await reassemble(inner as never, [one]))?.fates).toEqual(['unmatched'])
  })
})
