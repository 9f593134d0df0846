import type { BrowserWindow, Input } from 'electron'
import type { TextSize } from '@contract/about'
import { textSizes } from '@contract/words'

interface Needs {
  settings: { readonly textSize: TextSize; saveTextSize: (size: TextSize) => void }
  window: () => BrowserWindow | undefined
  /** Told when it was changed by keys or menu. */
  changed: () => void
}

export type TextStep = 'larger' | 'smaller' | 'usual'

/** What a key asks for; undefined for any other key. */
export const textStepOf = (
  input: Pick<Input, 'type' | 'key' | 'control' | 'meta' | 'alt'>,
): TextStep | undefined => {
  if (input.type !== 'keyDown' || !(input.control || input.meta) || input.alt) return undefined
  if (input.key === '+' || input.key === '=') return 'larger'
  if (input.key === '-' || input.key === '_') return 'smaller'
  return input.key === '0' ? 'usual' : undefined
}

/** The next size in that direction, at the ends the same. */
export const stepTextSize = (now: TextSize, step: TextStep): TextSize => {
  if (step === 'usual') return 100
  const index = textSizes.indexOf(now) + (step === 'larger' ? 1 : -1)
  return textSizes[index] ?? now
}

/** The size of everything on the page. Keys are taken here, so that they work at the lock screen too. */
export const createTextSize = ({ settings, window, changed }: Needs) => {
  const set = (size: TextSize): void => {
    settings.saveTextSize(size)
    window()?.webContents.setZoomFactor(size / 100)
  }
  const step = (by: TextStep): void => {
    set(stepTextSize(settings.textSize, by))
    changed()
  }
  return {
    get: (): TextSize => settings.textSize,
    set,
    step,
    /** Takes the keys of this window. */
    listen: (opened: BrowserWindow): void => {
      opened.webContents.on('before-input-event', (event, input) => {
        const wanted = textStepOf(input)
        if (wanted === undefined) return
        event.preventDefault()
        step(wanted)
      })
    },
  }
}
