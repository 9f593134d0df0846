import { z } from 'zod'
import { bySchema } from './by-schema.ts'
import { storedDocument } from './document.ts'

/** A row in the bin; `at` is the place of its bytes. Names are those of tables and columns, and nothing else. */
export interface BinRow {
  table: string
  at: number
  row: Record<string, unknown>
}

const sqlName = z.string().regex(/^[a-z_]{1,64}$/)

/** `bin.rows`: the rows that were deleted, parents first. */
export const binRowsDocument = storedDocument<BinRow[]>({
  name: 'bin-rows',
  called: 'deleted item',
  check: bySchema(
    z.array(
      z
        .object({
          table: sqlName,
          at: z.number().int().min(0),
          row: z.record(sqlName, z.union([z.string(), z.number(), z.null()])),
        })
        .strict(),
    ),
  ),
})
