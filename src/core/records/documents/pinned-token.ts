import { z } from 'zod'
import { bySchema } from './by-schema.ts'
import { storedDocument } from './document.ts'
import { openObject } from './open-object.ts'

/** A token as it was found in what was pasted, with the disclosures of an SD-JWT, and the name that its user gave it; at first
 *  that was beside the seal. */
const pinned = openObject({ text: z.string(), name: z.string().optional() })

/** `pinned_tokens.sealed_content`, opened. */
export const pinnedTokenDocument = storedDocument<z.infer<typeof pinned>>({
  name: 'pinned-token',
  called: 'pinned token',
  check: bySchema(pinned),
})
