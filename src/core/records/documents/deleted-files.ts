import { z } from 'zod'
import { bySchema } from './by-schema.ts'
import { storedDocument } from './document.ts'
import { openObject } from './open-object.ts'

const parts = z.array(
  openObject({
    path: z.string().min(1).max(4_096),
    /** Of a file that is text. */
    text: z.string().optional(),
    /** Of any other: its bytes in base64url. A folder has neither. */
    bytes: z.string().optional(),
    mode: z.number().int(),
  }),
)

/** `deleted_files.sealed_parts`, opened: a folder before what is in it. */
export const deletedFilesDocument = storedDocument<z.infer<typeof parts>>({
  name: 'deleted-files',
  called: 'deleted file',
  check: bySchema(parts),
})
