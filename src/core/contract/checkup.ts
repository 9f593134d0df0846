import { type checkupAreas } from './words.ts'

/** `unknown`: metadata and keys do not show it. `missing`: not offered. `weak`: offered, but not as it should be. */
export type CheckupGrade = 'pass' | 'weak' | 'missing' | 'unknown'

export type CheckupArea = (typeof checkupAreas)[number]

/** A rule and where it is. */
export interface CheckupRule {
  /** `RFC 9700`, `OAuth 2.1 draft`, `FAPI 2.0`, ... */
  specification: string
  section: string
}

/** One thing that was looked at. */
export interface CheckupItem {
  id: string
  area: CheckupArea
  title: string
  grade: CheckupGrade
  /** What is in the metadata or the keys. */
  found: string
  /** The names that `found` introduces, e.g. of endpoints or algorithms. */
  values?: string[]
  /** What it means for a client. */
  means: string
  rules: CheckupRule[]
}

/** A report on a provider. */
export interface CheckupView {
  issuer: string
  at: number
  items: CheckupItem[]
  /** Set where the keys could not be had. */
  keysMissing?: string
  /** The metadata is fresh from the provider, or what was stored, and why. */
  metadataNote?: string
}
