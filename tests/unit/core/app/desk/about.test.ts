import { describe, expect, it } from 'vitest'
import { createAbout } from '../../../../../src/core/app/desk/about.ts'
import { clearAfterSeconds } from '../../../../../src/core/app/tokens/token-actions.ts'
import type { BackupsView } from '../../../../../src/core/contract/backups.ts'

const world = (backups: BackupsView = { backups: [] }) => {
  const copied: string[] = []
  const shown: string[] = []
  const about = createAbout({
    about: { version: '1.2.3' },
    machine: {
      versions: { electron: '40.0.0', chromium: '140.0.1', node: '24.1.0' },
      system: { name: 'Linux', release: '6.8.0', architecture: 'x64', desktop: 'GNOME (wayland)' },
      places: () => [{ place: 'profile', path: '/home/someone/.config/Gatehouse' }],
      show: (place) => place !== 'logs' && shown.push(place) > 0,
    },
    protection: () => ({ kind: 'password', backend: 'password', label: 'Password', says: '' }),
    history: () => ({ days: 0, exchanges: 1_000_000, megabytes: 2_000 }),
    backups: () => backups,
    copyText: async (text) => void copied.push(text),
  })
  return { about, copied, shown }
}

describe('about', () => {
  it('names the newest copy that was made by itself, and the limits that really hold', () => {
    const { about } = world({
      backups: [
        { name: 'a', kind: 'before-restore', at: 9, size: 1 },
        { name: 'b', kind: 'routine', at: 7, size: 20 },
        { name: 'c', kind: 'routine', at: 5, size: 10 },
      ],
      lastCheck: { full: false, at: 8, problems: [] },
    })
    expect(about.read()).toMatchObject({
      ok: true,
      value: {
        versions: { gatehouse: '1.2.3', electron: '40.0.0' },
        kept: { clearAfterSeconds, exchanges: 1_000_000 },
        lastBackup: { at: 7, size: 20 },
        lastCheck: { at: 8 },
      },
    })
  })
  it('copies a report without names and paths', async () => {
    const { about, copied } = world({
      backups: [],
      lastCheck: { full: true, at: 8, problems: ['row 3 of /home/someone is missing'] },
    })
    expect(await about.copyReport()).toEqual({ ok: true, value: null })
    expect(copied).toEqual([
      'Gatehouse 1.2.3\nElectron 40.0.0, Chromium 140.0.1, Node 24.1.0\nLinux, 6.8.0, x64, GNOME (wayland)\n' +
        'Vault: password (password)\nDatabase: damaged\n',
    ])
  })
  it('shows a place, and says so where it is not there', () => {
    const { about, shown } = world()
    expect(about.show({ place: 'database' }).ok).toBe(true)
    expect(about.show({ place: 'logs' })).toMatchObject({ error: { code: 'place_missing' } })
    expect(shown).toEqual(['database'])
  })
})
