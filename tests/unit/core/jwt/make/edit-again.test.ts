import { expect, it } from 'vitest'
import { tokenParts } from '../../../../../src/core/jwt/make/token-parts.ts'

const part = (json: string): string => Buffer.from(json).toString('base64url')
const parts = (header: string, signature = 'c2ln') => {
  const found = tokenParts(`${part(header)}.${part('{"n":1.0}')}.${signature}`)
  if (!found.ok) throw new Error(found.error.code)
  return Object.fromEntries(
    Object.entries(found.value).map(([name, text]) => [name, text.replace(/\s/g, '')]),
  )
}

it('are those of a signed token, its numbers as written, the algorithm left to the next key', () => {
  expect(parts('{"alg":"RS256","kid":"a","iat":1e3,"epk":{"v":1.0}}')).toEqual({
    header: '{"kid":"a","iat":1e3,"epk":{"v":1.0}}',
    payload: '{"n":1.0}',
  })
})

it('say of an unsecured token that nothing signs it', () => {
  expect(parts('{"alg":"none","typ":"JWT"}', '')['header']).toBe('{"alg":"none","typ":"JWT"}')
})
