import { fail, type Result } from '@contract/result'
import { member } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'

/** The extensions that a header demands, as known ones: a tester may demand what no one understands. */
export function demanded(header: JsonObject): { crit: Record<string, boolean> } {
  return { crit: Object.fromEntries(namesIn(header).map((name) => [name, true])) }
}

/** A header that says that the payload is not encoded, which a JWT must not (RFC 7797 section 7). */
export function refuseUnencoded(header: JsonObject): Result<never> | undefined {
  if (member(header, 'b64') !== false || !namesIn(header).includes('b64')) return undefined
  return fail(
    'header_unfit',
    'With b64 in crit the payload would not be encoded, which a JWT must not do (RFC 7797 section 7).',
    'Remove b64 from crit.',
  )
}

/** A header that names a compression other than the registered one (RFC 7516 section 4.1.3). */
export function refuseCompression(header: JsonObject): Result<never> | undefined {
  const zip = member(header, 'zip')
  if (zip === undefined || zip === 'DEF') return undefined
  return fail('header_unfit', 'zip must be DEF (RFC 7516 section 4.1.3).', 'Correct zip, or remove it.')
}

/** What jose says of a header, not of a key; undefined where it says something else. */
export function headerFault(error: unknown): Result<never> | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code !== 'ERR_JWS_INVALID' && code !== 'ERR_JWE_INVALID') return undefined
  return fail(
    'header_unfit',
    'crit must be a list of other names in the header (RFC 7515 section 4.1.11).',
    'Correct crit, or remove it.',
  )
}

function namesIn(header: JsonObject): string[] {
  const names = member(header, 'crit')
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : []
}
