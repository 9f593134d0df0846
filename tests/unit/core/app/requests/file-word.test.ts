import { describe, expect, it } from 'vitest'
import type { RequestBody } from '@contract/requests'
import { filesOfBody } from '@contract/tables/body-kinds'
import { refusedFile } from '../../../../../src/core/app/requests/scope/file-word.ts'
import { partWithin, pathFrom, wholePath } from '../../../../../src/core/app/requests/scope/own-files.ts'
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

const scopeOf = (allowed: string[], own: string[] = []) => ({
  allowed,
  own: { folder: '/shop', isOwn: async (path: string) => own.includes(path) },
})

it('refuses the first file that was not allowed, by its very path, and shows no secret of it', async () => {
  const pieces = [new Uint8Array(3), { file: '/one' }, new Uint8Array(3), { file: '/h0me-of-me/two' }]
  const resolved = { kind: 'multipart' as const, parts: [{ ...row, files: ['/one', '/h0me-of-me/two'] }] }
  const drafts = { whole: { body: form }, resolved: { body: resolved } }
  const refused = async (...allowed: string[]) =>
    (await refusedFile({ pieces }, scopeOf(allowed), drafts, variables))?.error
  expect(await refused('/one', '/h0me-of-me/two')).toBeUndefined()
  expect((await refused('/h0me-of-me/two'))?.message).toContain('“/one”')
  expect(await refused('/one', '/h0me-of-me/two/', '{{home}}/two', '<home>/two')).toMatchObject({
    code: 'file_not_allowed',
    message: expect.stringContaining('“<home>/two”'),
  })
  const none = { body: { kind: 'none' as const } }
  expect(await refusedFile({}, scopeOf([]), { whole: none, resolved: none }, variables)).toBeUndefined()
})

it('lets the folder’s own files go, and names others by their whole paths', async () => {
  const refused = async (path: string, own: string[], allowed: string[] = []) => {
    const body = { kind: 'file' as const, path, contentType: '' }
    const pieces = [{ file: wholePath('/shop', path) }]
    return (
      await refusedFile({ pieces }, scopeOf(allowed, own), { whole: { body }, resolved: { body } }, variables)
    )?.error
  }
  expect(await refused('files/a.txt', ['files/a.txt'])).toBeUndefined()
  expect((await refused('../a.txt', []))?.message).toContain('“/a.txt”')
  expect(await refused('../a.txt', [], ['/a.txt'])).toBeUndefined()
})

describe('paths from the folder of a collection', () => {
  it('are whole, on any system', () => {
    expect(wholePath('/home/me/shop', 'files/./a.txt')).toBe('/home/me/shop/files/a.txt')
    expect(wholePath('/home/me/shop', '../../x')).toBe('/home/x')
    expect(wholePath('/home', '../../../x')).toBe('/x')
    expect(wholePath('/home/me', '/etc/passwd')).toBe('/etc/passwd')
    expect(wholePath('C:\\me\\shop', 'files/a.txt')).toBe('C:\\me\\shop\\files\\a.txt')
    expect(wholePath('C:\\me\\shop', 'D:\\a.txt')).toBe('D:\\a.txt')
    expect(wholePath('/home/me', 'a\\b')).toBe('/home/me/a\\b')
    expect(wholePath('/home/me', '')).toBe('')
  })

  it('are the folder’s own where they stay in it, but for those with a dot', () => {
    expect(partWithin('/home/me/shop', 'files/a.txt')).toBe('files/a.txt')
    expect(partWithin('/home/me/shop/', 'files/../b.txt')).toBe('b.txt')
    for (const path of [
      '../a',
      'a/../../shop2/b',
      '.env',
      '.git/config',
      'a/.ssh/b',
      '/home/me/shop/a',
      '',
      '.',
      '..',
    ])
      expect(partWithin('/home/me/shop', path)).toBeUndefined()
    expect(partWithin('/home/me/shop', '../shopping/a')).toBeUndefined()
  })

  it('are made of whole ones that are in it', () => {
    expect(pathFrom('/home/me/shop', '/home/me/shop/files/a.txt')).toBe('files/a.txt')
    expect(pathFrom('/home/me/shop', '/home/me/shopping/a.txt')).toBe('/home/me/shopping/a.txt')
    expect(pathFrom('C:\\me', 'C:\\me\\b\\a.txt')).toBe('b/a.txt')
  })
})
