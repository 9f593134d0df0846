import { z } from 'zod'
import { bySchema } from './by-schema.ts'
import { storedDocument } from './document.ts'
import { openObject } from './open-object.ts'

/** Characters of what a secret value is kept under: the path of a file and a name. */
export const longestSecretKey = 4_400
const texts = z.record(z.string().max(longestSecretKey), z.string().max(1_048_576))

/** Characters of a path that can be remembered, and how many paths are. */
export const longestPath = 4_096
export const mostFiles = 1_000

/** Characters of the place and name of a captured value; how many values are remembered, and their characters. */
export const longestCaptureKey = 4_400
export const mostCaptured = 1_000
export const mostCapturedText = 1_048_576

const content = openObject({
  /** The file of the environment that is chosen. */
  environment: z.string().max(4_096).optional(),
  /** Values of secret variables, by the file that declares them and their name. */
  secrets: texts,
  /** Names of the computer's environment that requests may use. */
  names: z.array(z.string().max(200)).max(1_000),
  /** Commands that may be run, each as JSON of its parts. */
  commands: z.array(z.string().max(20_000)).max(1_000),
  /** Files that requests may send, by their whole paths. */
  files: z.array(z.string().max(longestPath)).max(mostFiles).default([]),
  /** Who requests call as that inherit a sign-in: accounts by their connection and the file that says it. */
  accounts: z.record(z.string().max(longestCaptureKey), z.string().max(64)).default({}),
  /** Values that were captured from responses, by where they hold and the name of their variable; `from`: the request. */
  captured: z.record(
    z.string().max(longestCaptureKey),
    openObject({
      value: z.string(),
      secret: z.boolean(),
      from: z.string(),
      /** A later response, or none, had no value for it. */
      stale: z.literal(true).optional(),
    }),
  ),
})
export type CollectionMemory = z.infer<typeof content>

/** `collection_memories.sealed_content`, opened. */
export const collectionMemoryDocument = storedDocument<CollectionMemory>({
  name: 'collection-memory',
  called: 'memory of a collection',
  check: bySchema(content),
})
