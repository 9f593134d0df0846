import { defined } from '@contract/defined'
import type { EnvironmentStore, Variable } from '../../../core/records/environment-store.ts'
import type { Environment } from '../../../core/records/model.ts'
import type { Database } from '../database.ts'
import { explained } from '../explained.ts'
import { prepareLater } from './rows/prepare-later.ts'
import { orNull, readRow } from './rows/row.ts'

/** Environments and their variables in SQLite. Every write is on the disk when it returns. */
export function createEnvironmentStore(db: Database): EnvironmentStore {
  const all = prepareLater(
    db,
    'SELECT id, user_id, name FROM environments WHERE user_id = ? ORDER BY last_used_at DESC NULLS LAST, name, id',
  )
  const one = prepareLater(db, 'SELECT id, user_id, name FROM environments WHERE user_id = ? AND id = ?')
  const named = prepareLater(db, 'SELECT id, user_id, name FROM environments WHERE user_id = ? AND name = ?')
  const insert = prepareLater(db, 'INSERT INTO environments (id, user_id, name) VALUES (?, ?, ?)')
  const rename = prepareLater(db, 'UPDATE environments SET name = ? WHERE user_id = ? AND id = ?')
  const remove = prepareLater(db, 'DELETE FROM environments WHERE user_id = ? AND id = ?')
  const use = prepareLater(db, 'UPDATE environments SET last_used_at = ? WHERE user_id = ? AND id = ?')
  const variables = prepareLater(
    db,
    'SELECT rowid, * FROM environment_variables WHERE user_id = ? AND environment_id = ?',
  )
  const clear = prepareLater(db, 'DELETE FROM environment_variables WHERE user_id = ? AND environment_id = ?')
  const insertVariable = prepareLater(
    db,
    `
    INSERT INTO environment_variables (id, user_id, environment_id, name, value, sealed_value)
    VALUES (@id, @userId, @environmentId, @name, @value, @sealedValue)`,
  )

  function toEnvironment(row: unknown): Environment {
    const read = readRow(db, row)
    return { id: read.text('id'), userId: read.text('user_id'), name: read.text('name') }
  }
  function toVariable(row: unknown): Variable {
    const read = readRow(db, row)
    const value = read.optionalText('value')
    const sealedValue = read.optionalBytes('sealed_value')
    return {
      id: read.text('id'),
      userId: read.text('user_id'),
      environmentId: read.text('environment_id'),
      name: read.text('name'),
      ...defined({ value, sealedValue }),
    }
  }
  const saveVariables = db.transaction((userId: string, environmentId: string, rows: Variable[]) => {
    clear.run(userId, environmentId)
    for (const row of rows)
      insertVariable.run({ ...row, value: orNull(row.value), sealedValue: orNull(row.sealedValue) })
  })

  return explained(db, {
    list: (userId) => all.all(userId).map(toEnvironment),
    get: (userId, id) => {
      const row = one.get(userId, id)
      return row === undefined ? undefined : toEnvironment(row)
    },
    findByName: (userId, name) => {
      const row = named.get(userId, name)
      return row === undefined ? undefined : toEnvironment(row)
    },
    add: ({ id, userId, name }) => {
      insert.run(id, userId, name)
    },
    rename: (userId, id, name) => {
      rename.run(name, userId, id)
    },
    remove: (userId, id) => {
      remove.run(userId, id)
    },
    use: (userId, id, at) => {
      use.run(at, userId, id)
    },
    // Sorted here: SQLite makes a sorter for each question, which takes longer than all of the rest, at each sending.
    variables: (userId, environmentId) =>
      variables
        .all(userId, environmentId)
        .map((row) => ({ place: readRow(db, row).number('rowid'), variable: toVariable(row) }))
        .sort((one, other) => one.place - other.place)
        .map(({ variable }) => variable),
    saveVariables: (userId, environmentId, rows) => saveVariables(userId, environmentId, rows),
  })
}
