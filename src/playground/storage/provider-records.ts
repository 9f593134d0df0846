import type { Adapter, AdapterPayload } from 'oidc-provider'
import type { PlaygroundDatabase } from './database.ts'
import type { Sealer } from './settings.ts'

type Row = { sealed_payload: Uint8Array; consumed_at: number | null }

// The provider itself checks `exp`; what has expired stays for a while so that it can say "expired" and not "unknown".
const expiredStaySeconds = 3600

export type ListedRecord = { id: string; payload: AdapterPayload; expiresAt: number | null; isUsed: boolean }

export type ProviderRecords = ReturnType<typeof createProviderRecords>

/** How oidc-provider stores its models (sessions, grants, codes, tokens, registered clients ...) in SQLite. */
export function createProviderRecords(database: PlaygroundDatabase, sealer: Sealer) {
  const columns = 'sealed_payload, consumed_at'
  const statements = {
    upsert: database.prepare(`
      INSERT INTO provider_records
        (model, id_hash, grant_id_hash, user_code_hash, uid_hash, sealed_payload, consumed_at, expires_at)
      VALUES (@model, @id, @grantId, @userCode, @uid, @payload, @consumedAt, @expiresAt)
      ON CONFLICT (model, id_hash) DO UPDATE SET
        grant_id_hash = excluded.grant_id_hash, user_code_hash = excluded.user_code_hash,
        uid_hash = excluded.uid_hash, sealed_payload = excluded.sealed_payload,
        consumed_at = excluded.consumed_at, expires_at = excluded.expires_at`),
    find: database.prepare(`SELECT ${columns} FROM provider_records WHERE model = ? AND id_hash = ?`),
    byUserCode: database.prepare(
      `SELECT ${columns} FROM provider_records WHERE model = ? AND user_code_hash = ?`,
    ),
    byUid: database.prepare(`SELECT ${columns} FROM provider_records WHERE model = ? AND uid_hash = ?`),
    consume: database.prepare('UPDATE provider_records SET consumed_at = ? WHERE model = ? AND id_hash = ?'),
    destroy: database.prepare('DELETE FROM provider_records WHERE model = ? AND id_hash = ?'),
    revoke: database.prepare('DELETE FROM provider_records WHERE model = ? AND grant_id_hash = ?'),
    list: database.prepare(
      `SELECT ${columns}, id_hash, expires_at FROM provider_records WHERE model = ? ORDER BY expires_at DESC LIMIT 1000`,
    ),
    remove: database.prepare('DELETE FROM provider_records WHERE lower(substr(hex(id_hash), 1, 32)) = ?'),
    revokeAll: database.prepare('DELETE FROM provider_records WHERE grant_id_hash = ? OR id_hash = ?'),
    clear: database.prepare('DELETE FROM provider_records'),
    purge: database.prepare('DELETE FROM provider_records WHERE expires_at < ?'),
  }
  const seconds = () => Math.floor(Date.now() / 1000)
  const hashOrNull = (text: string | undefined) => (text ? sealer.hash(text) : null)

  function adapterFor(name: string, issuer = ''): Adapter {
    // Each issuer has records of its own.
    const model = issuer === '' ? name : `${issuer} ${name}`
    function read(row: unknown): AdapterPayload | undefined {
      if (!row) return undefined
      const { sealed_payload, consumed_at } = row as Row
      const payload = JSON.parse(sealer.open(sealed_payload, model)) as AdapterPayload
      return consumed_at === null ? payload : { ...payload, consumed: consumed_at }
    }
    return {
      upsert: async (id, payload, expiresIn) => {
        statements.upsert.run({
          model,
          id: sealer.hash(id),
          grantId: hashOrNull(payload.grantId),
          userCode: hashOrNull(payload.userCode),
          uid: hashOrNull(payload.uid),
          payload: sealer.seal(JSON.stringify(payload), model),
          consumedAt: typeof payload.consumed === 'number' ? payload.consumed : null,
          expiresAt: expiresIn ? seconds() + expiresIn : null,
        })
      },
      find: async (id) => read(statements.find.get(model, sealer.hash(id))),
      findByUserCode: async (userCode) => read(statements.byUserCode.get(model, sealer.hash(userCode))),
      findByUid: async (uid) => read(statements.byUid.get(model, sealer.hash(uid))),
      consume: async (id) => void statements.consume.run(seconds(), model, sealer.hash(id)),
      destroy: async (id) => void statements.destroy.run(model, sealer.hash(id)),
      revokeByGrantId: async (grantId) => void statements.revoke.run(model, sealer.hash(grantId)),
    }
  }

  /** What is kept of one kind, without the values that would let someone use it. */
  function list(name: string, issuer = ''): ListedRecord[] {
    const model = issuer === '' ? name : `${issuer} ${name}`
    const rows = statements.list.all(model) as (Row & { id_hash: Uint8Array; expires_at: number | null })[]
    return rows.map((row) => ({
      id: Buffer.from(row.id_hash).toString('hex').slice(0, 32),
      payload: JSON.parse(sealer.open(row.sealed_payload, model)) as AdapterPayload,
      expiresAt: row.expires_at,
      isUsed: row.consumed_at !== null,
    }))
  }

  return {
    adapterFor,
    list,
    remove: (id: string) => statements.remove.run(id).changes,
    revokeGrant: (grantId: string) =>
      statements.revokeAll.run(sealer.hash(grantId), sealer.hash(grantId)).changes,
    clear: () => statements.clear.run().changes,
    purgeExpired: () => statements.purge.run(seconds() - expiredStaySeconds).changes,
  }
}
