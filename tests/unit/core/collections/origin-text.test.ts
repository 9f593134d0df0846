import { expect, it } from 'vitest'
import { originText } from '../../../../src/core/collections/address.ts'

it.each([
  ['https://api.example/users?a=b', 'https://api.example'],
  [' https://api.example:8443', 'https://api.example:8443'],
  ['localhost:3000/x', 'localhost:3000'],
  ['{{host}}/users', '{{host}}'],
  ['{{host}}.evil.example/users', '{{host}}.evil.example'],
  ['{{scheme}}://evil.example/users', '{{scheme}}://evil.example'],
  ['{{scheme}}//evil.example/users', '{{scheme}}//evil.example'],
  ['https:/evil.example/users', 'https:/evil.example'],
  ['https:///evil.example/users', 'https:///evil.example'],
  ['https:\\\\evil.example\\users', 'https:\\\\evil.example'],
  ['https:/\t/evil.example/users', 'https://evil.example'],
  ['https://api.example\\@evil.example/', 'https://api.example'],
  ['https://', 'https://'],
  ['', ''],
])('%j calls %j', (url, origin) => {
  expect(originText(url)).toBe(origin)
})
