import type { VaultKeyRecord, VaultKeyStore } from '../../domain/vault/vault-keys.ts'
import type { Database } from './database.ts'
import { orNull, readRow } from './row.ts'

/** Wrapped vault keys in SQLite. */
export const createVaultKeyStore = (db: Database): VaultKeyStore => {
  const all = db.prepare('SELECT * FROM vault_keys WHERE user_id = ? ORDER BY created_at, id')
  const insert = db.prepare(`
    INSERT INTO vault_keys (id, user_id, state, guard, backend, wrapped, check_value, created_at)
    VALUES (@id, @userId, @state, @guard, @backend, @wrapped, @checkValue, @createdAt)`)
  const rewrap = db.prepare(`
    UPDATE vault_keys SET guard = @guard, backend = @backend, wrapped = @wrapped
    WHERE id = @id AND user_id = @userId`)
  const setAside = db.prepare(
    "UPDATE vault_keys SET state = 'set-aside' WHERE user_id = ? AND state = 'current'",
  )

  const toRecord = (row: unknown): VaultKeyRecord => {
    const read = readRow(db, row)
    return {
      id: read.text('id'),
      userId: read.text('user_id'),
      state: read.oneOf('state', ['current', 'set-aside']),
      guard: read.oneOf('guard', ['keyring', 'password', 'both']),
      backend: read.optionalText('backend'),
      wrapped: read.bytes('wrapped'),
      checkValue: read.bytes('check_value'),
      createdAt: read.number('created_at'),
    }
  }

  return {
    list: (userId) => all.all(userId).map(toRecord),
    add: (record) => {
      insert.run({ ...record, backend: orNull(record.backend) })
    },
    rewrap: ({ id, userId, guard, backend, wrapped }) => {
      const { changes } = rewrap.run({ id, userId, guard, backend: orNull(backend), wrapped })
      if (changes !== 1) throw new Error('the key to wrap anew is not there')
    },
    setAside: (userId) => {
      setAside.run(userId)
    },
  }
}
