import Store from 'electron-store'
import { createSettings, type Settings } from './create-settings.ts'

/** Reads window and appearance settings from `settings.json` in the profile. Nothing secret goes there. */
export const readSettings = (): Settings =>
  // A damaged file is read as empty and replaced by the next save: what it held can be chosen anew.
  createSettings(new Store({ name: 'settings', clearInvalidConfig: true, configFileMode: 0o600 }))
