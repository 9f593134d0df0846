import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { removePath, restoreParts } from '../../../../src/node/collections/remove.ts'

let root: string
const at = (path: string): string => join(root, path)
const text = (path: string): string => readFileSync(at(path), 'utf8')

beforeEach(() => {
  root = mkdtempSync(join(realpathSync(tmpdir()), 'remove-'))
  mkdirSync(at('users/deep'), { recursive: true })
  writeFileSync(at('users/a.yml'), 'a')
  writeFileSync(at('users/deep/b.yml'), 'b')
})
afterEach(() => rmSync(root, { recursive: true }))

async function removed(path: string) {
  const parts = await removePath(root, path)
  if (!parts.ok) throw new Error(parts.error.message)
  return parts.value
}

it('puts back what a deletion that fails halfway took already', async () => {
  const answer = await removePath(root, 'users', {
    takeOff: async (place) => {
      await rm(join(place, 'deep'), { recursive: true })
      throw Object.assign(new Error('busy'), { code: 'EBUSY' })
    },
  })
  expect(answer).toMatchObject({ ok: false, error: { code: 'collection_write_failed' } })
  expect(!answer.ok && answer.error.message).toContain('another program is using it). Nothing was changed.')
  expect([text('users/a.yml'), text('users/deep/b.yml')]).toEqual(['a', 'b'])
})

it('tells of another file in the place of one that is put back, and puts back the rest', async () => {
  const parts = await removed('users')
  mkdirSync(at('users'))
  writeFileSync(at('users/a.yml'), 'c')
  expect(await restoreParts(root, parts)).toMatchObject({ ok: false, error: { code: 'collection_changed' } })
  expect([text('users/a.yml'), text('users/deep/b.yml')]).toEqual(['c', 'b'])
  rmSync(at('users/a.yml'))
  expect(await restoreParts(root, parts)).toEqual({ ok: true, value: null })
  expect([text('users/a.yml'), text('users/deep/b.yml')]).toEqual(['a', 'b'])
})

it('tells of a file in the place of a folder', async () => {
  const parts = await removed('users/deep')
  writeFileSync(at('users/deep'), '')
  expect(await restoreParts(root, parts)).toMatchObject({ ok: false })
})

it('leaves no half of a file that could not be written', async () => {
  const [part] = await removed('users/a.yml')
  if (!part) throw new Error('nothing was removed')
  // What no file takes, as a full disk does not.
  const broken = { ...part, bytes: 7 as unknown as Uint8Array }
  expect(await restoreParts(root, [broken])).toMatchObject({ error: { code: 'collection_write_failed' } })
  expect(existsSync(at('users/a.yml'))).toBe(false)
  expect(await restoreParts(root, [part])).toEqual({ ok: true, value: null })
})

it('leaves what is another than is expected', async () => {
  const expected = await removed('users')
  expect(await restoreParts(root, expected)).toMatchObject({ ok: true })
  for (const change of [
    () => writeFileSync(at('users/a.yml'), 'c'),
    () => writeFileSync(at('users/c.yml'), 'c'),
    () => rmSync(at('users/deep/b.yml')),
  ]) {
    change()
    const there = readdirSync(root, { recursive: true }).sort()
    expect(await removePath(root, 'users', { expected })).toMatchObject({
      error: { code: 'collection_changed' },
    })
    expect(readdirSync(root, { recursive: true }).sort()).toEqual(there)
    rmSync(at('users'), { recursive: true })
    await restoreParts(root, expected)
  }
  expect(await removePath(root, 'users', { expected })).toEqual({ ok: true, value: expected })
  expect(existsSync(at('users'))).toBe(false)
})

it('takes off and puts back a folder of thousands of files', async () => {
  mkdirSync(at('many/inside'), { recursive: true })
  const names = Array.from(
    { length: 5_200 },
    (_, each) => `many/${each % 2 === 0 ? 'inside/' : ''}r${each}.yml`,
  )
  for (const name of names) writeFileSync(at(name), name)
  const parts = await removed('many')
  expect(parts).toHaveLength(5_202)
  expect(existsSync(at('many'))).toBe(false)
  expect(readdirSync(root)).toEqual(['users'])
  // Each that is put back waits for the disk.
  const some = parts.slice(0, 202)
  expect(await restoreParts(root, some)).toEqual({ ok: true, value: null })
  const files = some.filter(({ bytes }) => bytes !== null)
  expect(files).toHaveLength(200)
  expect(files.every(({ path }) => text(path) === path)).toBe(true)
})
