import { expect, it } from 'vitest'
import type { RequestBody } from '@contract/requests'
import { filesOfBody } from '@contract/tables/body-kinds'
import { refusedFile } from '../../../../../src/core/app/requests/scope/file-word.ts'
import { layeredVariables } from '../../../../../src/core/http/variable-layers.ts'

const row = { name: 'a', value: '', enabled: true }
const form: RequestBody = {
  kind: 'multipart',
  parts: [
    { ...row, value: 'text' },
    { ...row, files: ['/one', '{{home}}/two'] },
    { ...row, files: ['/off'], enabled: false },
    { ...row, files: [] },
  ],
}
const variables = layeredVariables([
  { values: new Map([['home', { value: '/h0me-of-me', secret: true }]]), expands: false },
])

it('finds the files that a body sends', () => {
  expect(filesOfBody(form)).toEqual(['/one', '{{home}}/two'])
  expect(filesOfBody({ kind: 'file', path: '/three', contentType: '' })).toEqual(['/three'])
  expect(filesOfBody({ kind: 'file', path: '', contentType: '' })).toEqual([])
  expect(filesOfBody({ kind: 'json', text: '{"path":"/four"}' })).toEqual([])
})

it('refuses the first file that was not allowed, by its very path, and shows no secret of it', () => {
  const pieces = [new Uint8Array(3), { file: '/one' }, new Uint8Array(3), { file: '/h0me-of-me/two' }]
  const refused = (...allowed: string[]) => refusedFile({ pieces }, allowed, { body: form }, variables)?.error
  expect(refused('/one', '/h0me-of-me/two')).toBeUndefined()
  expect(refused('/h0me-of-me/two')?.message).toContain('“/one”')
  expect(refused('/one', '/h0me-of-me/two/', '{{home}}/two', '<home>/two')).toMatchObject({
    code: 'file_not_allowed',
    message: expect.stringContaining('“<home>/two”'),
  })
  expect(refusedFile({}, [], { body: { kind: 'none' } }, variables)).toBeUndefined()
})
