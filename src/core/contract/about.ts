import { z } from 'zod'
import type { CheckView } from './backups.ts'
import { call } from './call.ts'
import { nothing } from './limits.ts'
import { textSizes } from './words.ts'

export const place = z.enum(['profile', 'database', 'logs'])
/** Where Gatehouse keeps things: the profile's folder, the database's file, the folder of the logs. */
export type Place = z.infer<typeof place>

export interface PlaceView {
  place: Place
  path: string
  /** Bytes, of the database with its log. */
  size?: number
}

/** What runs, what it runs on, and what it keeps. */
export interface AboutView {
  versions: { gatehouse: string; electron: string; chromium: string; node: string }
  /** `desktop` where the system names one. */
  system: { name: string; release: string; architecture: string; desktop?: string }
  places: PlaceView[]
  /** How long things are kept: counts, bytes, seconds. */
  kept: {
    exchanges: number
    bodyBytes: number
    flows: number
    hideAfterSeconds: number
    clearAfterSeconds: number
  }
  lastBackup?: { at: number; size: number }
  lastCheck?: CheckView
}

/** Percent of the usual size of text, one of `textSizes`. */
export const textSize = z.union(textSizes.map((size) => z.literal(size)))
export type TextSize = (typeof textSizes)[number]

const textStep = z.enum(['larger', 'smaller', 'usual'])
export type TextStep = z.infer<typeof textStep>

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
