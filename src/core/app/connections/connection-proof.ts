import { fail, ok, type Result } from '@contract/result'
import { leadsToSame, carriesOver } from '../../records/destination.ts'
import type { Connection } from '../../records/model.ts'
import type { ConnectionStore } from '../../records/ports.ts'
import { sameBytes } from '../../vault/box/bytes.ts'
import { proofColumn } from '../../vault/box/reseal.ts'
import type { SecretPlace } from '../../vault/box/secret-box.ts'
import type { ChangeField } from '../../vault/box/vault-parts.ts'
import { connectionPlace } from '../tokens/token-vault.ts'
import type { CurrentSession } from '../vault/session.ts'

/** Runs the writes of `work` in one transaction; `replace` shows it the sealed fields that belong to a connection. */
export type Resealing = (work: (replace: (connectionId: string, change: ChangeField) => void) => void) => void

/** Whether a connection still leads where its user had it lead: nothing is signed in to or sent through one that was
 *  changed in the database. Where nothing protects the vault there is nothing to compare with after a restart.
 *  Codes: `connection_changed_outside`, `vault_locked`, `vault_key_changed`. */
export function confirmConnection(session: CurrentSession, connection: Connection): Result<null> {
  const { box } = session()
  const opened = box.open(
    connectionPlace(connection, proofColumn),
    connection.sealedProof ?? new Uint8Array(),
  )
  if (opened.ok) return ok(null)
  if (/^vault_/.test(opened.error.code)) return opened
  if (opened.error.code !== 'secret_redirected' && !box.bindsAll()) return ok(null)
  return fail(
    'connection_changed_outside',
    `“${connection.name}” was changed by something other than Gatehouse, or damaged. Nothing was sent.`,
    'Open the connection, check every address in it and save it. Then sign in again.',
  )
}

/** Makes what saves connections together with all that is sealed for where they lead. What the user changed may lead
 *  tokens to another place: they go along only as far as `carriesOver` says; otherwise they stay sealed for where they
 *  were meant to go, and open again when the connection leads there again. */
export function createSaveConnection(deps: {
  session: CurrentSession
  connections: Pick<ConnectionStore, 'save'>
  resealing: Resealing
}) {
  return (before: Connection | undefined, after: Connection): void => {
    const { box } = deps.session()
    deps.resealing((replace) => {
      const opened = new Map<string, { sealed: Uint8Array; plain: string }>()
      const isTaken = ({ table }: SecretPlace) =>
        table === 'connections' || (before !== undefined && carriesOver(before, after))
      if (before && !leadsToSame(before, after))
        replace(before.id, (place, sealed) => {
          const plain = isTaken(place) ? box.open(place, sealed) : undefined
          if (plain?.ok) opened.set(nameOf(place), { sealed, plain: plain.value })
          return undefined
        })
      deps.connections.save({ ...after, sealedProof: box.seal(connectionPlace(after, proofColumn), '') })
      if (opened.size > 0)
        replace(after.id, (place, sealed) => {
          const known = opened.get(nameOf(place))
          // What was sealed again just now already is for the new place.
          return known && sameBytes(known.sealed, sealed) ? box.seal(place, known.plain) : undefined
        })
    })
  }
}

function nameOf({ table, rowId, column }: SecretPlace): string {
  return JSON.stringify([table, rowId, column])
}
