import { describe, expect, it } from 'vitest'
import { readPart } from '../../../../../src/core/jwt/make/token-draft.ts'
import { tokenParts } from '../../../../../src/core/jwt/make/token-parts.ts'
import { encode, unsigned } from '../sample.ts'

describe('the parts of a token, to be edited', () => {
  it('are header and payload, without the algorithm', () => {
    const text = unsigned('{"id":1147953659032899584,"sub":"a"}', { alg: 'ES256', kid: 'one' })
    expect(tokenParts(text)).toEqual({
      ok: true,
      value: {
        header: '{\n  "kid": "one"\n}',
        payload: '{\n  "id": 1147953659032899584,\n  "sub": "a"\n}',
      },
    })
  })
  it.each(['', 'opaque', `${unsigned({})}=`, `${encode({ alg: 'dir', enc: 'A128GCM' })}....`])(
    'are those of a JWT: %j is none',
    (text) => {
      expect(tokenParts(text)).toMatchObject({ ok: false, error: { code: 'not_signed' } })
    },
  )
})

describe.each(['header', 'payload'] as const)('a %s that was typed', (part) => {
  const refused = { ok: false, error: { code: `${part}_unreadable` } }
  it('is a JSON object', () => {
    expect(readPart('{"a":1}', part)).toEqual({ ok: true, value: { a: 1 } })
    for (const text of ['', '[]', '{', '7']) expect(readPart(text, part)).toMatchObject(refused)
  })
  it('is not longer than 262,144 characters', () => {
    const text = (length: number) => `{"a":"${'x'.repeat(length - 8)}"}`
    expect(readPart(text(262_144), part).ok).toBe(true)
    expect(readPart(text(262_145), part)).toMatchObject(refused)
  })
  it('is called by its name', () => {
    const said = (text: string) => {
      const read = readPart(text, part)
      return read.ok ? '' : read.error.message
    }
    expect(said('[]')).toContain(`The ${part} is`)
    expect(said(' '.repeat(262_145))).toContain(`The ${part} is`)
  })
})
