import type { VaultKeyRecord, VaultKeyStore } from '../../../core/vault/box/vault-keys.ts'
import type { Database } from '../database.ts'
import { emptyLogAfter, lastingly } from '../empty-log.ts'
import { explained } from '../explained.ts'
import { prepareLater } from './rows/prepare-later.ts'
import { orNull, readRow } from './rows/row.ts'

/** Wrapped vault keys in SQLite. */
export function createVaultKeyStore(db: Database): VaultKeyStore {
  const all = prepareLater(db, 'SELECT * FROM vault_keys WHERE user_id = ? ORDER BY created_at, rowid')
  const current = prepareLater(
    db,
    "SELECT id FROM vault_keys WHERE user_id = ? AND state = 'current'",
  ).pluck()
  const insert = prepareLater(
    db,
    `
    INSERT INTO vault_keys (id, user_id, state, guard, backend, password_hash, wrapped, check_value, created_at)
    VALUES (@id, @userId, @state, @guard, @backend, @passwordHash, @wrapped, @checkValue, @createdAt)`,
  )
  const rewrap = prepareLater(
    db,
    `
    UPDATE vault_keys SET guard = @guard, backend = @backend, password_hash = @passwordHash, wrapped = @wrapped
    WHERE id = @id AND user_id = @userId`,
  )
  const setAside = prepareLater(
    db,
    "UPDATE vault_keys SET state = 'set-aside' WHERE user_id = ? AND state = 'current'",
  )

  const remove = prepareLater(db, 'DELETE FROM vault_keys WHERE user_id = ? AND id = ?')
  const failures = prepareLater(db, 'SELECT count, last_at FROM unlock_failures WHERE user_id = ?')
  const saveFailures = prepareLater(
    db,
    `
    INSERT INTO unlock_failures (user_id, count, last_at) VALUES (?, ?, ?)
    ON CONFLICT (user_id) DO UPDATE SET count = excluded.count, last_at = excluded.last_at`,
  )
  const clearFailures = prepareLater(db, 'DELETE FROM unlock_failures WHERE user_id = ?')

  function toRecord(row: unknown): VaultKeyRecord {
    const read = readRow(db, row)
    return {
      id: read.text('id'),
      userId: read.text('user_id'),
      state: read.oneOf('state', ['current', 'set-aside']),
      guard: read.oneOf('guard', ['keyring', 'password', 'both']),
      backend: read.optionalText('backend'),
      passwordHash: read.optionalText('password_hash'),
      wrapped: read.bytes('wrapped'),
      checkValue: read.bytes('check_value'),
      createdAt: read.number('created_at'),
    }
  }

  const store = explained<VaultKeyStore>(db, {
    list: (userId) => all.all(userId).map(toRecord),
    currentId: (userId) => {
      const id = current.get(userId)
      return typeof id === 'string' ? id : undefined
    },
    add: (record) => {
      insert.run({
        ...record,
        backend: orNull(record.backend),
        passwordHash: orNull(record.passwordHash),
      })
    },
    rewrap: ({ id, userId, guard, backend, passwordHash, wrapped }) => {
      const { changes } = rewrap.run({
        id,
        userId,
        guard,
        backend: orNull(backend),
        passwordHash: orNull(passwordHash),
        wrapped,
      })
      if (changes !== 1) throw new Error('the key to wrap again does not exist')
    },
    setAside: (userId) => {
      setAside.run(userId)
    },
    remove: (userId, id) => {
      remove.run(userId, id)
    },
    failures: (userId) => {
      const row = failures.get(userId)
      if (row === undefined) return { count: 0, lastAt: 0 }
      const read = readRow(db, row)
      return { count: read.number('count'), lastAt: read.number('last_at') }
    },
    saveFailures: (userId, { count, lastAt }) => {
      if (count === 0) clearFailures.run(userId)
      else saveFailures.run(userId, count, lastAt)
    },
    atomically: (work, isFirst = false) => lastingly(db, work, isFirst ? 'with the next' : 'at once'),
  })
  return emptyLogAfter(db, store, ['add', 'rewrap', 'setAside', 'remove'])
}
