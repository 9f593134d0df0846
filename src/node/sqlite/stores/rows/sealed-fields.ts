import { defined } from '@contract/defined'
import { connectionDestination, nowhere, tokenDestination } from '../../../../core/records/destination.ts'
import type { Connection } from '../../../../core/records/model.ts'
import type { ConnectionStore } from '../../../../core/records/ports.ts'
import { failureIn } from '../../../../core/text/expected-failure.ts'
import { proofColumn } from '../../../../core/vault/box/reseal.ts'
import type { SealedFields } from '../../../../core/vault/box/vault-parts.ts'
import type { Database } from '../../database.ts'
import { explained } from '../../explained.ts'
import { prepareLater } from './prepare-later.ts'
import { readRow } from './row.ts'

/** How a table's secrets come by what they may be sent to: through the connection that is found by `joins` as `c`, or by
 *  an address, or a whole document, in the row itself. What has neither goes where its user sends it. */
const bound = {
  connections: { joins: 'JOIN connections c ON c.id = t.id' },
  token_sets: {
    joins: 'JOIN accounts a ON a.id = t.account_id JOIN connections c ON c.id = a.connection_id',
    token: 't.resource AS resource',
  },
  refresh_states: {
    joins: `JOIN token_sets s ON s.id = t.id JOIN accounts a ON a.id = s.account_id
      JOIN connections c ON c.id = a.connection_id`,
    token: 's.resource AS resource',
  },
  pending_sign_ins: { joins: 'JOIN connections c ON c.id = t.connection_id' },
  registrations: { joins: 'JOIN connections c ON c.id = t.id', address: 'client_uri' },
  requests: {},
  environment_variables: {},
  kept_pages: {},
  flows: {},
  history_keys: {},
  ring_keys: {},
  network_settings: { address: 'document' },
  cookie_jars: {},
  deleted_parts: {},
  pinned_tokens: {},
  collection_requests: {},
  collection_memories: {},
  deleted_files: {},
} as const satisfies Record<string, { joins?: string; token?: string; address?: string }>

/** Every column that holds ciphertext. The column of a place is the name without `sealed_`. */
export const sealedColumns = [
  {
    table: 'connections',
    columns: ['client_secret', 'client_key', 'client_certificate', 'dpop_key', proofColumn],
  },
  { table: 'token_sets', columns: ['access_token', 'refresh_token', 'id_token'] },
  { table: 'pending_sign_ins', columns: ['secrets'] },
  { table: 'requests', columns: ['secrets'] },
  { table: 'refresh_states', columns: ['aside'] },
  { table: 'registrations', columns: ['access_token'] },
  { table: 'environment_variables', columns: ['value'] },
  { table: 'kept_pages', columns: ['tabs'] },
  { table: 'flows', columns: ['steps', 'failure'] },
  { table: 'history_keys', columns: ['key'] },
  { table: 'ring_keys', columns: ['key'] },
  { table: 'network_settings', columns: ['secrets'] },
  { table: 'cookie_jars', columns: ['cookies'] },
  { table: 'deleted_parts', columns: ['part'] },
  { table: 'pinned_tokens', columns: ['content'] },
  { table: 'collection_requests', columns: ['secrets'] },
  { table: 'collection_memories', columns: ['content'] },
  { table: 'deleted_files', columns: ['parts'] },
] as const satisfies { table: keyof typeof bound; columns: string[] }[]

/** Ciphertext of deleted things, each with the place where it was. */
export const sealedInBin = 'bin_bytes.sealed_bytes'

/** All sealed fields of a user in SQLite, each with where it may be sent; those in the bin at the places where they
 *  was. To be called inside a transaction. */
export function createSealedFields(db: Database, connections: Pick<ConnectionStore, 'get'>): SealedFields {
  const places = sealedColumns.flatMap(({ table, columns }) =>
    columns.map((column) => {
      const way: { joins?: string; token?: string; address?: string } = bound[table]
      const { joins, token, address } = way
      const found = [
        't.id AS id',
        `coalesce(t.sealed_${column}, x'') AS sealed`,
        ...(joins === undefined ? [] : ['c.id AS connection_id']),
        ...(token === undefined ? [] : [token, 'a.issuer AS issuer']),
        ...(address === undefined ? [] : [`t.${address} AS address`]),
      ]
      return {
        table,
        column,
        way,
        all: prepareLater(
          db,
          `SELECT ${found.join(', ')} FROM ${table} t ${joins ?? ''} WHERE t.user_id = ?
           ${column === proofColumn ? '' : `AND t.sealed_${column} IS NOT NULL`}`,
        ),
        write: prepareLater(db, `UPDATE ${table} SET sealed_${column} = ? WHERE user_id = ? AND id = ?`),
      }
    }),
  )

  /** The connection as it is now; one that can't be read leads nowhere. */
  function connectionOf(userId: string, id: string): Connection | undefined {
    try {
      return connections.get(userId, id)
    } catch (thrown) {
      if (failureIn(thrown) === undefined) throw thrown
      return undefined
    }
  }
  function destinationIn(
    read: ReturnType<typeof readRow>,
    { token, address }: { token?: string; address?: string },
    connection: Connection | undefined,
  ): string {
    if (address !== undefined) return read.text('address')
    if (connection === undefined) return nowhere
    if (token === undefined) return connectionDestination(connection)
    const [account, tokenSet] = [{ issuer: read.text('issuer') }, { resource: read.optionalText('resource') }]
    return tokenDestination(connection, { account, tokenSet })
  }

  const binned = prepareLater(
    db,
    'SELECT id, place_table, place_row, place_destination, column_name, sealed_bytes FROM bin_bytes WHERE user_id = ? AND sealed_bytes IS NOT NULL',
  )
  const writeBinned = prepareLater(db, 'UPDATE bin_bytes SET sealed_bytes = ? WHERE user_id = ? AND id = ?')
  return explained(db, {
    replace: (userId, change, connectionId) => {
      const known = new Map<string, Connection | undefined>()
      for (const { table, column, way, all, write } of places) {
        if (connectionId !== undefined && way.joins === undefined) continue
        for (const row of all.all(userId)) {
          const read = readRow(db, row)
          const rowId = read.text('id')
          const place = { userId, table, rowId, column }
          const owner = way.joins === undefined ? undefined : read.text('connection_id')
          if (connectionId !== undefined && owner !== connectionId) continue
          if (owner !== undefined && !known.has(owner)) known.set(owner, connectionOf(userId, owner))
          const connection = owner === undefined ? undefined : known.get(owner)
          const isBound = way.joins !== undefined || way.address !== undefined
          const destination = isBound ? { destination: destinationIn(read, way, connection) } : {}
          const changed = change({ ...place, ...destination }, read.bytes('sealed'))
          if (changed !== undefined) write.run(changed, userId, rowId)
        }
      }
      if (connectionId !== undefined) return
      for (const row of binned.all(userId)) {
        const read = readRow(db, row)
        const place = {
          userId,
          table: read.text('place_table'),
          rowId: read.text('place_row'),
          column: read.text('column_name').replace(/^sealed_/, ''),
          ...defined({ destination: read.optionalText('place_destination') }),
        }
        const changed = change(place, read.bytes('sealed_bytes'))
        if (changed !== undefined) writeBinned.run(changed, userId, read.number('id'))
      }
    },
  })
}
