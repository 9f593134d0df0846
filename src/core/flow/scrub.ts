import type { FlowStep } from './flow.ts'

/** What stands where a secret was. */
export const hidden = '•••'

/** Shorter texts are no secrets worth the name, and would tear holes into ordinary words. */
const shortest = 6

/** Makes the second net under redaction by name: takes known secret values out of any text, however they are
 *  spelled (plain, percent-encoded, as a form, as JSON, base64). Longest first, so that a secret inside
 *  another leaves no rest. */
export function createScrubber(secrets: Iterable<string>): (text: string) => string {
  const needles = [
    ...new Set([...secrets].filter((secret) => secret.length >= shortest).flatMap(spellings)),
  ].sort((one, other) => other.length - one.length)
  return (text) => needles.reduce((rest, needle) => rest.replaceAll(needle, hidden), text)
}

/** A step without the secrets that are known to the scrubber; the words that tell steps apart stay. */
export function scrubStep<Step extends FlowStep>(step: Step, scrub: (text: string) => string): Step {
  return {
    ...(scrubValue(step, scrub) as Step),
    kind: step.kind,
    ...(step.kind === 'exchange' ? { purpose: step.purpose } : {}),
  }
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)))
}

/** The ways in which a server or a library may write a value down. */
function spellings(secret: string): string[] {
  const form = new URLSearchParams([['', secret]]).toString().slice(1)
  const encoded = base64(secret)
  const safe = encoded.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
  return [
    secret,
    encodeURIComponent(secret),
    form,
    form.replaceAll('+', '%20'),
    JSON.stringify(secret).slice(1, -1),
    encoded,
    encoded.replace(/=+$/, ''),
    safe,
  ]
}

function scrubValue(value: unknown, scrub: (text: string) => string): unknown {
  if (typeof value === 'string') return scrub(value)
  if (Array.isArray(value)) return value.map((item) => scrubValue(item, scrub))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, scrubValue(member, scrub)]))
}
