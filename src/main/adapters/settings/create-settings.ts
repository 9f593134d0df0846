import { z } from 'zod'
import { theme, type Theme } from '@contract/app'
import type { LockSettings } from '@contract/vault'

/** Where the settings lie: names and plain values. */
export interface SettingsFile {
  get(name: string): unknown
  set(name: string, value: unknown): void
}

const pixels = z.number().int().min(-100_000).max(100_000)
const windowBounds = z.object({
  x: pixels.optional(),
  y: pixels.optional(),
  width: z.number().int().min(200).max(20_000),
  height: z.number().int().min(200).max(20_000),
})
const lockSettings = z.object({ idleMinutes: z.number().int().min(0).max(1440), onScreenLock: z.boolean() })

/** Place and size of the window, in device-independent pixels. */
export type WindowBounds = z.infer<typeof windowBounds>

/** Window and appearance settings. */
export interface Settings {
  readonly theme: Theme
  readonly bounds: WindowBounds | undefined
  readonly lock: LockSettings
  saveTheme(value: Theme): void
  saveLock(value: LockSettings): void
  saveBounds(value: WindowBounds): void
}

/** Reads what is valid and falls back to the defaults for the rest; a save that the disk refuses is let go,
 *  because it costs no more than a choice made anew. */
export const createSettings = (file: SettingsFile): Settings => {
  const read = <T>(name: string, schema: z.ZodType<T>): T | undefined => {
    try {
      return schema.safeParse(file.get(name)).data
    } catch {
      return undefined
    }
  }
  const write = (name: string, value: unknown): void => {
    try {
      file.set(name, value)
    } catch {
      // Read-only folder or full disk: the database tells the user about both.
    }
  }
  let currentTheme = read('theme', theme) ?? 'system'
  let currentBounds = read('bounds', windowBounds)
  let currentLock = read('lock', lockSettings) ?? { idleMinutes: 15, onScreenLock: true }
  return {
    get lock() {
      return currentLock
    },
    saveLock: (value) => {
      currentLock = value
      write('lock', value)
    },
    get theme() {
      return currentTheme
    },
    get bounds() {
      return currentBounds
    },
    saveTheme: (value) => {
      currentTheme = value
      write('theme', value)
    },
    saveBounds: (value) => {
      currentBounds = windowBounds.parse(value)
      write('bounds', currentBounds)
    },
  }
}
