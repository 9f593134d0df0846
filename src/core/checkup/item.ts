import { defined } from '@contract/defined'
import type { CheckupArea, CheckupGrade, CheckupItem, CheckupRule } from '@contract/checkup'
import type { ProviderMetadata } from '../records/model.ts'

/** What a check-up is made from; `keys` absent where they could not be had. */
export interface CheckupInput {
  metadata: ProviderMetadata
  source: 'discovery' | 'by-hand'
  keys?: Record<string, unknown>[]
  /** What was noticed when the keys were read, e.g. that private parts are published. */
  keyNotes?: string[]
  keysMissing?: string
}

/** A grade with its two sentences, and the names that the first one introduces. */
export type Finding = [grade: CheckupGrade, found: string, means: string, values?: string[]]
/** Any other. */
export function spec(specification: string, section: string): CheckupRule {
  return rule(specification)(section)
}
/** Best current practice for OAuth 2.0 security. */
export const bcp = rule('RFC 9700')
/** The draft that gathers OAuth 2.0 and its practice. */
export const oauth21 = rule('OAuth 2.1 draft')
/** FAPI 2.0 Security Profile. */
export const fapi = rule('FAPI 2.0')
/** OpenID Connect Core 1.0. */
export const oidc = rule('OpenID Connect Core')

/** Puts a finding under its heading. */
export function item(
  area: CheckupArea,
  id: string,
  title: string,
  rules: CheckupRule[],
  [grade, found, means, values = []]: Finding,
): CheckupItem {
  return {
    id,
    area,
    title,
    grade,
    found: found.endsWith(':') && values.length === 0 ? `${found} none` : found,
    ...defined({ values: values.length > 0 ? named(values) : undefined }),
    means,
    rules,
  }
}

const mostValues = 100
const longestValue = 120

/** A list of names in the metadata; `undefined` where nothing is announced. */
export function list(metadata: ProviderMetadata, name: string): string[] | undefined {
  const value = metadata[name]
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : undefined
}

function rule(specification: string) {
  return (section: string): CheckupRule => ({ specification, section })
}

/** A provider's list of names, cut to a sensible length. */
function named(values: string[]): string[] {
  const kept = values.slice(0, mostValues).map((value) => value.slice(0, longestValue))
  return values.length > mostValues ? [...kept, `… and ${values.length - mostValues} more`] : kept
}
