import type { TextSize, TextStep } from '@contract/about'
import type { Theme } from '@contract/app'
import { ok, type Result } from '@contract/result'
import type { Preferences } from '../ports.ts'

/** How the window looks. */
export function createAppearance({
  theme,
  textSize,
  listWidth,
}: Pick<Preferences, 'theme' | 'textSize' | 'listWidth'>) {
  return {
    setTheme: (wanted: Theme): Result<null> => {
      theme.set(wanted)
      return ok(null)
    },
    setListWidth: (pixels: number): Result<null> => {
      listWidth.set(pixels)
      return ok(null)
    },
    textSize: {
      read: (): Result<TextSize> => ok(textSize.get()),
      set: (size: TextSize): Result<null> => {
        textSize.set(size)
        return ok(null)
      },
      step: (by: TextStep): Result<null> => {
        textSize.step(by)
        return ok(null)
      },
    },
  }
}
