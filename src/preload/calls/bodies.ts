import { z } from 'zod'
import {
  bodyCell,
  bodyRows,
  bodySearch,
  bodyTable,
  type BodyFind,
  type BodyState,
  type TablePage,
} from '@contract/bodies'
import { id, limits } from '@contract/limits'
import { call } from './call.ts'

export const bodyCalls = {
  /** Makes the body of an exchange ready to be read line by line; how it comes along is told by `body:state`. Codes:
   *  `body_gone`. */
  'bodies:open': call(
    z.object({ id, contentType: z.string().max(limits.headerValue) }).strict(),
  ).returns<BodyState>(),
  /** Lines as far as they have come; long ones are cut off. Codes: `body_gone`. */
  'bodies:rows': call(bodyRows).returns<string[]>(),
  /** Rows of a body that is a table, as far as they have come. Codes: `body_gone`. */
  'bodies:table': call(bodyTable).returns<TablePage>(),
  /** Copies a value or a row of a table. Codes: `body_gone`, `body_too_large`. */
  'bodies:copy-cell': call(bodyCell).returns<null>(),
  /** The line where the object or list ends that begins at a line of JSON. Codes: `body_gone`, `body_open`: its end has
   *  not come. */
  'bodies:fold': call(
    z.object({ id, line: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER) }).strict(),
  ).returns<{
    to: number
  }>(),
  /** Begins a search, or asks how far it is. Codes: `body_gone`, `pattern_unfit`, `path_unfit`. */
  'bodies:search': call(bodySearch).returns<BodyFind>(),
  /** Makes a body of what a JSONPath leads to, which is read as any other until `exchanges:release`. Codes: `body_gone`,
   *  `path_unfit`. */
  'bodies:filter': call(z.object({ id, path: z.string().min(1).max(1_000) }).strict()).returns<{
    id: string
  }>(),
  'bodies:stop-search': call(z.object({ id }).strict()).returns<null>(),
  /** Copies what is at a line of JSON: its JSONPath, or its value. Codes: `body_gone`, `body_too_large`. */
  'bodies:copy': call(
    z
      .object({
        id,
        line: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
        what: z.enum(['path', 'value']),
      })
      .strict(),
  ).returns<null>(),
}
