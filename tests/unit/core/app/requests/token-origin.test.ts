import { expect, it } from 'vitest'
import { meantFor } from '../../../../../src/core/app/requests/token-origin.ts'

const jwt = (aud: unknown): string =>
  ['{"alg":"none"}', JSON.stringify({ aud }), 'x']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.')

const meant = (access: string, resource?: string): string[] => {
  const metadata = { issuer: 'https://id.example', userinfo_endpoint: 'https://id.example/me' }
  const of = { connection: { metadata, resource }, tokenSet: {}, tokens: { access } }
  return [...meantFor(of as unknown as Parameters<typeof meantFor>[0])].toSorted()
}

it('takes the audience of a token, and its provider', () => {
  expect(meant(jwt('https://api.example/v1'))).toEqual(['https://api.example', 'https://id.example'])
  expect(meant(jwt(['https://a.example', 'orders', 7]))).toEqual(['https://a.example', 'https://id.example'])
})

it('takes the resource that was asked for where the token names no server but its provider', () => {
  const both = ['https://api.example', 'https://id.example']
  expect(meant('opaque', 'https://api.example')).toEqual(both)
  expect(meant(jwt('client'), 'https://api.example')).toEqual(both)
  expect(meant(jwt(['https://id.example/me']), 'https://api.example')).toEqual(both)
})

it('takes no resource that the provider did not heed: a file may have named it', () => {
  expect(meant(jwt('https://api.example'), 'https://collector.example')).toEqual([
    'https://api.example',
    'https://id.example',
  ])
  expect(meant('opaque', 'no address')).toEqual(['https://id.example'])
})
