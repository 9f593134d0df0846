import { defined } from '@contract/defined'
import type { KnownName } from '@contract/tokens/bench'
import { furtherClaims } from './claims-further.ts'
import { oidcClaims } from './claims-oidc.ts'
import { registeredClaims } from './claims-registered.ts'
import { headerRules } from './explain-header.ts'
import type { NameRules } from './explain-types.ts'

/** Every claim and header parameter that is explained, by name: what one may want to write. */
export function knownNames(): { claims: KnownName[]; header: KnownName[] } {
  return {
    claims: namesOf({ ...furtherClaims, ...oidcClaims, ...registeredClaims }),
    header: namesOf(headerRules),
  }
}

function namesOf(rules: NameRules): KnownName[] {
  return Object.entries(rules)
    .map(([name, { says, source }]) => ({
      name,
      ...defined({ source, says: typeof says === 'string' ? says : undefined }),
    }))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
}
