import { alwaysNew } from '../../jwt/compare/member-changes.ts'
import { decodeToken } from '../../jwt/text/decode.ts'
import { member } from '../../jwt/text/json-object.ts'
import type { JsonObject } from '../../jwt/text/json-object.ts'
import { writtenMember } from '../../text/written.ts'
import type { RefreshedTokens } from '../../oauth/token/refresh.ts'
import type { TokenSet } from '../../records/model.ts'
import type { Tokens } from './token-vault.ts'

const most = 20

/** What a refresh changed, for the lineage: rotation, scope, claims, and what was odd about the response. */
export function refreshChanges(
  before: { tokenSet: TokenSet; tokens: Tokens },
  after: { tokenSet: TokenSet; tokens: Tokens },
  granted: RefreshedTokens,
): string[] {
  return [
    granted.rotated ? 'refresh token rotated' : 'refresh token kept',
    ...scopeChanges(before.tokenSet.scope, after.tokenSet.scope),
    ...claimChanges(before.tokens.access, after.tokens.access),
    ...(granted.idToken === undefined ? [] : ['new ID token']),
    ...granted.notes,
  ]
}

function words(scope: string): Set<string> {
  return new Set(scope.split(' ').filter((word) => word !== ''))
}

function scopeChanges(before: string, after: string): string[] {
  const [had, has] = [words(before), words(after)]
  const gained = [...has].filter((word) => !had.has(word))
  const lost = [...had].filter((word) => !has.has(word))
  return [
    ...(gained.length > 0 ? [`scope gained: ${gained.join(' ')}`] : []),
    ...(lost.length > 0 ? [`scope lost: ${lost.join(' ')}`] : []),
  ]
}

/** JSON of a claim, its numbers as they are written. */
function shown(claims: JsonObject, name: string): string {
  const value = member(claims, name)
  const text = value === undefined ? 'absent' : writtenMember(claims, name, value)
  return text.length > 100 ? `${text.slice(0, 100)}…` : text
}

/** What the claims of two access tokens differ in, in plain words; nothing where one of them is opaque. */
function claimChanges(before: string, after: string): string[] {
  const [old, fresh] = [decodeToken(before), decodeToken(after)]
  if (old.format !== 'jwt' || fresh.format !== 'jwt') {
    return old.format === fresh.format
      ? []
      : [`the access token was ${old.format}, now it is ${fresh.format}`]
  }
  const changes: string[] = []
  for (const name of new Set([...Object.keys(old.claims), ...Object.keys(fresh.claims)])) {
    if (alwaysNew.has(name) || changes.length === most) continue
    const [from, to] = [shown(old.claims, name), shown(fresh.claims, name)]
    if (from !== to) changes.push(`claim ${name.slice(0, 60)}: ${from} → ${to}`)
  }
  return changes
}
