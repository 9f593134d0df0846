import type { Compared } from '@contract/result'
import type { Check } from '@contract/tokens/tokens'

type Report = (detail: string, code?: string, compared?: Compared) => Check

/** Characters of a value that are compared in full; a longer one is no identifier. */
const longestCompared = 2_000

/** Makes the four outcomes of one check; its label and source are given once. */
export function check(
  id: string,
  label: string,
  source?: string,
): { valid: Report; invalid: Report; notice: Report; unchecked: Report } {
  const report =
    (state: Check['state']): Report =>
    (detail, code, compared) => ({
      id,
      label,
      state,
      detail,
      ...(code !== undefined && { code }),
      ...(source !== undefined && { source }),
      ...(compared !== undefined && { compared }),
    })
  return {
    valid: report('valid'),
    invalid: report('invalid'),
    notice: report('notice'),
    unchecked: report('not-checked'),
  }
}

/** A value from outside, short enough and quoted for a sentence. */
export function quoted(value: unknown): string {
  const text =
    typeof value === 'string' ? value : ((JSON.stringify(value) as string | undefined) ?? 'nothing')
  return text.length > 120 ? `${text.slice(0, 120)}…` : text
}

/** Received and expected, side by side. */
export function comparedWith(came: unknown, expected: string): Compared {
  const text = typeof came === 'string' ? came : JSON.stringify(came)
  return { came: text.slice(0, longestCompared), expected: expected.slice(0, longestCompared) }
}
