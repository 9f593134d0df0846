import type { WebPreferences } from 'electron'

/** What holds for every page in a window of ours; most of it is Electron's default today, written down so that it
 *  stays so (SECURITY.md, checklist). */
export const strictPreferences: WebPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  safeDialogs: true,
  spellcheck: false,
  enableWebSQL: false,
}
