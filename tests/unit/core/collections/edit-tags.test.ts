import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editTags } from '../../../../src/core/collections/info/edit-tags.ts'
import { headOf } from '../../../../src/core/collections/read-head.ts'
import { readYaml } from '../../../../src/core/collections/yaml-file.ts'
import { collectionSamples } from '../../../support/collection-samples.ts'

const edited = (text: string, tags: string[]): string => {
  const answer = editTags(text, tags)
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value
}
const tagsIn = (text: string): string[] | undefined => {
  const read = readYaml(text)
  if (!read.ok) throw new Error(read.fault.reason)
  return headOf(read.file).tags
}

describe('the tags of a file', () => {
  it.each([
    [
      'info:\n  name: a\n  type: http\n  seq: 1\nhttp:\n',
      ['x', 'b c'],
      'info:\n  name: a\n  type: http\n  seq: 1\n  tags:\n    - x\n    - b c\nhttp:\n',
    ],
    [
      'info:\n  name: a\n  tags:\n    - x # why\n    - y\n',
      ['z', 'x'],
      'info:\n  name: a\n  tags:\n    - x # why\n    - z\n',
    ],
    ['info:\n  name: a\n  tags:\n  - x\n', ['y'], 'info:\n  name: a\n  tags:\n  - y\n'],
    ['info:\n  name: a\n  tags: [x, y]\n', ['y', 'a, b'], 'info:\n  name: a\n  tags: [y, "a, b"]\n'],
    ['info:\n  name: a\n  tags: []\n', ['y'], 'info:\n  name: a\n  tags:\n    - y\n'],
    ['info: {name: a}\n', ['y'], 'info: {name: a, tags: [y]}\n'],
    ['info:\n  tags:\n    - x\n  name: a\n', [], 'info:\n  name: a\n'],
    ['info:\n  name: a\n  tags:\n    - true\n    - x\n', ['x'], 'info:\n  name: a\n  tags:\n    - x\n'],
  ])('are written into %j', (text, tags, wanted) => {
    expect(edited(text, tags)).toBe(wanted)
    expect(edited(wanted, tags)).toBe(wanted)
  })

  it('are read as they were written, in any file, and the rest stays', () => {
    const requests = collectionSamples.filter(({ text }) => text.startsWith('info:'))
    const tag = fc.oneof(
      fc.constantFrom('smoke', 'true', '1', '- a', '#x', 'a: b', '“q”'),
      fc.string({ minLength: 1, maxLength: 12 }),
    )
    fc.assert(
      fc.property(fc.constantFrom(...requests), fc.uniqueArray(tag, { maxLength: 4 }), ({ text }, tags) => {
        const once = editTags(text, tags)
        if (!once.ok) return
        expect([...(tagsIn(once.value) ?? [])].sort()).toEqual([...tags].sort())
        const back = editTags(once.value, tagsIn(text) ?? [])
        expect(back.ok).toBe(true)
        if (tagsIn(text) === undefined && back.ok) expect(back.value).toBe(text)
      }),
      { numRuns: 500 },
    )
  })

  it('are refused where they cannot be written', () => {
    expect(editTags('info:\n  name: "a\n', ['x'])).toMatchObject({ error: { code: 'collection_fault' } })
    expect(editTags('http:\n  url: x\n', ['x'])).toMatchObject({ error: { code: 'collection_edit' } })
  })
})
