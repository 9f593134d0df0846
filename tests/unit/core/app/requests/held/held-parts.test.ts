import { expect, it } from 'vitest'
import { createHeldParts } from '../../../../../../src/core/app/requests/held/held-parts.ts'
import { exchange } from '../../../../../support/fake-data.ts'
import type { ExchangeView } from '../../../../../../src/core/contract/requests.ts'
import type { Session } from '../../../../../../src/core/app/vault/session.ts'

const shown: [string, string][] = [
  ['Set-Cookie', 'sid=•••; Path=/'],
  ['X-Page', '2'],
  ['X-CSRF-Token', '•••'],
]
const came: [string, string][] = [
  ['Set-Cookie', 'sid=abc123; Path=/'],
  ['X-Page', '2'],
  ['X-CSRF-Token', 'csrf-123'],
]
const tokens = [{ name: 'id_token', text: 'eyJhbGciOiJub25lIn0.e30.' }]
const view = (id: string): ExchangeView => ({
  ...exchange(1),
  id,
  response: {
    status: 200,
    statusText: 'OK',
    headers: shown,
    bodySize: 0,
    contentType: '',
    truncated: false,
  },
})
const setUp = () => {
  const world = { user: 'alice' }
  const held = createHeldParts(() => ({ user: { id: world.user } }) as Session)
  return { world, held }
}

it('holds what is covered, and nothing else', () => {
  const { held } = setUp()
  held.hold(view('a'), { headers: came, tokens })
  expect(held.mark(view('a')).response?.covered).toEqual({ headers: [0, 2], held: true })
  expect([0, 1, 2, 3].map((header) => held.read('a', header)?.value)).toEqual([
    'sid=abc123; Path=/',
    undefined,
    'csrf-123',
    undefined,
  ])
  expect(held.mark(view('a')).response?.tokens).toEqual(['id_token'])
  expect([0, 1].map((at) => held.token('a', at))).toEqual(['eyJhbGciOiJub25lIn0.e30.', undefined])
})

it('says what was covered and is not held', () => {
  const { held } = setUp()
  expect(held.mark(view('a')).response?.covered).toEqual({ headers: [0, 2], held: false })
  held.hold(view('a'), { headers: came, tokens })
  held.release('a')
  expect(held.mark(view('a')).response?.covered).toEqual({ headers: [0, 2], held: false })
  held.hold(view('a'), { headers: came, tokens })
  held.forget()
  expect(held.read('a', 0)).toBeUndefined()
  expect(held.token('a', 0)).toBeUndefined()
  expect(held.mark(view('a')).response?.tokens).toBeUndefined()
})

it('says nothing where nothing is covered', () => {
  const { held } = setUp()
  const plain = view('a')
  if (plain.response) plain.response.headers = [['X-Page', '2']]
  held.hold(plain, { headers: [['X-Page', '2']], tokens: [] })
  expect(held.mark(plain)).toBe(plain)
  const { response: _gone, ...failed } = view('a')
  expect(held.mark(failed)).toBe(failed)
})

it('gives nobody another user’s values', () => {
  const { held, world } = setUp()
  held.hold(view('a'), { headers: came, tokens })
  world.user = 'bob'
  expect(held.read('a', 0)).toBeUndefined()
  expect(held.token('a', 0)).toBeUndefined()
  expect(held.mark(view('a')).response?.covered?.held).toBe(false)
})

it('holds those of 200 responses; the oldest give way', () => {
  const { held } = setUp()
  for (let index = 0; index < 201; index += 1) held.hold(view(`id-${index}`), { headers: came, tokens })
  expect(held.read('id-0', 0)).toBeUndefined()
  expect(held.read('id-1', 0)?.value).toBe('sid=abc123; Path=/')
  expect(held.read('id-200', 0)?.value).toBe('sid=abc123; Path=/')
})
