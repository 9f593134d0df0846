import { clientAuthenticationTable } from '@contract/tables/client-authentications'
import { keysOf } from '@contract/tables/keys-of'
import { redirectTable } from '@contract/tables/redirect-kinds'
import type { Connection, ProviderMetadata, PublicKeys } from '../../../core/records/model.ts'
import type { ConnectionStore } from '../../../core/records/ports.ts'
import type { Database } from '../database.ts'
import { explained } from '../explained.ts'
import { storageFailures, StorageError } from '../failure.ts'
import { orNull, readRow } from './row.ts'
import type { SettingsReader } from './settings-reader.ts'

/** Connections in SQLite. Removing one takes accounts, token sets and pending sign-ins with it. */
export function createConnectionStore(db: Database, settings: Pick<SettingsReader, 'read'>): ConnectionStore {
  const all = db.prepare('SELECT * FROM connections WHERE user_id = ? ORDER BY created_at, id')
  const one = db.prepare('SELECT * FROM connections WHERE user_id = ? AND id = ?')
  const upsert = db.prepare(`
    INSERT INTO connections (
      id, user_id, environment_id, name, metadata, metadata_source, metadata_fetched_at, client_id,
      client_authentication, sealed_client_secret, scope, resource, redirect_kind, allow_insecure,
      is_playground, created_at, updated_at, settings, public_keys, sealed_client_key,
      sealed_client_certificate, sealed_dpop_key
    ) VALUES (
      @id, @userId, @environmentId, @name, @metadata, @metadataSource, @metadataFetchedAt, @clientId,
      @clientAuthentication, @sealedClientSecret, @scope, @resource, @redirectKind, @allowInsecure,
      @isPlayground, @createdAt, @updatedAt, @settings, @publicKeys, @sealedClientKey,
      @sealedCertificate, @sealedDpopKey
    ) ON CONFLICT (id) DO UPDATE SET
      environment_id = excluded.environment_id, name = excluded.name, metadata = excluded.metadata,
      metadata_source = excluded.metadata_source, metadata_fetched_at = excluded.metadata_fetched_at,
      client_id = excluded.client_id, client_authentication = excluded.client_authentication,
      sealed_client_secret = excluded.sealed_client_secret, scope = excluded.scope,
      resource = excluded.resource, redirect_kind = excluded.redirect_kind,
      allow_insecure = excluded.allow_insecure, is_playground = excluded.is_playground,
      updated_at = excluded.updated_at, settings = excluded.settings, public_keys = excluded.public_keys,
      sealed_client_key = excluded.sealed_client_key,
      sealed_client_certificate = excluded.sealed_client_certificate,
      sealed_dpop_key = excluded.sealed_dpop_key
    WHERE user_id = excluded.user_id`)
  const remove = db.prepare('DELETE FROM connections WHERE user_id = ? AND id = ?')

  function toMetadata(value: Record<string, unknown>): ProviderMetadata {
    if (typeof value['issuer'] !== 'string')
      throw new StorageError(storageFailures.corrupt(db.name, 'unexpected value in column metadata'))
    return value as ProviderMetadata
  }
  /** Settings as they were checked when they were saved; what no longer holds is damage, not a default. */
  function toSettings(value: Record<string, unknown>) {
    const read = settings.read(value)
    if (!read) throw new StorageError(storageFailures.corrupt(db.name, 'unexpected value in column settings'))
    return Object.keys(read).length === 0 ? undefined : read
  }
  const toPublicKeys = (value: PublicKeys) => (Object.keys(value).length === 0 ? undefined : value)
  function toConnection(row: unknown): Connection {
    const read = readRow(db, row)
    return {
      id: read.text('id'),
      userId: read.text('user_id'),
      environmentId: read.text('environment_id'),
      name: read.text('name'),
      metadata: toMetadata(read.object('metadata')),
      metadataSource: read.oneOf('metadata_source', ['discovery', 'by-hand']),
      metadataFetchedAt: read.optionalNumber('metadata_fetched_at'),
      clientId: read.text('client_id'),
      clientAuthentication: read.oneOf('client_authentication', keysOf(clientAuthenticationTable)),
      sealedClientSecret: read.optionalBytes('sealed_client_secret'),
      sealedClientKey: read.optionalBytes('sealed_client_key'),
      sealedCertificate: read.optionalBytes('sealed_client_certificate'),
      sealedDpopKey: read.optionalBytes('sealed_dpop_key'),
      settings: toSettings(read.object('settings')),
      publicKeys: toPublicKeys(read.object('public_keys')),
      scope: read.text('scope'),
      resource: read.optionalText('resource'),
      redirectKind: read.oneOf('redirect_kind', keysOf(redirectTable)),
      allowInsecure: read.flag('allow_insecure'),
      isPlayground: read.flag('is_playground'),
      createdAt: read.number('created_at'),
      updatedAt: read.number('updated_at'),
    }
  }

  return explained(db, {
    list: (userId) => all.all(userId).map(toConnection),
    get: (userId, id) => {
      const row = one.get(userId, id)
      return row === undefined ? undefined : toConnection(row)
    },
    save: (connection) => {
      upsert.run({
        ...connection,
        metadata: JSON.stringify(connection.metadata),
        metadataFetchedAt: orNull(connection.metadataFetchedAt),
        sealedClientSecret: orNull(connection.sealedClientSecret),
        sealedClientKey: orNull(connection.sealedClientKey),
        sealedCertificate: orNull(connection.sealedCertificate),
        sealedDpopKey: orNull(connection.sealedDpopKey),
        settings: JSON.stringify(connection.settings ?? {}),
        publicKeys: JSON.stringify(connection.publicKeys ?? {}),
        resource: orNull(connection.resource),
        allowInsecure: Number(connection.allowInsecure),
        isPlayground: Number(connection.isPlayground),
      })
    },
    remove: (userId, id) => {
      remove.run(userId, id)
    },
  })
}
