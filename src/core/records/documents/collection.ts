import { z } from 'zod'
import { bySchema } from './by-schema.ts'
import { storedDocument } from './document.ts'
import { openObject } from './open-object.ts'

const content = openObject({
  folder: z.string().max(4_096),
  /** One that was closed keeps what its requests have, for when it is opened again. */
  open: z.boolean(),
  /** The profile’s own: its folder is where the profile is, and not named here. */
  own: z.literal(true).optional(),
})

/** `collections.document`: the folder of a collection. */
export const collectionDocument = storedDocument<z.infer<typeof content>>({
  name: 'collection',
  called: 'collection',
  check: bySchema(content),
})
