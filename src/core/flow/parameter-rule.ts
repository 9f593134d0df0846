import type { FlowCard } from '@contract/flows'

/** What one parameter means, in words that may depend on its value, and where its rule is. */
interface ParameterRule {
  says: string | ((value: string) => string)
  source?: string
  card?: FlowCard
}

/** Rules by the parameter's name. */
export type ParameterRules = Readonly<Record<string, ParameterRule>>
