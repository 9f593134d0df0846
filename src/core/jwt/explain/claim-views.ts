import type { ClaimView } from '@contract/tokens/tokens'
import { furtherClaims } from './claims-further.ts'
import { oidcClaims } from './claims-oidc.ts'
import { registeredClaims } from './claims-registered.ts'
import { dialectOf, elsewhere } from './dialects.ts'
import { headerRules } from './explain-header.ts'
import type { ExplainContext, NameRule, NameRules, Shape } from './explain-types.ts'
import { itemsOf, laidOut, writtenMember } from '../../text/written.ts'
import { isObject } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { dateOddity, readNumericDate } from '../text/numeric-date.ts'
import { scopeList } from '../text/scope.ts'

/** Longest value text in a view, in characters; the rest is counted. */
const longestText = 20_000
const mostItems = 500

const claimRules: NameRules = { ...furtherClaims, ...oidcClaims, ...registeredClaims }

/** Claims in plain words: what matters most first, the rest as received. */
export function explainClaims(claims: JsonObject, context: ExplainContext): ClaimView[] {
  const rules = { ...claimRules, ...dialectOf(claims)?.claims }
  return Object.entries(claims)
    .sort(([one], [other]) => rank(one) - rank(other))
    .map(([name, value]) => viewOf(name, value, rules, context, claims))
}

/** Header parameters in plain words, as received. */
export function explainHeader(header: JsonObject, context: ExplainContext): ClaimView[] {
  return Object.entries(header).map(([name, value]) => viewOf(name, value, headerRules, context, header))
}

function shorten(text: string): string {
  return text.length <= longestText
    ? text
    : `${text.slice(0, longestText)}… (${text.length - longestText} more characters)`
}

const shapeWords: Record<Shape, string> = {
  any: 'anything',
  text: 'text',
  time: 'a number of seconds',
  list: 'a list',
  scope: 'text with spaces between the scopes',
  number: 'a number',
  boolean: 'true or false',
  json: 'an object or a list',
  audience: 'text or a list of texts',
}

function isPrimitive(value: unknown): boolean {
  return typeof value !== 'object' || value === null
}
function plain(value: unknown, written: string): string {
  return typeof value === 'string' ? value : written
}

function fits(value: unknown, shape: Shape): boolean {
  switch (shape) {
    case 'text':
      return typeof value === 'string'
    case 'number':
      return typeof value === 'number'
    case 'boolean':
      return typeof value === 'boolean'
    case 'list':
      return Array.isArray(value)
    case 'audience':
      return (
        typeof value === 'string' || (Array.isArray(value) && value.every((one) => typeof one === 'string'))
      )
    case 'scope':
      return typeof value === 'string' || Array.isArray(value)
    case 'json':
      return isObject(value) || Array.isArray(value)
    case 'any':
      return true
    case 'time':
      return true // dateOddity says more
  }
}

/** Characters that do not show, or that turn the direction of what follows. */
function deceives(text: string): boolean {
  return /[\p{Cc}\p{Cf}]/u.test(text.replace(/[\t\n\r]/g, ''))
}

const namespaced = /^https?:\/\//

function oddity(value: unknown, shape: Shape | undefined): string | undefined {
  if (shape === 'time') return dateOddity(value)
  if (shape !== undefined && !fits(value, shape))
    return `Should be ${shapeWords[shape]}, but is ${value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`}.`
  return typeof value === 'string' && deceives(value)
    ? 'Contains characters that are invisible or change the reading direction.'
    : undefined
}

function valueView(
  value: unknown,
  shape: Shape | undefined,
  written: string,
): Pick<ClaimView, 'kind' | 'text' | 'items' | 'at'> {
  if (shape === 'time') {
    const date = readNumericDate(value)
    const at = date.ok ? (date.likely ?? date.at) : date.likely
    return { kind: 'time', text: shorten(plain(value, written)), ...(at !== undefined && { at }) }
  }
  if (shape === 'scope' && typeof value === 'string')
    return { kind: 'list', text: shorten(value), items: scopeList(value).slice(0, mostItems) }
  if (Array.isArray(value) && value.length > 0 && value.every(isPrimitive)) {
    const items = itemsOf(written)
    return { kind: 'list', text: shorten(items.join(', ')), items: items.slice(0, mostItems) }
  }
  if (isPrimitive(value)) return { kind: 'text', text: shorten(plain(value, written)) }
  return { kind: 'json', text: shorten(laidOut(written)) }
}

const order = ['iss', 'aud', 'sub', 'scope', 'scp', 'roles', 'exp', 'iat', 'nbf', 'jti', 'client_id', 'azp']

function explain(rule: NameRule, value: unknown, context: ExplainContext, all: JsonObject) {
  // A sentence on the value is only true of a value of the right shape.
  if (rule.otherwise !== undefined && !fits(value, rule.shape)) return { says: rule.otherwise }
  if (typeof rule.says === 'string') return { says: rule.says }
  if (!fits(value, rule.shape))
    return { says: 'It cannot be interpreted: it does not have the expected type.' }
  const saying = rule.says(value, context, all)
  return typeof saying === 'string' ? { says: saying } : saying
}

function viewOf(
  name: string,
  value: unknown,
  rules: NameRules,
  context: ExplainContext,
  all: JsonObject,
): ClaimView {
  const rule = Object.hasOwn(rules, name) ? rules[name] : rules === headerRules ? undefined : elsewhere(name)
  const saying: { says: string; attention?: string } = rule
    ? explain(rule, value, context, all)
    : {
        says: namespaced.test(name)
          ? 'A private claim, named by an address to avoid clashes.'
          : 'Private to this issuer.',
      }
  const attention = [oddity(value, rule?.shape), saying.attention]
    .filter((one) => one !== undefined)
    .join(' ')
  return {
    name,
    ...valueView(value, rule?.shape, writtenMember(all, name, value)),
    says: saying.says,
    ...(attention !== '' && { attention }),
    ...(rule?.source !== undefined && { source: rule.source }),
  }
}
function rank(name: string): number {
  return (order.indexOf(name) + order.length + 1) % (order.length + 1)
}
