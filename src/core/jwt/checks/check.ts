import type { Check } from '@contract/tokens'

type Report = (detail: string, code?: string) => Check

/** Makes the four answers of one check: what it is called and where its rule stands is said once. */
export function check(
  id: string,
  label: string,
  source?: string,
): { valid: Report; invalid: Report; notice: Report; unchecked: Report } {
  const report =
    (state: Check['state']): Report =>
    (detail, code) => ({
      id,
      label,
      state,
      detail,
      ...(code !== undefined && { code }),
      ...(source !== undefined && { source }),
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
