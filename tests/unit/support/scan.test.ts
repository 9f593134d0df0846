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

const odd = 'q"7&x é<9+/%=_aZ'
/** Has + and / in base64, wherever it begins. */
const slashes = `${secret}~~~~~~??????>>>>>>`
const base64 = (before: string, ending = 'y') => Buffer.from(`${before}${secret}${ending}`).toString('base64')
const forms: [string, Buffer, string?][] = [
  ['plain', Buffer.from(`x${secret}y`)],
  ['UTF-16LE', Buffer.from(`x${secret}y`, 'utf16le')],
  ['UTF-16BE', Buffer.from(`x${secret}y`, 'utf16le').swap16()],
  ['hex', Buffer.from(Buffer.from(secret).toString('hex'))],
  ['HEX', Buffer.from(Buffer.from(secret).toString('hex').toUpperCase())],
  ['base64 at 0', Buffer.from(base64('{"'.repeat(3)))],
  ['base64 at 1', Buffer.from(base64('{'))],
  ['base64 at 2', Buffer.from(base64('{"'))],
  ['base64url', Buffer.from(Buffer.from(`x${slashes}y`).toString('base64url')), slashes],
  ['percent', Buffer.from(`?a=${encodeURIComponent(odd)}&b=1`), odd],
  ['form', Buffer.from(new URLSearchParams({ a: odd, b: '1' }).toString()), odd],
  ['JSON', Buffer.from(JSON.stringify({ a: odd })), odd],
  ['HTML', Buffer.from('<p>q&quot;7&amp;x é&lt;9+/%=_aZ</p>'), odd],
]

it.each(forms)('finds a secret written as %s', async (encoding, content, text = secret) => {
  const file = join(folder, 'deep', 'er', 'data.bin')
  await writeFile(file, Buffer.concat([Buffer.alloc(1000), content, Buffer.alloc(10)]))
  const findings = await scanForSecrets(folder, { token: text })
  expect(findings).toContainEqual({ file, secret: 'token', encoding })
})

it('finds nothing where nothing is', async () => {
  await writeFile(join(folder, 'clean'), Buffer.alloc(5000, 'abc'))
  expect(await scanForSecrets(folder, { token: secret })).toEqual([])
})

it('refuses to search for a text that is everywhere', async () => {
  await expect(scanForSecrets(folder, { short: 'abc' })).rejects.toThrow('too short')
})
