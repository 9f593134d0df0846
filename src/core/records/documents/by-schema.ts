import type { z } from 'zod'
import type { Checked } from './document.ts'

/** Checks content by a schema; the fault names the first member that does not fit, never its value. */
export function bySchema<T>(schema: z.ZodType<T>): (content: unknown) => Checked<T> {
  return (content) => {
    const parsed = schema.safeParse(content)
    if (parsed.success) return { fits: true, value: parsed.data }
    const issue = parsed.error.issues[0]
    const where = issue?.path.map(String).join('.').slice(0, 100)
    return { fits: false, fault: where ? `“${where}”` : 'a different form is expected' }
  }
}
