import { defined } from '@contract/defined'
import type { Scrubber } from './scrub.ts'

const deepest = 5

/** What was thrown, without known secrets in its words: for the log, which knows none. */
export function scrubThrown(thrown: unknown, scrub: Scrubber, depth = 0): unknown {
  if (typeof thrown === 'string') return scrub.text(thrown)
  if (!(thrown instanceof Error)) return thrown
  const { name, message, stack, cause } = thrown
  const code = 'code' in thrown ? thrown.code : undefined
  return Object.assign(new Error(scrub.text(message)), {
    name: scrub.text(name),
    ...defined({
      code: typeof code === 'string' ? scrub.text(code) : undefined,
      stack: stack === undefined ? undefined : scrub.text(stack),
      cause: depth >= deepest ? undefined : scrubThrown(cause, scrub, depth + 1),
    }),
  })
}
