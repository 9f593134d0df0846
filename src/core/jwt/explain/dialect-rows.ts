import type { NameRule, NameRules, Shape } from './explain-types.ts'
import type { JsonObject } from '../text/json-object.ts'

/** The claims of one provider, for tokens that are its own. */
export interface Dialect {
  /** How the provider is called in a sentence. */
  called: string
  source: string
  /** Whether a token is from there. */
  speaks: (claims: JsonObject) => boolean
  claims: NameRules
}

type Says = NameRule['says']
/** Name, shape, meaning. */
export type DialectRow = readonly [name: string, shape: Shape, says: Says]

/** Makes a dialect of rows. */
export function dialect(
  called: string,
  source: string,
  speaks: Dialect['speaks'],
  rows: readonly DialectRow[],
): Dialect {
  const claims = rows.map(([name, shape, says]): [string, NameRule] => [name, { shape, source, says }])
  return { called, source, speaks, claims: Object.fromEntries(claims) }
}

/** Whether the issuer's host and path fit, of an issuer of ordinary length. */
export function issuerLike(pattern: RegExp): Dialect['speaks'] {
  return ({ iss }) => typeof iss === 'string' && iss.length <= 2_000 && pattern.test(iss)
}
