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
  /** Where it stops being JSON. */
  jsonFault?: number
  /** Lines of text; absent where it is none. */
  text?: number
  /** Events or records of a stream; absent where it is none. */
  records?: number
  failure?: Failure
}

const ways = ['json', 'text', 'records'] as const

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

/** What is looked for in a body. `pattern`: a regular expression (RE2 syntax). */
export const bodySearch = z
  .object({
    id,
    as: z.enum(ways),
    text: z.string().min(1).max(1_000),
    pattern: z.boolean(),
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
