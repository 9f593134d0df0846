import { redactTokens } from '../secrecy/redact.ts'

/** What a server wrote, fit to be shown: one line, no control or direction characters, at most 500 long. */
export function plainText(value: unknown, limit = 500): string | undefined {
  if (typeof value !== 'string') return undefined
  const clean = redactTokens(value.slice(0, limit * 4))
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  if (clean === '') return undefined
  return clean.length > limit ? `${clean.slice(0, limit)}…` : clean
}

const units: [name: string, milliseconds: number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
]

/** A span of time in its largest unit, e.g. `3 minutes`; milliseconds. */
export function span(milliseconds: number): string {
  const [name, size] = units.find(([, length]) => milliseconds >= length) ?? ['second', 1000]
  const count = Math.max(1, Math.floor(milliseconds / size))
  return `${count} ${name}${count === 1 ? '' : 's'}`
}

/** Space-separated words without repetition. */
export function words(text: string | undefined): string[] {
  return [...new Set((text ?? '').split(/\s+/).filter((word) => word !== ''))]
}
