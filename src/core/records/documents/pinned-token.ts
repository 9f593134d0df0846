import { z } from 'zod'
import { bySchema } from './by-schema.ts'
import { storedDocument } from './document.ts'
import { openObject } from './open-object.ts'

/** A token as it was found in what was pasted, with the disclosures of an SD-JWT. */
const pinned = openObject({ text: z.string() })

/** `pinned_tokens.sealed_content`, opened. */
export const pinnedTokenDocument = storedDocument<z.infer<typeof pinned>>({
  name: 'pinned-token',
  called: 'pinned token',
  check: bySchema(pinned),
})
