import { z } from 'zod'
import { openObject } from './open-object.ts'

const text = z.string()

/** What secured a connection, as it is stored with flows and exchanges. */
export const tlsFacts = openObject({
  protocol: text,
  cipher: text.optional(),
  issuer: text.optional(),
  subject: text.optional(),
  validTo: text.optional(),
  http2: z.literal(true).optional(),
  unchecked: z.literal(true).optional(),
})
