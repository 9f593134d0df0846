import { z } from 'zod'
import { limits } from '../limits.ts'
import { captureScopes, type CaptureScope } from '../tables/own-checks.ts'

/** What of a response becomes the value of a variable. */
export const capture = z
  .object({
    /** Of the variable. */
    name: z.string().max(limits.name),
    /** Which part of the response, as in checks: `res.body.id`, `res.headers['etag']`, `$.items[0].id`. */
    expression: z.string().max(limits.checkExpression),
    scope: z.enum(captureScopes),
    enabled: z.boolean(),
  })
  .strict()
export type Capture = z.infer<typeof capture>

/** What became of a capture. */
export interface CaptureResult {
  name: string
  expression: string
  scope: CaptureScope
  outcome: 'captured' | 'missing'
  /** The first of it; absent where it is secret. */
  value?: string
  secret?: true
  /** Why there is none. */
  reason?: string
  /** An earlier value stays, and is marked. */
  stale?: true
}
