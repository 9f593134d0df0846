import { execFileSync } from 'node:child_process'
import { lstatSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readSettings } from '../../../../src/node/settings/settings.ts'

// electron-store asks Electron for the app's version and folder; the folder is given here.
vi.mock('electron', () => ({
  default: {
    app: { getPath: () => '/nowhere', getVersion: () => '1.0.0' },
    ipcMain: { on: () => undefined },
    shell: {},
  },
}))

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-settings-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('the settings file', () => {
  it('reads what electron-store wrote', async () => {
    const settings = readSettings(folder)
    settings.saveTheme('dark')
    settings.saveBounds({ x: 1, y: 2, width: 900, height: 600 })
    await settings.flush()
    const again = readSettings(folder)
    expect([again.theme, again.bounds]).toEqual(['dark', { x: 1, y: 2, width: 900, height: 600 }])
  })

  it.each(['', '{', '[]', 'null', '{"theme":7}', 'x'.repeat(70_000)])(
    'starts afresh with a damaged file: %.20s',
    async (text) => {
      await writeFile(join(folder, 'settings.json'), text)
      expect(readSettings(folder).theme).toBe('system')
    },
  )

  it.each<[string, (file: string) => unknown]>([
    ['a pipe that nobody writes into', (file) => execFileSync('mkfifo', [file])],
    ['a folder', (file) => mkdirSync(file)],
    ['a device without an end', (file) => symlinkSync('/dev/zero', file)],
    ['100 MB', (file) => writeFileSync(file, Buffer.alloc(100_000_000, ' '))],
    ['a link to itself', (file) => symlinkSync(file, file)],
  ])('neither waits for %s nor writes into it', async (_name, make) => {
    const file = join(folder, 'settings.json')
    make(file)
    const before = lstatSync(file)
    const began = performance.now()
    const settings = readSettings(folder)
    settings.saveTheme('dark')
    await settings.flush()
    expect(performance.now() - began).toBeLessThan(1_000)
    expect(settings.theme).toBe('dark')
    expect(lstatSync(file).ino).toBe(before.ino)
  })
})
