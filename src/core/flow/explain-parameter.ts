import { defined } from '@contract/defined'
import type { FlowCard, FlowMessageKind } from '@contract/flows'
import type { ParameterRules } from './parameter-rule.ts'
import { authorizationRequestRules, authorizationResponseRules } from './parameters-authorization.ts'
import { headerRules, metadataRules } from './parameters-other.ts'
import { tokenRequestRules, tokenResponseRules } from './parameters-token.ts'

/** A parameter in plain words, the rule it serves, and what would have gone wrong without it. */
export interface Explanation {
  says: string
  source?: string
  card?: FlowCard
}

const keyRules: ParameterRules = {
  keys: { says: 'The public keys used to check signatures.', source: 'RFC 7517 section 5' },
}

/** Explains one parameter of a message of this kind. Header names are written as `header:name`. What no rule
 *  knows is said to be unknown. */
export function explainParameter(kind: FlowMessageKind, name: string, value: string): Explanation {
  const isHeader = name.startsWith('header:')
  const key = isHeader ? name.slice(7).toLowerCase() : name
  for (const rules of isHeader ? [headerRules] : rulesOf(kind)) {
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined
    if (rule === undefined) continue
    return {
      says: typeof rule.says === 'function' ? rule.says(value) : rule.says,
      ...defined({ source: rule.source, card: rule.card }),
    }
  }
  return { says: unknown }
}

const unknown = 'Not part of the specifications that Gatehouse knows; passed on as is.'

/** Whether a rule knows this parameter in a message of this kind. */
export function isKnownParameter(kind: FlowMessageKind, name: string): boolean {
  return explainParameter(kind, name, '').says !== unknown
}

function rulesOf(kind: FlowMessageKind): ParameterRules[] {
  switch (kind) {
    case 'authorization-request':
      return [authorizationRequestRules]
    case 'pushed-request':
      return [authorizationRequestRules, tokenRequestRules]
    case 'authorization-response':
      return [authorizationResponseRules]
    case 'discovery-response':
    case 'registration-response':
      return [metadataRules, tokenResponseRules]
    case 'keys-response':
      return [keyRules]
    case 'token-request':
    case 'device-request':
    case 'introspection-request':
    case 'revocation-request':
    case 'registration-request':
      return [tokenRequestRules]
    case 'token-response':
    case 'device-response':
    case 'pushed-response':
    case 'introspection-response':
    case 'userinfo-response':
    case 'revocation-response':
      return [tokenResponseRules]
    default:
      return []
  }
}
