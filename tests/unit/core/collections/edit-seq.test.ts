import { describe, expect, it } from 'vitest'
import { editSeq, seqIn } from '../../../../src/core/collections/info/edit-seq.ts'
import { collectionSamples } from '../../../support/collection-samples.ts'

const edited = (text: string, seq: number | undefined): string => {
  const answer = editSeq(text, seq)
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value
}

describe('the place of a file among its neighbours', () => {
  it.each([
    [
      'info:\n  name: a\n  type: http\n  tags:\n    - x\nhttp:\n',
      'info:\n  name: a\n  type: http\n  seq: 3\n  tags:\n    - x\nhttp:\n',
    ],
    ['info:\n  name: a\n  seq: 1 # first\n', 'info:\n  name: a\n  seq: 3 # first\n'],
    ['info:\r\n  name: a\r\n  seq: "1"\r\n', 'info:\r\n  name: a\r\n  seq: 3\r\n'],
    ['info: {name: a, type: http}\n', 'info: {name: a, type: http, seq: 3}\n'],
    ['info: {seq: 1, name: a}\n', 'info: {seq: 3, name: a}\n'],
    ['info:\n  seq:\n  name: a\n', 'info:\n  seq: 3\n  name: a\n'],
    ['info:\n  name: a', 'info:\n  name: a\n  seq: 3'],
  ])('is written into %j', (text, wanted) => {
    expect(edited(text, 3)).toBe(wanted)
    expect(seqIn(wanted)).toBe(3)
    expect(edited(wanted, 3)).toBe(wanted)
  })

  it('is taken out again, and the file is as it was', () => {
    expect(edited('info:\n  name: a\n  seq: 3\nhttp:\n', undefined)).toBe('info:\n  name: a\nhttp:\n')
    for (const { path, text } of collectionSamples) {
      if (!text.startsWith('info:') || seqIn(text) !== undefined) continue
      expect(edited(edited(text, 7), undefined), path).toBe(text)
    }
  })

  it('changes one line of every sample, and all else stays to the byte', () => {
    for (const { path, text } of collectionSamples) {
      const answer = editSeq(text, 4_711)
      if (!answer.ok) continue
      const lines = (some: string): string[] => some.split('\n').filter((line) => !/^\s*seq:/.test(line))
      expect(lines(answer.value), path).toEqual(lines(text))
    }
  })

  it('is refused where it cannot be written', () => {
    expect(editSeq('info:\n  name: "a\n', 1)).toMatchObject({ error: { code: 'collection_fault' } })
    expect(editSeq('http:\n  url: x\n', 1)).toMatchObject({ error: { code: 'collection_edit' } })
    expect(editSeq('info:\n  seq: &a 1\n  x: *a\n', 2)).toMatchObject({ error: { code: 'collection_edit' } })
  })
})
