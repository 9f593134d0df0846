import { cloudDialects } from './dialects-cloud.ts'
import { identityDialects } from './dialects-identity.ts'
import type { Dialect } from './dialect-rows.ts'
import type { NameRule } from './explain-types.ts'
import type { JsonObject } from '../text/json-object.ts'

const dialects: readonly Dialect[] = [...cloudDialects, ...identityDialects]

/** The provider whose words a token uses, by its issuer and, where that has no fixed host, by claims that it alone has. */
export function dialectOf(claims: JsonObject): Dialect | undefined {
  return dialects.find(({ speaks }) => speaks(claims))
}

/** What a claim that is not registered means at known providers, where it is not known that the token is from there. */
export function elsewhere(name: string): NameRule | undefined {
  const known = dialects.filter(({ claims }) => Object.hasOwn(claims, name))
  if (known.length === 0) return undefined
  const readings = known.slice(0, 3).map(({ called, claims }) => {
    const says = claims[name]?.says
    return typeof says === 'string' ? `at ${called} “${says}”` : `at ${called} a claim of its own`
  })
  return {
    shape: 'any',
    source: known.map(({ source }) => source).join('; '),
    says: `Private to this issuer. Elsewhere: ${readings.join(', ')}.`,
  }
}
