import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readFileWithin } from '../../../../src/node/files/read-file-within.ts'
import { writeForOwner } from '../../../../src/node/files/write-for-owner.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-files-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const bytes = (text: string) => new TextEncoder().encode(text)
const modeOf = (file: string) => statSync(file).mode & 0o777

describe('writeForOwner', () => {
  it('writes all pieces for the owner alone, also over a file that everyone could read', async () => {
    const file = join(folder, 'export.age')
    writeFileSync(file, 'what was there before, and was longer', { mode: 0o644 })
    chmodSync(file, 0o666)
    await writeForOwner(file, [bytes('one '), bytes('two')])
    expect(readFileSync(file, 'utf8')).toBe('one two')
    expect(modeOf(file)).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['export.age'])
  })

  it('leaves what was there, and nothing beside it, where it fails half-way', async () => {
    const file = join(folder, 'body.json')
    writeFileSync(file, 'before')
    function* torn() {
      yield bytes('half')
      throw new Error('the row is gone')
    }
    await expect(writeForOwner(file, torn())).rejects.toThrow('the row is gone')
    expect(readFileSync(file, 'utf8')).toBe('before')
    expect(readdirSync(folder)).toEqual(['body.json'])
  })

  it('shows nothing half-written to whoever reads meanwhile', async () => {
    const file = join(folder, 'body.json')
    writeFileSync(file, 'before')
    const seen: string[] = []
    function* pieces() {
      for (let piece = 0; piece < 3; piece += 1) {
        yield bytes('x')
        seen.push(readFileSync(file, 'utf8'))
      }
    }
    await writeForOwner(file, pieces())
    expect(seen).toEqual(['before', 'before', 'before'])
    expect(readFileSync(file, 'utf8')).toBe('xxx')
  })

  it('follows a link, and replaces no folder, device or pipe', async () => {
    const real = join(folder, 'real')
    writeFileSync(real, 'before')
    symlinkSync(real, join(folder, 'link'))
    await writeForOwner(join(folder, 'link'), [bytes('after')])
    expect(readFileSync(real, 'utf8')).toBe('after')
    expect(readdirSync(folder).sort()).toEqual(['link', 'real'])

    mkdirSync(join(folder, 'folder'))
    execFileSync('mkfifo', [join(folder, 'pipe')])
    for (const name of ['folder', 'pipe'])
      await expect(writeForOwner(join(folder, name), [bytes('x')])).rejects.toThrow('it is not a file')
    await expect(writeForOwner('/dev/null', [bytes('x')])).rejects.toThrow('it is not a file')
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
  })
})

describe('readFileWithin', () => {
  it('reads a file up to its limit', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, 'four')
    expect(await readFileWithin(file, 4)).toEqual(bytes('four'))
    expect(await readFileWithin(file, 3)).toBeUndefined()
  })

  it('does not wait for a pipe, nor read a device or a folder', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')])
    for (const path of [join(folder, 'pipe'), '/dev/zero', folder])
      await expect(readFileWithin(path, 10)).rejects.toThrow(/not a file|EISDIR/)
  })
})
