import { defined } from '@contract/defined'
import type { TextSize } from '@contract/about'
import type { Theme } from '@contract/app'
import type { LockSettings } from '@contract/vault'
import { historyChoices, listWidths, textSizes, usualHistory, type HistoryLimits } from '@contract/words'

/** Where the settings lie: names and plain values. */
export interface SettingsFile {
  get(name: string): unknown
  set(name: string, value: unknown): void
}

/** Place and size of the window, in device-independent pixels. */
interface WindowBounds {
  x?: number
  y?: number
  width: number
  height: number
}

// Checked manually: the first window waits for the settings, and would wait three times as long with zod.
type Reader<T> = (value: unknown) => T | undefined

/** Reads what is valid and falls back to the defaults for the rest; a save that the disk refuses is let go,
 *  because it costs no more than a choice made again. */
export function createSettings(file: SettingsFile): Settings {
  function read<T>(name: string, reader: Reader<T>): T | undefined {
    try {
      return reader(file.get(name))
    } catch {
      return undefined
    }
  }
  function write(name: string, value: unknown): void {
    try {
      file.set(name, value)
    } catch {
      // Read-only folder or full disk: the database tells the user about both.
    }
  }
  let currentTheme = read('theme', readTheme) ?? 'system'
  let currentTextSize = read('textSize', readTextSize) ?? 100
  let currentListWidth = read('listWidth', readListWidth) ?? listWidths.usual
  let currentBounds = read('bounds', readBounds)
  let currentLock = read('lock', readLock) ?? { idleMinutes: 15, onScreenLock: true }
  let currentHistory = read('history', readHistory) ?? usualHistory
  return {
    get history() {
      return currentHistory
    },
    saveHistory: (value) => {
      currentHistory = readHistory(value) ?? currentHistory
      write('history', currentHistory)
    },
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
    get textSize() {
      return currentTextSize
    },
    get listWidth() {
      return currentListWidth
    },
    get bounds() {
      return currentBounds
    },
    saveTheme: (value) => {
      currentTheme = value
      write('theme', value)
    },
    saveTextSize: (value) => {
      currentTextSize = value
      write('textSize', value)
    },
    saveListWidth: (value) => {
      currentListWidth = readListWidth(value) ?? currentListWidth
      write('listWidth', currentListWidth)
    },
    saveBounds: (value) => {
      currentBounds = readBounds(value) ?? currentBounds
      write('bounds', currentBounds)
    },
  }
}

const readTheme: Reader<Theme> = (value) =>
  value === 'system' || value === 'light' || value === 'dark' ? value : undefined

const readTextSize: Reader<TextSize> = (value) => textSizes.find((size) => size === value)

const readListWidth: Reader<number> = (value) =>
  isWhole(value, listWidths.least, listWidths.most) ? value : undefined

const readBounds: Reader<WindowBounds> = (value) => {
  if (typeof value !== 'object' || value === null) return undefined
  const { x, y, width, height } = value as Record<string, unknown>
  const isPlace = (each: unknown) => each === undefined || isWhole(each, -100_000, 100_000)
  if (!isWhole(width, 200, 20_000) || !isWhole(height, 200, 20_000) || !isPlace(x) || !isPlace(y))
    return undefined
  return {
    width,
    height,
    ...defined({ x: x, y: y }),
  }
}

const readLock: Reader<LockSettings> = (value) => {
  if (typeof value !== 'object' || value === null) return undefined
  const { idleMinutes, onScreenLock } = value as Record<string, unknown>
  if (!isWhole(idleMinutes, 0, 1440) || typeof onScreenLock !== 'boolean') return undefined
  return { idleMinutes, onScreenLock }
}

const readHistory: Reader<HistoryLimits> = (value) => {
  if (typeof value !== 'object' || value === null) return undefined
  const { days, exchanges, megabytes } = value as Record<string, unknown>
  const found = {
    days: historyChoices.days.find((each) => each === days),
    exchanges: historyChoices.exchanges.find((each) => each === exchanges),
    megabytes: historyChoices.megabytes.find((each) => each === megabytes),
  }
  return found.days === undefined || found.exchanges === undefined || found.megabytes === undefined
    ? undefined
    : { days: found.days, exchanges: found.exchanges, megabytes: found.megabytes }
}

/** Window and appearance settings. */
export interface Settings {
  readonly theme: Theme
  readonly textSize: TextSize
  readonly listWidth: number
  readonly bounds: WindowBounds | undefined
  readonly lock: LockSettings
  readonly history: HistoryLimits
  saveTheme(value: Theme): void
  saveTextSize(value: TextSize): void
  saveLock(value: LockSettings): void
  saveHistory(value: HistoryLimits): void
  saveListWidth(value: number): void
  saveBounds(value: WindowBounds): void
}

function isWhole(value: unknown, least: number, most: number): value is number {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most
}
