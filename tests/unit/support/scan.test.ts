import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { scanForSecrets } from '../../support/scan.ts'

const secret = 'marked-secret-5f1c9a'
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-scan-'))
  await mkdir(join(folder, 'deep', 'er'), { recursive: true })
})
afterEach(() => rm(folder, { recursive: true }))

const forms: [string, Buffer][] = [
  ['plain', Buffer.from(`x${secret}y`)],
  ['UTF-16LE', Buffer.from(`x${secret}y`, 'utf16le')],
  ['hex', Buffer.from(Buffer.from(secret).toString('hex'))],
  ['base64', Buffer.from(Buffer.from(`{"a":"${secret}"}`).toString('base64'))],
  ['base64', Buffer.from(Buffer.from(`{"ab":"${secret}"}`).toString('base64'))],
  ['base64', Buffer.from(Buffer.from(`{"abc":"${secret}"}`).toString('base64'))],
]

it.each(forms)('finds a secret written as %s', async (encoding, content) => {
  const file = join(folder, 'deep', 'er', 'data.bin')
  await writeFile(file, Buffer.concat([Buffer.alloc(1000), content, Buffer.alloc(10)]))
  const findings = await scanForSecrets(folder, { token: secret })
  expect(findings).toContainEqual({ file, secret: 'token', encoding })
})

it('finds nothing where nothing is', async () => {
  await writeFile(join(folder, 'clean'), Buffer.alloc(5000, 'abc'))
  expect(await scanForSecrets(folder, { token: secret })).toEqual([])
})

it('refuses to search for a text that is everywhere', async () => {
  await expect(scanForSecrets(folder, { short: 'abc' })).rejects.toThrow('too short')
})
