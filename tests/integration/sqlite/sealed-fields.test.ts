import { describe, expect, it } from 'vitest'
import { sealedColumns, sealedInBin } from '../../../src/node/sqlite/stores/rows/sealed-fields.ts'
import { databaseWithUsers } from './temporary-database.ts'

describe('the list of sealed columns', () => {
  it('names every sealed column of the schema: one that is missing would be lost when the key is rotated', () => {
    const inSchema = databaseWithUsers()
      .prepare(
        `SELECT tables.name || '.' || columns.name FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns
         WHERE tables.type = 'table' AND columns.name LIKE 'sealed\\_%' ESCAPE '\\' ORDER BY 1`,
      )
      .pluck()
      .all()
    const listed = sealedColumns.flatMap(({ table, columns }) =>
      columns.map((name) => `${table}.sealed_${name}`),
    )
    expect(inSchema).toEqual([...listed, sealedInBin].sort())
  })
})
