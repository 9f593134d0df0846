import { describe, expect, it } from 'vitest'
import { bodyName, mediaTypeOf, pictureTypes } from '../../../../src/core/http/body-name.ts'

describe('bodyName', () => {
  it.each([
    ['https://api.test/v1/orders?limit=2', 'application/json; charset=utf-8', 'orders.json'],
    ['https://api.test/report.pdf', 'application/pdf', 'report.pdf'],
    ['https://api.test/', 'text/html', 'answer.html'],
    ['https://api.test/x', 'application/unheard-of', 'x.bin'],
    ['no url', 'image/PNG', 'answer.png'],
  ])('names the response of %s (%s) %s', (url, type, name) => {
    expect(bodyName(url, type)).toBe(name)
  })
  it.each(['..%2F..%2Fetc%2Fpasswd', '.bashrc', 'a:b|c?', '%00evil', 'ü'.repeat(300)])(
    'keeps %s within one folder and in plain characters',
    (last) => {
      const name = bodyName(`https://api.test/${last}`, 'text/plain')
      expect(name).toMatch(/^[A-Za-z0-9_][A-Za-z0-9._-]*$/)
      expect(name.length).toBeLessThan(100)
    },
  )
})

it('takes pages and scripts for no pictures', () => {
  for (const type of ['text/html', 'text/javascript', 'application/xhtml+xml', 'image/svg'])
    expect(pictureTypes.has(mediaTypeOf(type))).toBe(false)
  expect(pictureTypes.has(mediaTypeOf(' IMAGE/PNG ; x=y'))).toBe(true)
})
