import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fileNameFor } from '../../../../src/core/collections/file-name.ts'

describe('the name of a new file', () => {
  it.each([
    ['Get users', 'Get users.yml'],
    ['a/b\\c:d*e?"<>|', 'a-b-c-d-e-----.yml'],
    ['..', '_.yml'],
    ['.hidden ', 'hidden.yml'],
    ['CON', '_CON.yml'],
    ['com1.txt', '_com1.txt.yml'],
    ['aux.json', '_aux.json.yml'],
    ['nul .txt', '_nul .txt.yml'],
    ['COM¹', '_COM¹.yml'],
    ['lpt0', '_lpt0.yml'],
    ['CONIN$', '_CONIN$.yml'],
    ['conout$.x', '_conout$.x.yml'],
    ['console', 'console.yml'],
    ['com10', 'com10.yml'],
    ['folder', 'folder_.yml'],
    ['opencollection', 'opencollection_.yml'],
    ['e\u0301tat', 'état.yml'],
    ['👩‍🚀'.repeat(60), `${Array.from('👩‍🚀'.repeat(60)).slice(0, 64).join('')}.yml`],
    ['語'.repeat(200), `${'語'.repeat(78)}.yml`],
  ])('%j becomes %j', (name, file) => {
    expect(fileNameFor(name, '.yml', [])).toBe(file)
  })

  it('is one that no other has, on systems without case too', () => {
    expect(fileNameFor('List', '.yml', ['list.yml', 'LIST 2.yml'])).toBe('List 3.yml')
  })

  it('is taken by Linux, macOS and Windows, whatever was entered', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        const file = fileNameFor(name, '', [])
        // oxlint-disable-next-line no-control-regex -- what Windows refuses
        expect(file).not.toMatch(/[<>:"/\\|?*\u0000-\u001f]|[. ]$|^\./)
        expect(file).not.toMatch(/^(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$) *(\.|$)/i)
        expect(file).not.toBe('')
        expect(new TextEncoder().encode(file).length).toBeLessThanOrEqual(240)
        expect(file).toBe(Buffer.from(file, 'utf8').toString('utf8'))
      }),
    )
  })
})
