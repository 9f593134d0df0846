import { mkdtempSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hashFiles, readStamp, writeStamp } from '../../../scripts/lib/stamp.mjs'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-stamp-'))
  mkdirSync(join(folder, 'src/deep'), { recursive: true })
  writeFileSync(join(folder, 'src/deep/a.ts'), 'one')
  writeFileSync(join(folder, 'config.ts'), 'two')
})
afterEach(() => rmSync(folder, { recursive: true }))

const hash = () => hashFiles(folder, ['src', 'config.ts'])

describe('the hash over sources', () => {
  it('stays when only times change', () => {
    const before = hash()
    utimesSync(join(folder, 'src/deep/a.ts'), 1, 1)
    expect(hash()).toBe(before)
  })

  it('changes with a content, a name, a new file and a missing one', () => {
    const seen = new Set([hash()])
    writeFileSync(join(folder, 'src/deep/a.ts'), 'One')
    seen.add(hash())
    writeFileSync(join(folder, 'src/b.ts'), 'One')
    seen.add(hash())
    rmSync(join(folder, 'src/deep/a.ts'))
    seen.add(hash())
    rmSync(join(folder, 'config.ts'))
    seen.add(hash())
    expect(seen.size).toBe(5)
  })

  it('tells where one file ends and the next begins', () => {
    writeFileSync(join(folder, 'src/a'), 'xy')
    writeFileSync(join(folder, 'src/b'), 'z')
    const before = hash()
    writeFileSync(join(folder, 'src/a'), 'x')
    writeFileSync(join(folder, 'src/b'), 'yz')
    expect(hash()).not.toBe(before)
  })
})

describe('a stamp', () => {
  it('is read back as written', () => {
    const file = join(folder, 'new/stamp.json')
    writeStamp(file, { key: 'k' })
    expect(readStamp(file)).toEqual({ key: 'k' })
  })

  it('counts as missing when it is missing or broken', () => {
    expect(readStamp(join(folder, 'none.json'))).toBeUndefined()
    writeFileSync(join(folder, 'half.json'), '{"key":')
    expect(readStamp(join(folder, 'half.json'))).toBeUndefined()
  })
})
