import { z } from 'zod'
import { call } from './call.ts'
import { nothing } from '@contract/limits'
import { textSizes } from '@contract/words'
import { place, type AboutView, type TextSize, textStep } from '@contract/about'

/** Percent of the usual size of text, one of `textSizes`. */
const textSize = z.union(textSizes.map((size) => z.literal(size)))

export const aboutCalls = {
  'app:about': call(nothing).returns<AboutView>(),
  /** Copies versions, system and protection: no names, no paths. */
  'app:copy-report': call(nothing).returns<null>(),
  /** Opens the file manager there. Code: `place_missing`. */
  'app:show-place': call(z.object({ place }).strict()).returns<null>(),
  'app:text-size': call(nothing).returns<TextSize>(),
  /** The next size in that direction; at the ends the same. */
  'app:step-text-size': call(z.object({ by: textStep }).strict()).returns<null>(),
  'app:set-text-size': call(z.object({ percent: textSize }).strict()).returns<null>(),
}
