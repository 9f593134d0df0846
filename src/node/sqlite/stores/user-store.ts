import type { Environment, User } from '../../../core/records/model.ts'
import { foldUsername } from '../../../core/vault/guard/username.ts'
import type { UserRegistry } from '../../../core/vault/guard/users.ts'
import type { Database } from '../database.ts'
import { emptyLogAfter } from '../empty-log.ts'
import { explained } from '../explained.ts'
import { unhurried } from '../unhurried.ts'
import { prepareLater } from './rows/prepare-later.ts'
import { orNull, readRow } from './rows/row.ts'

/** Users and their environments in SQLite. */
export function createUserStore(db: Database): UserRegistry {
  const columns = 'id, username, created_at, last_unlock_at'
  const listUsers = prepareLater(db, `SELECT ${columns} FROM users ORDER BY created_at, rowid`)
  const byUsername = prepareLater(db, `SELECT ${columns} FROM users WHERE username_folded = ?`)
  const insertUser = prepareLater(
    db,
    'INSERT INTO users (id, username, username_folded, created_at, last_unlock_at) VALUES (?, ?, ?, ?, ?)',
  )
  const listEnvironments = prepareLater(
    db,
    'SELECT id, user_id, name FROM environments WHERE user_id = ? ORDER BY last_used_at DESC NULLS LAST, name, id',
  )
  const insertEnvironment = prepareLater(db, 'INSERT INTO environments (id, user_id, name) VALUES (?, ?, ?)')

  const rename = prepareLater(db, 'UPDATE users SET username = ?, username_folded = ? WHERE id = ?')
  const remove = prepareLater(db, 'DELETE FROM users WHERE id = ?')
  const noteUnlock = prepareLater(db, 'UPDATE users SET last_unlock_at = ? WHERE id = ?')

  function toUser(row: unknown): User {
    const read = readRow(db, row)
    return {
      id: read.text('id'),
      username: read.text('username'),
      createdAt: read.number('created_at'),
      lastUnlockAt: read.optionalNumber('last_unlock_at'),
    }
  }
  function toEnvironment(row: unknown): Environment {
    const read = readRow(db, row)
    return { id: read.text('id'), userId: read.text('user_id'), name: read.text('name') }
  }

  const store = explained<UserRegistry>(db, {
    list: () => listUsers.all().map(toUser),
    findByUsername: (username) => {
      const row = byUsername.get(foldUsername(username))
      return row === undefined ? undefined : toUser(row)
    },
    add: ({ id, username, createdAt, lastUnlockAt }) => {
      insertUser.run(id, username, foldUsername(username), createdAt, orNull(lastUnlockAt))
    },
    rename: (userId, username) => {
      rename.run(username, foldUsername(username), userId)
    },
    remove: (userId) => {
      remove.run(userId)
    },
    noteUnlock: (userId, at) => {
      unhurried(db, () => noteUnlock.run(at, userId))
    },
    environments: (userId) => listEnvironments.all(userId).map(toEnvironment),
    addEnvironment: ({ id, userId, name }) => {
      insertEnvironment.run(id, userId, name)
    },
  })
  return emptyLogAfter(db, store, ['add', 'rename', 'remove'])
}
