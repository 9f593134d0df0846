import { defined } from '@contract/defined'
import { needsOf } from '@contract/tables/client-authentications'
import { fail, ok, type Result } from '@contract/result'
import { resolveText, type VariableValue } from '../../http/variables.ts'
import type { ClientKeys } from '../../oauth/client/client-keys.ts'
import { createDpopProver, type DpopProver } from '../../oauth/client/dpop.ts'
import { certificateDocument, keyDocument } from '../../records/documents/client-keys.ts'
import type { StoredDocument } from '../../records/documents/document.ts'
import type { Connection } from '../../records/model.ts'
import type { Clock } from '../../records/ports.ts'
import { clientSecretOf } from './client-secret.ts'
import { confirmFields, resolveSecret } from './typed-fields.ts'
import { confirmConnection } from './connection-proof.ts'
import type { CurrentSession } from '../vault/session.ts'
import { connectionPlace } from '../tokens/token-vault.ts'

interface Dependencies {
  session: CurrentSession
  clock: Clock
  newId: () => string
  /** The variables of an environment, opened. */
  variables: (environmentId: string) => Result<Map<string, VariableValue>>
}

/** What a connection proves itself with, opened. */
export interface ClientParts {
  clientSecret?: string
  keys: ClientKeys
}

/** Opens the secret and the keys of a connection; provers are kept with their nonces until the vault locks.
 *  Codes: those of SecretBox.open, `connection_changed_outside`, `document_*`,
 *  `variable_unknown`, `connection_variables_changed`. */
export function createClientKeys(deps: Dependencies) {
  /** By connection and thumbprint of the key. */
  const provers = new Map<string, Promise<DpopProver>>()

  function openDocument<T>(
    document: StoredDocument<T>,
    connection: Connection,
    column: 'client_key' | 'client_certificate' | 'dpop_key',
    sealed: Uint8Array | undefined,
  ): Result<T | undefined> {
    if (sealed === undefined) return ok(undefined)
    const opened = deps.session().box.open(connectionPlace(connection, column), sealed)
    return opened.ok ? document.read(opened.value) : opened
  }

  /** Values may name variables of the connection's environment; an unknown one stops the message. */
  function furtherOf(connection: Connection): Result<ClientKeys['further']> {
    const parts = connection.settings?.further
    if (parts === undefined || parts.length === 0) return ok(undefined)
    const variables = deps.variables(connection.environmentId)
    if (!variables.ok) return variables
    const unknown = new Set<string>()
    const further = parts.map((part) => {
      const { text, secret, missing } = resolveText(part.value, variables.value)
      for (const name of missing) unknown.add(name)
      return { ...part, value: text, secret }
    })
    const missing = [...unknown].map((name) => `{{${name}}}`).join(', ')
    return missing === ''
      ? ok(further)
      : fail(
          'variable_unknown',
          `${missing} of the connection “${connection.name}” is not known in its environment. Nothing was sent.`,
          'Add it in Settings, Environments.',
        )
  }

  /** The client secret, once its connection's variables still stand for what they did. */
  function secretOf(connection: Connection): Result<string | undefined> {
    const sealed = clientSecretOf(deps.session, connection)
    if (!sealed.ok || connection.settings?.typed === undefined) return sealed
    const variables = deps.variables(connection.environmentId)
    if (!variables.ok) return variables
    const changed = confirmFields(connection, variables.value)
    return changed === undefined
      ? ok(resolveSecret(sealed.value, connection.settings, variables.value))
      : { ok: false, error: changed }
  }

  async function proverOf(connection: Connection): Promise<Result<DpopProver | undefined>> {
    if (connection.settings?.dpop !== true) return ok(undefined)
    const jwk = openDocument(keyDocument, connection, 'dpop_key', connection.sealedDpopKey)
    if (!jwk.ok) return jwk
    if (jwk.value === undefined) return ok(undefined)
    const name = `${connection.id} ${jwk.value.kid}`
    const known =
      provers.get(name) ?? createDpopProver(jwk.value, { now: () => deps.clock.now(), newId: deps.newId })
    provers.set(name, known)
    return ok(await known)
  }

  return {
    async open(connection: Connection): Promise<Result<ClientParts>> {
      const confirmed = confirmConnection(deps.session, connection)
      if (!confirmed.ok) return confirmed
      const clientSecret = secretOf(connection)
      if (!clientSecret.ok) return clientSecret
      const signing = openDocument(keyDocument, connection, 'client_key', connection.sealedClientKey)
      if (!signing.ok) return signing
      const certificate =
        needsOf(connection) === 'certificate'
          ? openDocument(certificateDocument, connection, 'client_certificate', connection.sealedCertificate)
          : ok(undefined)
      if (!certificate.ok) return certificate
      const dpop = await proverOf(connection)
      if (!dpop.ok) return dpop
      const further = furtherOf(connection)
      if (!further.ok) return further
      return ok({
        ...defined({ clientSecret: clientSecret.value }),
        keys: {
          ...defined({ signing: signing.value, certificate: certificate.value, dpop: dpop.value }),
          ...defined({ further: further.value }),
        },
      })
    },
    /** Forgets keys and nonces that are held in memory. */
    forget: (): void => provers.clear(),
  }
}
export type ClientKeyRing = ReturnType<typeof createClientKeys>
