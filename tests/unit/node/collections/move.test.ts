import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { movePath } from '../../../../src/node/collections/move.ts'

let root: string
const at = (path: string): string => join(root, path)
const text = (path: string): string => readFileSync(at(path), 'utf8')
const moved = { ok: true, value: { moved: true } }
const taken = { ok: true, value: { moved: false } }

beforeEach(() => {
  root = mkdtempSync(join(realpathSync(tmpdir()), 'move-'))
  mkdirSync(at('users/deep'), { recursive: true })
  mkdirSync(at('orders'))
  writeFileSync(at('users/a.yml'), 'a')
  writeFileSync(at('users/notes.txt'), 'n')
  writeFileSync(at('orders/a.yml'), 'other')
})
afterEach(() => rmSync(root, { recursive: true }))

it('gives a file and a folder another place, with all that is in it', async () => {
  expect(await movePath(root, 'users/a.yml', 'a.yml')).toEqual(moved)
  expect(await movePath(root, 'users', 'orders/users')).toEqual(moved)
  expect([text('a.yml'), text('orders/users/notes.txt'), existsSync(at('users'))]).toEqual(['a', 'n', false])
  expect(readdirSync(root).sort()).toEqual(['a.yml', 'orders'])
})

it('never writes over what is there, be it a file, a folder or an empty one', async () => {
  expect(await movePath(root, 'users/a.yml', 'orders/a.yml')).toEqual(taken)
  expect(await movePath(root, 'users/a.yml', 'orders')).toEqual(taken)
  expect(await movePath(root, 'users', 'orders')).toEqual(taken)
  mkdirSync(at('empty'))
  expect(await movePath(root, 'users', 'empty')).toEqual(taken)
  expect(await movePath(root, 'users', 'orders/a.yml')).toEqual(taken)
  expect([text('users/a.yml'), text('orders/a.yml'), readdirSync(at('empty'))]).toEqual(['a', 'other', []])
})

it('leads neither out of the collection, nor through a link, nor a folder into itself', async () => {
  symlinkSync('/tmp', at('out'))
  for (const [from, to] of [
    ['users/a.yml', '../a.yml'],
    ['users/a.yml', 'out/a.yml'],
    ['out', 'orders/out'],
    ['users', 'users/deep/users'],
  ] as const)
    expect(await movePath(root, from, to), `${from} ${to}`).toMatchObject({
      ok: false,
      error: { code: 'collection_file_unreadable' },
    })
  expect(text('users/a.yml')).toBe('a')
})

it('says what is gone', async () => {
  for (const [from, to] of [
    ['users/b.yml', 'b.yml'],
    ['users/a.yml', 'gone/a.yml'],
  ] as const)
    expect(await movePath(root, from, to)).toMatchObject({ error: { code: 'collection_file_gone' } })
  expect(text('users/a.yml')).toBe('a')
})
