import type { CertificateView, ConnectionSettings } from '@contract/connection-settings'
import type { ConnectionDraft } from '@contract/connections'
import { fail, ok, type Result } from '@contract/result'
import { usesCertificate } from '../domain/oauth/client.ts'
import type { ClientCertificate } from '../domain/oauth/client-keys.ts'
import { makeSigningKey, publicKeyView } from '../domain/oauth/signing-key.ts'
import type { Connection } from '../domain/shared/model.ts'
import type { SecretBox } from '../domain/vault/secret-box.ts'
import { connectionPlace } from './token-vault.ts'

/** Reads a certificate and whether the key is its own. Codes: `certificate_unfit`. */
export type ReadCertificate = (pair: ClientCertificate) => Result<CertificateView>

type Sealed = Pick<Connection, 'sealedClientKey' | 'sealedCertificate' | 'sealedDpopKey' | 'publicKeys'>

/** Makes, imports and seals the keys that a connection needs; what the draft leaves out stays as it was.
 *  Codes: `client_key_unfit`, `certificate_unfit`, `connection_no_key`, `connection_no_certificate`. */
export const sealKeys = async (
  { box, readCertificate }: { box: SecretBox; readCertificate: ReadCertificate },
  { userId, id }: { userId: string; id: string },
  draft: ConnectionDraft,
  settings: ConnectionSettings,
  stored: Connection | undefined,
): Promise<Result<Sealed>> => {
  const seal = (column: 'client_key' | 'client_certificate' | 'dpop_key', value: unknown) =>
    box.seal(connectionPlace(userId, id, column), JSON.stringify(value))
  const { sealedClientKey, sealedCertificate, sealedDpopKey } = stored ?? {}
  const publicKeys = { ...stored?.publicKeys }
  const keys: Sealed = { sealedClientKey, sealedCertificate, sealedDpopKey, publicKeys }

  if (draft.clientKey !== undefined) {
    const key = await makeSigningKey(draft.clientKey)
    if (!key.ok) return key
    keys.sealedClientKey = seal('client_key', key.value)
    publicKeys.client = publicKeyView(key.value)
  }
  const signs = draft.clientAuthentication === 'private_key_jwt' || settings.signedRequest === true
  if (signs && keys.sealedClientKey === undefined) {
    return fail(
      'connection_no_key',
      'The connection is to sign with a key of its own, and has none yet.',
      'Generate a key or import one.',
    )
  }
  if (draft.certificate !== undefined) {
    const certificate = readCertificate(draft.certificate)
    if (!certificate.ok) return certificate
    keys.sealedCertificate = seal('client_certificate', draft.certificate)
    publicKeys.certificate = certificate.value
  }
  if (usesCertificate(draft) && keys.sealedCertificate === undefined) {
    return fail(
      'connection_no_certificate',
      'The connection authenticates with a certificate, and has none yet.',
      'Enter certificate and key as PEM.',
    )
  }
  if (settings.dpop === true && keys.sealedDpopKey === undefined) {
    const key = await makeSigningKey({ generate: 'ES256' })
    if (!key.ok) return key
    keys.sealedDpopKey = seal('dpop_key', key.value)
    publicKeys.dpop = publicKeyView(key.value)
  }
  return ok(keys)
}
