import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { partsOf, putParts } from '../../../../src/node/collections/put.ts'

let root: string
const at = (path: string): string => join(root, path)
const all = (): string[] => readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()

beforeEach(() => {
  root = mkdtempSync(join(realpathSync(tmpdir()), 'put-'))
  mkdirSync(at('users/deep'), { recursive: true })
  writeFileSync(at('users/a.yml'), 'a')
  writeFileSync(at('users/deep/b.sh'), 'b', { mode: 0o755 })
})
afterEach(() => rmSync(root, { recursive: true }))

async function parts(path: string) {
  const found = await partsOf(root, path)
  if (!found.ok) throw new Error(found.error.message)
  return found.value
}

it('puts a folder elsewhere with all that is in it, and a file', async () => {
  expect(await putParts(root, 'copy', await parts('users'))).toEqual({ ok: true, value: { put: true } })
  expect(await putParts(root, 'copy/deep/c.yml', await parts('users/a.yml'))).toEqual({
    ...{ ok: true, value: { put: true } },
  })
  expect(all()).toEqual(
    ['', '/a.yml', '/deep', '/deep/b.sh']
      .flatMap((path) => [`copy${path}`, `users${path}`])
      .concat('copy/deep/c.yml')
      .sort(),
  )
  expect(readFileSync(at('copy/deep/c.yml'), 'utf8')).toBe('a')
  expect(statSync(at('copy/deep/b.sh')).mode).toBe(statSync(at('users/deep/b.sh')).mode)
})

it('leaves what is at the place, and nothing of its own', async () => {
  mkdirSync(at('taken'))
  writeFileSync(at('file'), 'mine')
  const before = all()
  for (const [from, to] of [
    ['users', 'taken'],
    ['users', 'file'],
    ['users/a.yml', 'file'],
    ['users/a.yml', 'taken'],
  ] as const)
    expect(await putParts(root, to, await parts(from)), `${from} to ${to}`).toEqual({
      ok: true,
      value: { put: false },
    })
  expect(await putParts(root, 'gone/a.yml', await parts('users/a.yml'))).toMatchObject({ ok: false })
  expect(await putParts(root, '../a.yml', await parts('users/a.yml'))).toMatchObject({ ok: false })
  expect(all()).toEqual(before)
  expect(readFileSync(at('file'), 'utf8')).toBe('mine')
})

it('leaves nothing where a part cannot be written', async () => {
  const before = all()
  const broken = [
    ...(await parts('users')),
    { path: 'users/a.yml/deeper', bytes: new Uint8Array(1), mode: 0o600 },
  ]
  expect(await putParts(root, 'copy', broken)).toMatchObject({ ok: false })
  expect(all()).toEqual(before)
})
