import type { Adapter, AdapterPayload } from 'oidc-provider'
import type { PlaygroundDatabase } from './open.ts'
import type { Sealer } from './settings.ts'

type Row = { sealed_payload: Buffer; consumed_at: number | null }

// The provider itself checks `exp`; what has run out stays for a while so that it can say "expired" and not "unknown".
const expiredStaySeconds = 3600

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
    purge: database.prepare('DELETE FROM provider_records WHERE expires_at < ?'),
  }
  const seconds = () => Math.floor(Date.now() / 1000)
  const hashOrNull = (text: string | undefined) => (text ? sealer.hash(text) : null)

  function adapterFor(model: string): Adapter {
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
  return { adapterFor, purgeExpired: () => statements.purge.run(seconds() - expiredStaySeconds).changes }
}
