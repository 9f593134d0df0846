import { defined } from '@contract/defined'
import { fail, ok, type Result } from '@contract/result'
import type { EnvironmentStore } from '../../records/environment-store.ts'
import type { Connection } from '../../records/model.ts'
import type { Clock, ConnectionStore } from '../../records/ports.ts'
import { connectionPlace } from '../tokens/token-vault.ts'
import type { CurrentSession } from '../vault/session.ts'
import { confirmConnection, createSaveConnection, type Resealing } from './connection-proof.ts'

interface Dependencies {
  session: CurrentSession
  clock: Clock
  newId: () => string
  connections: Pick<ConnectionStore, 'get' | 'save'>
  environments: Pick<EnvironmentStore, 'get'>
  resealing: Resealing
  changed: () => void
}

/** Copies a connection to another environment with its secret and keys, sealed again. Accounts and tokens stay where
 *  they are: each environment signs in for itself. Codes: `connection_unknown`, `environment_unknown`, those of
 *  `confirmConnection` and of the vault. */
export function createCopyConnection(deps: Dependencies) {
  const saveConnection = createSaveConnection(deps)
  return ({ id, environmentId }: { id: string; environmentId: string }): Result<null> => {
    const { user, box } = deps.session()
    const original = deps.connections.get(user.id, id)
    if (!original) return fail('connection_unknown', 'This connection was removed.')
    if (!deps.environments.get(user.id, environmentId))
      return fail('environment_unknown', 'This environment no longer exists.', 'Choose another one.')
    const confirmed = confirmConnection(deps.session, original)
    if (!confirmed.ok) return confirmed
    const {
      sealedClientSecret,
      sealedClientKey,
      sealedCertificate,
      sealedDpopKey,
      sealedProof: _sealedProof,
      ...open
    } = original
    const now = deps.clock.now()
    const copy: Connection = {
      ...open,
      id: deps.newId(),
      environmentId,
      isPlayground: false,
      createdAt: now,
      updatedAt: now,
    }
    const sealed = {
      sealedClientSecret: ['client_secret', sealedClientSecret],
      sealedClientKey: ['client_key', sealedClientKey],
      sealedCertificate: ['client_certificate', sealedCertificate],
      sealedDpopKey: ['dpop_key', sealedDpopKey],
    } as const
    const secrets: Partial<Record<keyof typeof sealed, Uint8Array>> = {}
    for (const member of Object.keys(sealed) as (keyof typeof sealed)[]) {
      const [column, bytes] = sealed[member]
      if (bytes === undefined) continue
      const plain = box.open(connectionPlace(original, column), bytes)
      if (!plain.ok) return plain
      secrets[member] = box.seal(connectionPlace(copy, column), plain.value)
    }
    saveConnection(undefined, { ...copy, ...defined(secrets) })
    deps.changed()
    return ok(null)
  }
}
