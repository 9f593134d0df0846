import { z } from 'zod'
import { limits } from '../limits.ts'

/** What is expected of a response. Operators that Gatehouse does not know are kept. */
export const check = z
  .object({
    /** Which part of it: `res.status`, `res.headers['x']`, `res.body.a[0]`, `res.responseTime`, `$.a[0]`, `refused`. */
    expression: z.string().max(limits.checkExpression),
    operator: z.string().max(limits.name),
    value: z.string().max(limits.headerValue),
    enabled: z.boolean(),
  })
  .strict()
export type Check = z.infer<typeof check>

/** What became of a check. Texts are cut to a readable length and hold nothing secret. */
export interface CheckResult {
  expression: string
  operator: string
  outcome: 'passed' | 'failed' | 'not-judged'
  /** What it was compared with; absent where it is compared with nothing. */
  expected?: string
  /** What the response has; absent where that was not found out. */
  actual?: string
  /** Why it was not judged, or what of the response is not as the check takes it. */
  reason?: string
}
