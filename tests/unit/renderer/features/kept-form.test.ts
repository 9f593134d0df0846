import { describe, expect, it } from 'vitest'
import { blankForm } from '../../../../src/renderer/src/features/accounts/connect/connection-form.ts'
import { keptForm } from '../../../../src/renderer/src/features/accounts/connect/kept-form.ts'

const through = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('a kept form of the connect dialog', () => {
  it('comes back as it was typed', () => {
    const typed = { ...blankForm, clientId: 'typed', settings: { audience: 'https://api.example' } }
    expect(keptForm(through(typed), blankForm)).toEqual(typed)
  })
  it('is left where it belongs to another connection', () => {
    expect(keptForm(through({ ...blankForm, id: 'a' }), { ...blankForm, id: 'b' })).toBeUndefined()
    expect(keptForm(through({ ...blankForm, id: 'a' }), blankForm)).toBeUndefined()
  })
  it.each([
    undefined,
    null,
    'text',
    [],
    {},
    { ...blankForm, clientId: 7 },
    { ...blankForm, allowInsecure: 'no' },
  ])('is none where it does not fit: %j', (kept) => expect(keptForm(kept, blankForm)).toBeUndefined())
})
