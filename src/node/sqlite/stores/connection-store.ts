import { defined } from '@contract/defined'
import { clientAuthenticationTable } from '@contract/tables/client-authentications'
import { keysOf } from '@contract/tables/keys-of'
import { redirectTable } from '@contract/tables/redirect-kinds'
import { metadataDocument } from '../../../core/records/documents/provider-metadata.ts'
import { publicKeysDocument } from '../../../core/records/documents/public-keys.ts'
import type { Connection } from '../../../core/records/model.ts'
import type { ConnectionStore } from '../../../core/records/ports.ts'
import { expectedFailure } from '../../../core/text/expected-failure.ts'
import type { Database } from '../database.ts'
import { explained } from '../explained.ts'
import { prepareLater } from './rows/prepare-later.ts'
import { orNull, readRow } from './rows/row.ts'
import type { SettingsReader } from './settings-reader.ts'

type Documents = Pick<Connection, 'metadata' | 'settings' | 'publicKeys' | 'unreadable'>

/** Connections in SQLite. Removing one takes accounts, token sets and pending sign-ins with it. */
export function createConnectionStore(
  db: Database,
  settings: Pick<SettingsReader, 'read' | 'write'>,
): ConnectionStore {
  const all = prepareLater(db, 'SELECT * FROM connections WHERE user_id = ? ORDER BY created_at, rowid')
  const one = prepareLater(db, 'SELECT * FROM connections WHERE user_id = ? AND id = ?')
  const upsert = prepareLater(
    db,
    `
    INSERT INTO connections (
      id, user_id, environment_id, name, metadata, metadata_source, metadata_fetched_at, client_id,
      client_authentication, sealed_client_secret, scope, resource, redirect_kind, allow_insecure,
      is_playground, created_at, updated_at, settings, public_keys, sealed_client_key,
      sealed_client_certificate, sealed_dpop_key, sealed_proof
    ) VALUES (
      @id, @userId, @environmentId, @name, @metadata, @metadataSource, @metadataFetchedAt, @clientId,
      @clientAuthentication, @sealedClientSecret, @scope, @resource, @redirectKind, @allowInsecure,
      @isPlayground, @createdAt, @updatedAt, @settings, @publicKeys, @sealedClientKey,
      @sealedCertificate, @sealedDpopKey, @sealedProof
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
      sealed_dpop_key = excluded.sealed_dpop_key, sealed_proof = excluded.sealed_proof
    WHERE user_id = excluded.user_id`,
  )
  const remove = prepareLater(db, 'DELETE FROM connections WHERE user_id = ? AND id = ?')

  /** What a row holds as JSON. What cannot be read is said in the row, which has none of it then: half of a
   *  connection would sign in with less protection than it was set up with. */
  function toDocuments(read: ReturnType<typeof readRow>): Documents {
    const metadata = metadataDocument.read(read.text('metadata'))
    const kept = settings.read(read.text('settings'))
    const keys = publicKeysDocument.read(read.text('public_keys'))
    if (metadata.ok && kept.ok && keys.ok)
      return {
        metadata: metadata.value,
        settings: Object.keys(kept.value).length === 0 ? undefined : kept.value,
        publicKeys: Object.keys(keys.value).length === 0 ? undefined : keys.value,
      }
    const unreadable = [metadata, kept, keys].flatMap((each) => (each.ok ? [] : each.error))[0]
    return { metadata: metadata.ok ? metadata.value : { issuer: '' }, ...defined({ unreadable }) }
  }
  function toConnection(row: unknown): Connection {
    const read = readRow(db, row)
    return {
      id: read.text('id'),
      userId: read.text('user_id'),
      environmentId: read.text('environment_id'),
      name: read.text('name'),
      ...toDocuments(read),
      metadataSource: read.oneOf('metadata_source', ['discovery', 'by-hand']),
      metadataFetchedAt: read.optionalNumber('metadata_fetched_at'),
      clientId: read.text('client_id'),
      clientAuthentication: read.oneOf('client_authentication', keysOf(clientAuthenticationTable)),
      sealedClientSecret: read.optionalBytes('sealed_client_secret'),
      sealedClientKey: read.optionalBytes('sealed_client_key'),
      sealedCertificate: read.optionalBytes('sealed_client_certificate'),
      sealedDpopKey: read.optionalBytes('sealed_dpop_key'),
      sealedProof: read.optionalBytes('sealed_proof'),
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
      if (row === undefined) return undefined
      const connection = toConnection(row)
      if (connection.unreadable) throw expectedFailure(connection.unreadable)
      return connection
    },
    save: ({ unreadable: _unreadable, ...connection }) => {
      upsert.run({
        ...connection,
        metadata: metadataDocument.write(connection.metadata),
        metadataFetchedAt: orNull(connection.metadataFetchedAt),
        sealedClientSecret: orNull(connection.sealedClientSecret),
        sealedClientKey: orNull(connection.sealedClientKey),
        sealedCertificate: orNull(connection.sealedCertificate),
        sealedDpopKey: orNull(connection.sealedDpopKey),
        sealedProof: orNull(connection.sealedProof),
        settings: settings.write(connection.settings ?? {}),
        publicKeys: publicKeysDocument.write(connection.publicKeys ?? {}),
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
