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
})
