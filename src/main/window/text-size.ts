import type { BrowserWindow } from 'electron'
import type { TextSize, TextStep } from '@contract/about'
import { textSizes } from '@contract/words'

interface Needs {
  settings: { readonly textSize: TextSize; saveTextSize: (size: TextSize) => void }
  window: () => BrowserWindow | undefined
  /** Told when it was changed by a step, which the settings do not know of. */
  changed: () => void
}

/** The next size in that direction, at the ends the same. */
export function stepTextSize(now: TextSize, step: TextStep): TextSize {
  if (step === 'usual') return 100
  const index = textSizes.indexOf(now) + (step === 'larger' ? 1 : -1)
  return textSizes[index] ?? now
}

/** The size of everything on the page. */
export function createTextSize({ settings, window, changed }: Needs) {
  function set(size: TextSize): void {
    settings.saveTextSize(size)
    window()?.webContents.setZoomFactor(size / 100)
  }
  function step(by: TextStep): void {
    set(stepTextSize(settings.textSize, by))
    changed()
  }
  return { get: (): TextSize => settings.textSize, set, step }
}
