import type { TokenLife } from '@contract/tokens/tokens.ts'
import { clock, roughSpan, span } from './format.ts'

type LifeTone = 'ok' | 'warn' | 'bad' | 'unknown'

/** How much of a token's life is left. `fraction` is 0..1; `unknown` where no expiry is stated. */
export interface LifeState {
  tone: LifeTone
  fraction: number
  /** Milliseconds until expiry, negative when it has passed. */
  left?: number
  /** The provider accepted that it is revoked. */
  revoked?: true
  /** Not valid before a moment that is still to come. */
  early: boolean
}

/** Under a quarter of its life or under a minute left counts as running out. */
export function lifeState(life: TokenLife, now: number): LifeState {
  const early = life.notBefore !== undefined && life.notBefore > now
  if (life.revokedAt !== undefined) return { tone: 'bad', fraction: 0, revoked: true, early }
  if (life.expiresAt === undefined) return { tone: 'unknown', fraction: 1, early }
  const left = life.expiresAt - now
  if (left <= 0) return { tone: 'bad', fraction: 0, left, early }
  const from = life.issuedAt ?? life.notBefore
  const whole = from === undefined ? Math.max(left, 3_600_000) : life.expiresAt - from
  const fraction = whole > 0 ? Math.min(1, left / whole) : 1
  return { tone: fraction <= 0.25 || left < 60_000 ? 'warn' : 'ok', fraction, left, early }
}

/** For lists: `10:48 left`, `41 min left`, `expired 3 h ago`, `no stated expiry`. */
export function leftInWords(life: TokenLife, now: number): string {
  const { left, early, revoked } = lifeState(life, now)
  if (revoked) return 'revoked'
  if (early) return 'not valid yet'
  if (left === undefined) return 'no stated expiry'
  if (left <= 0) return `expired ${roughSpan(left)} ago`
  return left < 3_600_000 ? `${clock(left)} left` : `${roughSpan(left)} left`
}

/** For the status bar: `10:48`, `expired`, `no expiry`. */
export function leftShort(life: TokenLife, now: number): string {
  const { left, revoked } = lifeState(life, now)
  if (revoked) return 'revoked'
  if (left === undefined) return 'no expiry'
  if (left <= 0) return 'expired'
  return left < 86_400_000 ? clock(left) : roughSpan(left)
}

/** For the timeline: `10 min 48 s left`. */
export function leftLong(life: TokenLife, now: number): string {
  const { left, revoked } = lifeState(life, now)
  if (revoked) return 'revoked'
  if (left === undefined) return 'no stated expiry'
  return left <= 0 ? `expired ${span(left)} ago` : `${span(left)} left`
}
