import type { Check, CheckResult } from '../sending/checks.ts'

/** Says that a call was refused, and by which status; Gatehouse's own, beside those of the format. */
export const refusedExpression = 'refused'

/** Whether only Gatehouse can judge it: others would take it for a fault. */
export function isOwnCheck({ expression }: Pick<Check, 'expression'>): boolean {
  const text = expression.trim()
  return text === refusedExpression || text.startsWith('$')
}

/** How many passed of those that were judged or should have been. */
export function countChecks(results: readonly CheckResult[]): { passed: number; all: number } {
  return { passed: results.filter(({ outcome }) => outcome === 'passed').length, all: results.length }
}
