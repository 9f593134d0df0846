import { powerMonitor } from 'electron'
import type { Presence } from '../../core/app/vault/auto-lock.ts'
import { watchScreenLock } from './lock-signals.ts'

/** What the system tells about the person at the computer. To be used after the app is ready. */
export const systemPresence: Presence = {
  idleSeconds: () => powerMonitor.getSystemIdleTime(),
  watchScreenLock: (then) => {
    // Electron knows of it on macOS and Windows only.
    if (process.platform === 'linux') return watchScreenLock(then)
    powerMonitor.on('lock-screen', then)
    return { sees: async () => true, stop: () => void powerMonitor.off('lock-screen', then) }
  },
  onSuspend: (then) => void powerMonitor.on('suspend', then),
}
