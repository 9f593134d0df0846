import { expect, it } from 'vitest'
import { tagsIn, textOfTags } from '../../../../../src/renderer/src/features/requests/collections/tag-text.ts'

it('reads tags from a line, each once, within what a file may have', () => {
  expect(tagsIn(' smoke, a b ,,smoke,')).toEqual(['smoke', 'a b'])
  expect(tagsIn(textOfTags(['x', 'y']))).toEqual(['x', 'y'])
  expect(tagsIn('')).toEqual([])
  expect(tagsIn('x'.repeat(200))).toEqual(['x'.repeat(80)])
  expect(tagsIn(Array.from({ length: 90 }, (_, at) => `t${at}`).join())).toHaveLength(50)
})
