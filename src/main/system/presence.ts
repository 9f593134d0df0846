import { powerMonitor } from 'electron'

/** What Electron tells about the person at the computer. To be used after the app is ready. */
export const systemPresence = {
  idleSeconds: () => powerMonitor.getSystemIdleTime(),
  onScreenLock: (then: () => void): void => void powerMonitor.on('lock-screen', then),
  onSuspend: (then: () => void): void => void powerMonitor.on('suspend', then),
}
