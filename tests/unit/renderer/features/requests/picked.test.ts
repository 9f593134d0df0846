import { expect, it } from 'vitest'
import {
  byCollection,
  tooMany,
  topmost,
} from '../../../../../src/renderer/src/features/requests/collections/moved-words.ts'

it('takes what comes along with a folder only with it', () => {
  expect(topmost(['a', 'a/b.yml', 'a/c/d.yml', 'ab/e.yml', 'f/g.yml'])).toEqual(['a', 'ab/e.yml', 'f/g.yml'])
  const place = (collectionId: string, path: string) => ({ collectionId, path })
  expect(byCollection([place('k', 'a'), place('o', 'a/b.yml'), place('k', 'a/b.yml')])).toEqual([
    { collectionId: 'k', paths: ['a'] },
    { collectionId: 'o', paths: ['a/b.yml'] },
  ])
})

it('says that more than are taken at once were picked, and what to do', () => {
  const paths = Array.from({ length: 2_001 }, (_, each) => `r${each}.yml`)
  expect(tooMany(paths.slice(1))).toBeNull()
  expect(tooMany(paths)).toEqual({
    code: 'collection_picked_many',
    message: '2,001 are more than are moved, copied or deleted at once (2,000).',
    next: 'Select the folder that they are in, or fewer of them.',
  })
})
