import { z } from 'zod'
import type { CheckView } from './backups.ts'
import type { textSizes } from './words.ts'

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
  /** How long things are kept: counts, bytes, days (0: any), seconds. */
  kept: {
    exchanges: number
    bytes: number
    days: number
    flows: number
    hideAfterSeconds: number
    clearAfterSeconds: number
  }
  lastBackup?: { at: number; size: number }
  lastCheck?: CheckView
}
export type TextSize = (typeof textSizes)[number]

export const textStep = z.enum(['larger', 'smaller', 'usual'])
export type TextStep = z.infer<typeof textStep>
