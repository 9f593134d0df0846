import type { Check, CheckResult } from '../sending/checks.ts'
import { keysOf } from './keys-of.ts'

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

/** Where a captured value is found, by the words of the format: the whole collection, before all else, or only as the
 *  variables of the named place are. */
export const captureScopeTable = {
  runtime: { label: 'Everywhere' },
  request: { label: 'This request' },
  folder: { label: 'Its folder' },
  environment: { label: 'Environment' },
  collection: { label: 'Collection' },
} as const
export type CaptureScope = keyof typeof captureScopeTable
export const captureScopes = keysOf(captureScopeTable)

/** Whether only Gatehouse reads a capture: a JSONPath would be a fault to others. */
export function isOwnCapture({ expression }: { expression: string }): boolean {
  return expression.trim().startsWith('$')
}

/** How many were captured, of those that should have been. */
export function countCaptures(results: readonly { outcome: 'captured' | 'missing' }[]): {
  captured: number
  all: number
} {
  return { captured: results.filter(({ outcome }) => outcome === 'captured').length, all: results.length }
}
