import { defined } from '@contract/defined'
import type { KeyDraft } from '@contract/tokens/tokens.ts'

export const noKey: KeyDraft = { ring: '', text: '', encoding: 'text', algorithm: '' }

/** As typed; what is empty is not assumed. `at` is local time, `leeway` is in seconds. */
export interface Assumed {
  at: string
  leeway: string
  issuer: string
  audience: string
  nonce: string
}

export const nothingAssumed: Assumed = { at: '', leeway: '', issuer: '', audience: '', nonce: '' }

/** A key as it crosses the bridge: what was not chosen is left out. */
export function keyInput({ ring, text, encoding, algorithm }: KeyDraft) {
  const pinned = defined({ algorithm: algorithm === '' ? undefined : algorithm })
  return ring === '' ? { text, encoding, ...pinned } : { ring, ...pinned }
}

/** What crosses the bridge of it: numbers that can be read, texts that are there; undefined where that is nothing. */
export function assumptions({ at, leeway, ...texts }: Assumed) {
  const moment = Date.parse(at)
  const skewSeconds = /^\d{1,5}$/.test(leeway) ? Math.min(Number(leeway), 86_400) : undefined
  const given = Object.entries(texts).filter(([, text]) => text !== '')
  const all = {
    ...Object.fromEntries(given),
    ...defined({ at: Number.isNaN(moment) || moment < 0 ? undefined : moment, skewSeconds }),
  }
  return Object.keys(all).length === 0 ? undefined : all
}

/** The same for a token that is read, whose key may also have been fetched or be named by the token. */
export function readingKey({ source, ...key }: KeyDraft) {
  if (source === undefined) return keyInput(key)
  return { ...source, ...defined({ algorithm: key.algorithm === '' ? undefined : key.algorithm }) }
}

/** Whether there is a key at all. */
export function isGiven({ ring, text, source }: KeyDraft): boolean {
  return ring !== '' || text !== '' || source !== undefined
}
