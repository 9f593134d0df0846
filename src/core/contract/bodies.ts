import { z } from 'zod'
import { id } from './limits.ts'
import type { Failure } from './result.ts'

/** How far a long body has come. Sizes in bytes. */
export interface BodyState {
  id: string
  /** Received. */
  received: number
  /** Of that so many can be read. */
  size: number
  /** All that comes has come, and can be read. */
  whole: boolean
  /** Lines of laid-out JSON; absent where it is none. */
  json?: number
  /** Names that their object has already, with the lines of the first of them; absent where there is none. */
  doubled?: { count: number; lines: readonly number[] }
  /** Where it stops being JSON. */
  jsonFault?: number
  /** Lines of text; absent where it is none. */
  text?: number
  /** Events or records of a stream; absent where it is none. */
  records?: number
  /** Items that a filter did not look at, since they are too long. */
  passedOver?: number
  /** Rows of a table; absent where it is none. */
  table?: number
  failure?: Failure
}

/** Which rows of a body that is a table are wanted. */
export const bodyTable = z
  .object({
    id,
    from: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
    count: z.number().int().min(1).max(256),
  })
  .strict()
export type BodyTableAsked = z.infer<typeof bodyTable>

/** What is copied of a table: a value, or where `column` is left out its row. */
export const bodyCell = z
  .object({
    id,
    row: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
    column: z.number().int().min(0).max(10_000).optional(),
  })
  .strict()
export type BodyCell = z.infer<typeof bodyCell>

/** How a value is drawn. */
export type CellKind = 'number' | 'text' | 'empty' | 'nested'

/** A value as it is written, a text without its quotes; long ones are cut off. */
export interface TableCell {
  kind: CellKind
  text: string
}

/** Rows of a table. */
export interface TablePage {
  /** The member that holds the list; absent where the body is the table. */
  name?: string
  /** In the order in which they first occur in what was looked at. More come with rows that have more. */
  columns: string[]
  /** Columns that are not shown, since there are too many. */
  left: number
  /** By column; null where a row has no such value. */
  rows: (TableCell | null)[][]
}

const ways = ['json', 'text', 'records', 'table'] as const

/** Which lines of a body are wanted, and of which kind. */
export const bodyRows = z
  .object({
    id,
    as: z.enum(ways),
    from: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
    count: z.number().int().min(1).max(512),
  })
  .strict()
export type BodyRows = z.infer<typeof bodyRows>

/** What is looked for in a body. `pattern`: a regular expression (RE2 syntax); `path`: what a JSONPath leads to. */
export const bodySearch = z
  .object({
    id,
    as: z.enum(ways),
    text: z.string().min(1).max(1_000),
    pattern: z.boolean(),
    path: z.boolean().optional(),
    matchCase: z.boolean(),
    /** The find that is wanted, counted from 0. */
    hit: z.number().int().min(0).max(1_000_000),
  })
  .strict()
export type BodySearch = z.infer<typeof bodySearch>

/** What was found so far. */
export interface BodyFind {
  /** Finds; more are not looked for where `capped`. */
  total: number
  capped: boolean
  /** Looked through, in bytes. */
  searched: number
  /** Nothing more is looked for. */
  done: boolean
  /** The line of the wanted find, where it is among them. */
  line?: number
}
