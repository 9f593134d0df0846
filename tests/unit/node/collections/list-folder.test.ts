import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { listFolder } from '../../../../src/node/collections/list-folder.ts'

const folderWith = (names: string[]): string => {
  const folder = mkdtempSync(join(tmpdir(), 'listed-'))
  for (const name of names) writeFileSync(join(folder, name), '')
  return folder
}

it('lists what a collection may have, in order', async () => {
  const folder = folderWith(['b.yml', 'a.yml', 'notes.txt', '.hidden.yml'])
  const listed = await listFolder(folder)
  expect(listed).toMatchObject({ ok: true, value: { notes: [] } })
  expect(listed.ok && listed.value.entries.map(({ path }) => path)).toEqual(['a.yml', 'b.yml'])
})

it('reads a folder that is full of other things not to its end, and says so', async () => {
  const folder = folderWith(['a.yml', ...Array.from({ length: 300 }, (_, at) => `${at}.txt`)])
  const listed = await listFolder(folder, { seen: 200, found: 10 })
  expect(listed.ok && listed.value.notes).toEqual([`“${folder}” contains too much: not all of it is shown.`])
  const many = folderWith(Array.from({ length: 30 }, (_, at) => `${at}.yml`))
  const some = await listFolder(many, { seen: 200, found: 10 })
  expect(some.ok && [some.value.entries.length, some.value.notes.length]).toEqual([10, 1])
})
