import { describe, expect, it } from 'vitest'
import { maskBody, maskUrl } from '../../../../src/core/secrecy/mask.ts'

const jwt = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJtYXJrZWQifQ.'

describe('an address', () => {
  it.each([
    ['https://api.example/a?page=2&access_token=marked', 'https://api.example/a?page=2&access_token=•••'],
    ['https://api.example/a?page=2', 'https://api.example/a?page=2'],
    [`https://api.example/${jwt}?page=2`, 'https://api.example/•••?page=2'],
    ['https://ann:marked@api.example/?a=1', 'https://•••@api.example/?a=1'],
    ['https://api.example/#token=marked&b=2', 'https://api.example/#token=•••&b=2'],
    ['https://api.example/?key={{key}}&pin={{p}}', 'https://api.example/?key={{key}}&pin={{p}}'],
    ['https://api.example/?user%5Bpassword%5D=marked', 'https://api.example/?user%5Bpassword%5D=•••'],
    ['https://api.example/@ann?a=1', 'https://api.example/@ann?a=1'],
    ['?pin=1&a=2', '?pin=•••&a=2'],
    ['#pin=1&a=2', '#pin=•••&a=2'],
    ['https://api.example/a&pin=1', 'https://api.example/a&pin=1'],
    ['https://api.example/?a=1&&pin=2&', 'https://api.example/?a=1&&pin=•••&'],
    ['https://api.example/?a=1&b&pin=2#', 'https://api.example/?a=1&b&pin=•••#'],
    ['file:///home/@ann', 'file:///home/@ann'],
  ])('%s is kept as %s', (url, kept) => expect(maskUrl(url)).toBe(kept))
})

it('knows the names of a query and of a fragment by their first letters on', () => {
  const kept = maskUrl('https://api.example/?own=1&xown=2#own=3', (name) => name === 'own')
  expect(kept).toBe('https://api.example/?own=•••&xown=2#own=•••')
})

describe('a body that was sent', () => {
  it('keeps what is no secret', () => {
    expect(maskBody('password=marked&name=ann', true)).toBe('password=•••&name=ann')
    expect(maskBody('{"password":"marked","otp": 123456,"a":1}', false)).toBe(
      '{"password":"•••","otp": •••,"a":1}',
    )
    expect(maskBody('{"a":1}', false)).toBe('{"a":1}')
    expect(maskBody(`<pin>1234</pin> ${jwt} x`, false)).toBe('<pin>•••</pin> ••• x')
  })

  it('knows the parameters of OAuth in a token request, and nowhere else', () => {
    const form = 'grant_type=authorization_code&code=marked&client_id=app'
    expect(maskBody(form, true)).toBe('grant_type=authorization_code&code=•••&client_id=app')
    expect(maskBody('code=US&state=CA', true)).toBe('code=US&state=CA')
  })
})
