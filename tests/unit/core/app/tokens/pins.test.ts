import { expect, it } from 'vitest'
import { createPins } from '../../../../../src/core/app/tokens/pins.ts'
import { fail, ok } from '../../../../../src/core/contract/result.ts'
import type { Pin } from '../../../../../src/core/records/pin-store.ts'
import { now, unsigned } from '../../jwt/sample.ts'

const encoder = new TextEncoder()
const token = unsigned({ sub: 'alice' })

function world(rows: Pin[]) {
  const isOpen = (sealed: Uint8Array) => sealed.length > 0
  const pins = createPins({
    session: () =>
      ({
        user: { id: 'u' },
        box: {
          seal: (_place: unknown, text: string) => encoder.encode(text),
          open: (_place: unknown, sealed: Uint8Array) =>
            isOpen(sealed) ? ok(new TextDecoder().decode(sealed)) : fail('secret_unreadable', 'No key.'),
        },
      }) as never,
    clock: { now: () => now },
    newId: () => 'new',
    pins: {
      list: () => rows,
      get: (_user, id) => rows.find((row) => row.id === id),
      add: (row) => void rows.push(row),
      write: (_user, id, sealedContent) => {
        const row = rows.find((each) => each.id === id)
        if (row) Object.assign(row, { sealedContent, plainName: '' })
      },
    },
    tokenText: () => fail('none', 'none'),
    discard: () => {},
    changed: () => {},
  })
  const names = async () => {
    const list = await pins.list()
    return list.ok ? list.value.map(({ name }) => name) : []
  }
  return { pins, names, rows }
}
const row = (id: string, plainName: string, content: string): Pin => ({
  id,
  userId: 'u',
  plainName,
  sealedContent: encoder.encode(content),
  createdAt: 0,
})

it('the name of an earlier version is sealed when its user is in', async () => {
  const { pins, names, rows } = world([
    row('old', 'beside', JSON.stringify({ text: token })),
    row('new', '', JSON.stringify({ text: token, name: 'within' })),
    row('lost', 'unknown', ''),
  ])
  expect(await names()).toEqual(['beside', 'within', 'Pinned token'])
  pins.sealNames()
  expect(rows.map(({ plainName }) => plainName)).toEqual(['', '', 'unknown'])
  expect(await names()).toEqual(['beside', 'within', 'Pinned token'])
  expect(pins.text('old')).toEqual({ ok: true, value: { text: token, life: {} } })
})

it('what cannot be opened cannot be renamed', async () => {
  const { pins, names } = world([row('lost', '', ''), row('old', 'beside', JSON.stringify({ text: token }))])
  expect(pins.rename({ id: 'lost', name: 'x' })).toMatchObject({ error: { code: 'secret_unreadable' } })
  expect(pins.rename({ id: 'old', name: ' renamed ' }).ok).toBe(true)
  expect(await names()).toEqual(['Pinned token', 'renamed'])
})
