import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { nonBlocking } from '../files/read-file-within.ts'
import { createSettings, type Settings, type SettingsFile } from './create-settings.ts'

/** More than this is no settings file of ours. Bytes. */
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
        if (!isOurs(file)) return
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
    const value: unknown = JSON.parse(readSmallFile(file))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : {}
  } catch {
    // None yet, or damaged: what it held can be chosen again.
    return {}
  }
}

/** electron-store reads the file before it writes, without a look at what it is. */
function isOurs(file: string): boolean {
  const stat = statSync(file, { throwIfNoEntry: false })
  return stat === undefined || (stat.isFile() && stat.size <= longest)
}

/** Reads a file of ours and nothing else: the start would wait for ever for whoever writes into a pipe, and long for
 *  100 MB. */
function readSmallFile(file: string): string {
  const descriptor = openSync(file, constants.O_RDONLY | nonBlocking)
  try {
    const stat = fstatSync(descriptor)
    if (!stat.isFile() || stat.size > longest) return ''
    const bytes = Buffer.alloc(longest)
    return bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, longest, 0))
  } finally {
    closeSync(descriptor)
  }
}
