import { z } from 'zod'
import { limits, name } from '../limits.ts'

export const pair = z
  .object({
    name: z.string().max(limits.name),
    value: z.string().max(limits.headerValue),
    enabled: z.boolean(),
  })
  .strict()
export type Pair = z.infer<typeof pair>

/** A row of a query, with its texts as they are in the address. `bare`: without an equals sign. */
export const queryRow = pair
  .extend({ name: z.string().max(limits.url), bare: z.literal(true).optional() })
  .strict()
export type QueryRow = z.infer<typeof queryRow>

/** Where a file is: its whole path, or one from the folder of the collection. */
export const filePath = z.string().max(4_096)
/** A media type; empty where that of the kind, or of the file's name, will do. */
const mediaType = z.string().max(limits.name)
const text = z.string().max(limits.requestBody)

/** A part of multipart/form-data: text, or with `files` a file each (RFC 7578). */
const formPart = pair
  .extend({ files: z.array(filePath).max(50).optional(), contentType: mediaType.optional() })
  .strict()
export type FormPart = z.infer<typeof formPart>

export const requestBody = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }).strict(),
  z.object({ kind: z.literal('json'), text }).strict(),
  z.object({ kind: z.literal('xml'), text }).strict(),
  z.object({ kind: z.literal('text'), text, contentType: name }).strict(),
  z.object({ kind: z.literal('form'), fields: z.array(pair).max(limits.headers) }).strict(),
  z.object({ kind: z.literal('multipart'), parts: z.array(formPart).max(limits.headers) }).strict(),
  /** One file as it is. */
  z.object({ kind: z.literal('file'), path: filePath, contentType: mediaType }).strict(),
  /** `variables` is JSON, or empty. */
  z.object({ kind: z.literal('graphql'), query: text, variables: text }).strict(),
])
export type RequestBody = z.infer<typeof requestBody>
export type BodyKind = RequestBody['kind']
