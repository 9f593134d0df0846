import type { HttpRequestBody } from '@opencollection/types/requests/http'
import type { BodyKind, RequestBody } from '../sending/body.ts'

interface BodyKindRow {
  /** In the picker. */
  called: string
  /** What it is sent as where nothing else is said; empty where that depends on the body. */
  contentType: string
  /** What a collection's file calls it; absent where it is no type of its own there. */
  inFile?: HttpRequestBody['type']
}

/** The kinds of body, in the order in which they are offered. */
export const bodyKindTable = {
  none: { called: 'None', contentType: '' },
  json: { called: 'JSON', contentType: 'application/json', inFile: 'json' },
  xml: { called: 'XML', contentType: 'application/xml', inFile: 'xml' },
  text: { called: 'Text', contentType: 'text/plain', inFile: 'text' },
  form: { called: 'Form', contentType: 'application/x-www-form-urlencoded', inFile: 'form-urlencoded' },
  multipart: { called: 'Multipart', contentType: 'multipart/form-data', inFile: 'multipart-form' },
  file: { called: 'File', contentType: 'application/octet-stream', inFile: 'file' },
  graphql: { called: 'GraphQL', contentType: 'application/json' },
} as const satisfies Record<BodyKind, BodyKindRow>

/** The files that a body sends, as it names them: those of rows that are switched off are not sent. */
export function filesOfBody(body: RequestBody): string[] {
  if (body.kind === 'file') return body.path === '' ? [] : [body.path]
  if (body.kind !== 'multipart') return []
  return body.parts.flatMap(({ enabled, files }) => (enabled ? (files ?? []) : []))
}
