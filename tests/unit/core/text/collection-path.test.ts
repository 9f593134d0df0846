import { expect, it } from 'vitest'
import { isFilePath } from '../../../../src/core/text/collection-path.ts'

it('takes the paths that a collection lists, and none that leads elsewhere', () => {
  for (const path of ['a.yml', 'Sub/b c.yaml', 'environments/local.yml', 'Ünï/ö.yml'])
    expect(isFilePath(path)).toBe(true)
  for (const path of [
    '',
    '.yml',
    'a.txt',
    '/a.yml',
    '../a.yml',
    'a/../b.yml',
    'a//b.yml',
    '.git/a.yml',
    'a\\b.yml',
    'node_modules/a.yml',
    'c:a.yml',
    'a\u0000.yml',
    `${'a/'.repeat(20)}a.yml`,
  ])
    expect(isFilePath(path)).toBe(false)
})
