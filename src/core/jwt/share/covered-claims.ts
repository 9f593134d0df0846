import type { ClaimView } from '@contract/tokens/tokens'
import { mark } from '../../secrecy/mark.ts'
import { isSecretClaim, isSecretName } from '../../secrecy/names.ts'
import { isPersonalClaim } from '../../secrecy/personal.ts'
import { redactText } from '../../secrecy/redact.ts'
import { exactData, exactItem, exactText } from '../../text/written.ts'
import { hasPrivateMembers } from '../keys/jwk.ts'
import { isObject } from '../text/json-object.ts'

/** Claims or header parameters as they may be passed on. */
export interface CoveredClaims {
  rows: { name: string; value: string }[]
  /** Names of what is covered, nested ones with a dot before them. */
  personal: string[]
  secret: string[]
  /** The values that are covered: sentences elsewhere may quote them. */
  values: string[]
}

/** Most levels of nesting; below them all is covered. */
const deepest = 20

/** Covers what tells who someone is, and secrets by name and look. */
export function coverClaims(claims: readonly ClaimView[]): CoveredClaims {
  const found: CoveredClaims = { rows: [], personal: [], secret: [], values: [] }
  for (const claim of claims) found.rows.push({ name: claim.name, value: valueOf(claim, found) })
  return found
}

function valueOf(claim: ClaimView, found: CoveredClaims): string {
  const { name, kind, text, items, at } = claim
  const data = kind === 'json' ? exactData(text) : (items ?? text)
  if (kind === 'json' && data === undefined) {
    // Too long to be read: who knows whose names are in it.
    found.personal.push(name)
    return mark
  }
  if (isHidden(name, name, data, found)) return mark
  if (kind === 'time' && at !== undefined) return `${text} (${isoTime(at)})`
  if (items !== undefined) return items.map((item) => coverText(item, name, found)).join(', ')
  if (kind === 'json') return exactText(cover(data, name, found, 0))
  return coverText(text, name, found)
}

/** A moment as it may be out of any calendar that a Date holds. */
export function isoTime(at: number): string {
  return Math.abs(at) <= 8_640_000_000_000_000 ? new Date(at).toISOString().replace('.000Z', 'Z') : String(at)
}

/** Whether a member is covered as a whole. */
function isHidden(name: string, path: string, value: unknown, found: CoveredClaims): boolean {
  const isPersonal = isPersonalClaim(name)
  if (!isPersonal && !isSecretClaim(name) && !isSecretName(name)) return false
  if (value === undefined || value === null || typeof value === 'boolean') return false
  ;(isPersonal ? found.personal : found.secret).push(path)
  found.values.push(...leavesOf(value, 0))
  return true
}

function cover(value: unknown, path: string, found: CoveredClaims, depth: number): unknown {
  if (typeof value === 'string') return coverText(value, path, found)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= deepest) return mark
  if (Array.isArray(value)) return value.map((item) => cover(item, path, found, depth + 1))
  const isPrivate = isObject(value) && hasPrivateMembers(value) && 'kty' in value
  if (isPrivate) {
    found.secret.push(path)
    return mark
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const here = `${path}.${name}`
      return [name, isHidden(name, here, member, found) ? mark : cover(member, here, found, depth + 1)]
    }),
  )
}

/** Text without what looks like a token, a key or credentials. */
function coverText(text: string, path: string, found: CoveredClaims): string {
  const covered = redactText(text)
  if (covered !== text) found.secret.push(path)
  return covered
}

/** The texts and numbers in a value. */
function leavesOf(value: unknown, depth: number): string[] {
  if (typeof value === 'string') return [exactItem(value)]
  if (typeof value !== 'object' || value === null || depth >= deepest) return []
  return Object.values(value).flatMap((member) => leavesOf(member, depth + 1))
}
