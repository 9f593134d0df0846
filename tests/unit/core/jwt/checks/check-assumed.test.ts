import { describe, expect, it } from 'vitest'
import { checkAssumed, type Assumptions } from '../../../../../src/core/jwt/checks/check-assumed.ts'

function judged(claims: Record<string, unknown>, assume: Assumptions): string[] {
  return checkAssumed(claims, assume).map(({ id, state, code }) => `${id} ${state} ${code ?? ''}`.trim())
}

it('nothing is judged where nothing is assumed', () => {
  expect(judged({ iss: 'i', aud: 'a', nonce: 'n' }, { skewSeconds: 60 })).toEqual([])
})

describe.each([
  ['issuer', 'iss', 'RFC 7519 section 4.1.1'],
  ['audience', 'aud', 'RFC 7519 section 4.1.3'],
  ['nonce', 'nonce', 'OpenID Connect Core section 3.1.3.7'],
] as const)('the %s', (id, claim, source) => {
  it('is the one assumed, another, or none', () => {
    expect(judged({ [claim]: 'x' }, { [id]: 'x' })).toEqual([`${id} valid`])
    expect(judged({ [claim]: 'y' }, { [id]: 'x' })).toEqual([`${id} invalid ${id}_wrong`])
    expect(judged({}, { [id]: 'x' })).toEqual([`${id} invalid ${id}_wrong`])
    expect(judged({ [claim]: 'y' }, { [id]: '' })).toEqual([`${id} invalid ${id}_wrong`])
  })
  it('in a list counts for an audience alone', () => {
    const fits = id === 'audience' ? `${id} valid` : `${id} invalid ${id}_wrong`
    expect(judged({ [claim]: ['y', 'x'] }, { [id]: 'x' })).toEqual([fits])
    expect(judged({ [claim]: ['y'] }, { [id]: 'x' })).toEqual([`${id} invalid ${id}_wrong`])
  })
  it('is compared side by side where there is one', () => {
    expect(checkAssumed({ [claim]: 'y' }, { [id]: 'x' })).toMatchObject([
      { source, compared: { came: 'y', expected: 'x' } },
    ])
    expect(checkAssumed({}, { [id]: 'x' })[0]).not.toHaveProperty('compared')
  })
})
