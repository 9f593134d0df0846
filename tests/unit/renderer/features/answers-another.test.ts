import { expect, it } from 'vitest'
import { answersAnother } from '../../../../src/renderer/src/features/requests/drafts.ts'
import { draft } from '../../../support/fake-data.ts'

const at = (url: string) => draft({ url, method: 'GET' })
const answered = { method: 'GET', url: 'https://api.example/orders?page=1' }

it('says when the request was changed since it was sent', () => {
  const sent = at('{{host}}/orders')
  expect(answersAnother({ draft: sent, sent }, answered)).toBe(false)
  expect(answersAnother({ draft: at('{{host}}/other'), sent }, answered)).toBe(true)
  const header = { ...sent, headers: [{ name: 'a', value: 'b', enabled: true }] }
  expect(answersAnother({ draft: header, sent }, answered)).toBe(true)
})

it('goes by method and address where it was sent from elsewhere, unless variables are in it', () => {
  expect(answersAnother({ draft: at('https://api.example/orders') }, answered)).toBe(false)
  expect(answersAnother({ draft: at('https://api.example/users') }, answered)).toBe(true)
  expect(answersAnother({ draft: at('https://other.example/orders') }, answered)).toBe(true)
  expect(answersAnother({ draft: draft({ url: answered.url, method: 'POST' }) }, answered)).toBe(true)
  expect(answersAnother({ draft: at('{{host}}/users') }, answered)).toBe(false)
})
