import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createSettings, type Settings, type SettingsFile } from './create-settings.ts'

/** More than this is no settings file of ours. Characters. */
const longest = 65_536

/** Reads window and appearance settings from `settings.json` in the profile; nothing secret goes there.
 *  The first window waits for them, so they are read as plain JSON; electron-store, which takes longer to load
 *  than the window to open, is loaded when something is saved. */
export function readSettings(profile: string): StoredSettings {
  const file = join(profile, 'settings.json')
  const values = readObject(file)
  let writing: Promise<unknown> = Promise.resolve()
  const stored: SettingsFile = {
    get: (name) => values[name],
    set: (name, value) => {
      values[name] = value
      writing = writing.then(async () => {
        const { default: Store } = await import('electron-store')
        const store = new Store({
          cwd: dirname(file),
          name: 'settings',
          clearInvalidConfig: true,
          configFileMode: 0o600,
        })
        store.set(name, value)
      })
      // Read-only folder or full disk: the database tells the user about both.
      writing = writing.catch(() => undefined)
    },
  }
  return Object.assign(createSettings(stored), {
    flush: async () => {
      await writing
    },
  })
}

/** Settings that can be waited for before the program ends. */
export interface StoredSettings extends Settings {
  flush: () => Promise<void>
}

function readObject(file: string): Record<string, unknown> {
  try {
    const text = readFileSync(file, 'utf8')
    const value: unknown = text.length > longest ? undefined : JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : {}
  } catch {
    // None yet, or damaged: what it held can be chosen anew.
    return {}
  }
}
