import { expect, it } from 'vitest'
import { fillHole, hasHole, mayFill, withHoleFilled } from '../../../../src/core/text/issuer-hole.ts'

const issuer = 'https://login.example/{tenantid}/v2.0'
const tid = '11111111-2222-3333-4444-555555555555'

it('knows a hole by the names of tenants, as a whole segment alone', () => {
  expect([issuer, 'https://a/{tid}', 'https://a/{TENANT}/x'].map(hasHole)).toEqual([true, true, true])
  expect(['https://a/{region}', 'https://a/x{tid}', 'https://{tid}.a/', 'https://a/t'].map(hasHole)).toEqual([
    false,
    false,
    false,
    false,
  ])
})

it('is filled with a GUID and with nothing else', () => {
  expect(fillHole(issuer, tid)).toBe(`https://login.example/${tid}/v2.0`)
  for (const other of ['common', '..', `${tid}/x`, '$&', undefined, 7])
    expect(fillHole(issuer, other)).toBe(issuer)
  expect(withHoleFilled(issuer)).toBe('https://login.example/common/v2.0')
})

it.each([
  [issuer, `https://login.example/${tid}/v2.0`, true],
  [issuer, 'https://login.example/a/b/v2.0', false],
  [issuer, 'https://login.example//v2.0', false],
  [issuer, 'https://login.example/../v2.0', false],
  [issuer, 'https://evil.example/x/v2.0', false],
  [issuer, issuer, false],
  ['https://a', 'https://a', true],
  ['https://a', 'https://a/', false],
])('%s may become %s: %s', (from, to, may) => {
  expect(mayFill(from, to)).toBe(may)
})
