import { expect, it } from 'vitest'
import { forOpener } from '../../../../../src/core/app/vault/for-opener.ts'
import type { CurrentSession } from '../../../../../src/core/app/vault/session.ts'

it('chooses for who opened the dialog, and for no one who came meanwhile', async () => {
  let user = 'ann'
  const session = (() => ({ user: { id: user } })) as CurrentSession
  expect(await forOpener(session, async () => '/a', undefined)).toBe('/a')
  const asked = forOpener(
    session,
    async () => {
      user = 'bob'
      return '/a'
    },
    undefined,
  )
  expect(await asked).toBeUndefined()
})
