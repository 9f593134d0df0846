import { defined } from '@contract/defined'
import type { JWK } from 'jose'
import type { CertificateView, ConnectionSettings, PublicKeyView } from '@contract/connection-settings'
import type { ConnectionDraft } from '@contract/connections'
import { needsOf } from '@contract/tables/client-authentications'
import { fail, ok, type Result } from '@contract/result'
import type { ClientCertificate } from '../../oauth/client/client-keys.ts'
import { makeSigningKey, publicKeyView } from '../../oauth/client/signing-key.ts'
import { certificateDocument, keyDocument } from '../../records/documents/client-keys.ts'
import type { Leading } from '../../records/destination.ts'
import type { Connection } from '../../records/model.ts'
import type { SecretBox } from '../../vault/box/secret-box.ts'
import { connectionPlace } from '../tokens/token-vault.ts'

/** Reads a certificate and whether the key is its own. Codes: `certificate_unfit`. */
export type ReadCertificate = (pair: ClientCertificate) => Result<CertificateView>

type Sealed = Pick<Connection, 'sealedClientKey' | 'sealedCertificate' | 'sealedDpopKey' | 'publicKeys'>
type MadeKey = { key: JWK; view: PublicKeyView }

/** Keys that were made or imported and are not sealed yet: in memory only, until the connection is saved. */
export interface MadeKeys {
  client?: MadeKey
  dpop?: MadeKey
  certificate?: { pair: ClientCertificate; view: CertificateView }
}

/** Makes and imports the keys that a connection needs and does not have. Seals nothing, as it waits.
 *  Codes: `client_key_unfit`, `certificate_unfit`, `connection_no_key`, `connection_no_certificate`. */
export async function makeKeys(
  readCertificate: ReadCertificate,
  draft: ConnectionDraft,
  settings: ConnectionSettings,
  stored: Connection | undefined,
): Promise<Result<MadeKeys>> {
  const made: MadeKeys = {}
  if (draft.clientKey !== undefined) {
    const key = await makeSigningKey(draft.clientKey)
    if (!key.ok) return key
    made.client = { key: key.value, view: publicKeyView(key.value) }
  }
  const signs = needsOf(draft) === 'key' || settings.signedRequest === true
  if (signs && made.client === undefined && stored?.sealedClientKey === undefined) {
    return fail(
      'connection_no_key',
      'The connection is set to sign with its own key, but has none yet.',
      'Generate a key or import one.',
    )
  }
  if (draft.certificate !== undefined) {
    const certificate = readCertificate(draft.certificate)
    if (!certificate.ok) return certificate
    made.certificate = { pair: draft.certificate, view: certificate.value }
  }
  if (
    needsOf(draft) === 'certificate' &&
    made.certificate === undefined &&
    stored?.sealedCertificate === undefined
  ) {
    return fail(
      'connection_no_certificate',
      'The connection authenticates with a certificate, but has none yet.',
      'Enter certificate and key as PEM.',
    )
  }
  if (settings.dpop === true && stored?.sealedDpopKey === undefined) {
    const key = await makeSigningKey({ generate: 'ES256' })
    if (!key.ok) return key
    made.dpop = { key: key.value, view: publicKeyView(key.value) }
  }
  return ok(made)
}

/** Seals what was made; what was not made stays as it is stored. To be saved in the same turn. */
export function sealKeys(
  box: SecretBox,
  connection: Pick<Connection, 'id' | 'userId'> & Leading,
  { client, certificate, dpop }: MadeKeys,
  stored: Connection | undefined,
): Sealed {
  const seal = (column: 'client_key' | 'client_certificate' | 'dpop_key', text: string) =>
    box.seal(connectionPlace(connection, column), text)
  return {
    sealedClientKey: client ? seal('client_key', keyDocument.write(client.key)) : stored?.sealedClientKey,
    sealedCertificate: certificate
      ? seal('client_certificate', certificateDocument.write(certificate.pair))
      : stored?.sealedCertificate,
    sealedDpopKey: dpop ? seal('dpop_key', keyDocument.write(dpop.key)) : stored?.sealedDpopKey,
    publicKeys: {
      ...stored?.publicKeys,
      ...defined({
        client: client ? client.view : undefined,
        certificate: certificate ? certificate.view : undefined,
        dpop: dpop ? dpop.view : undefined,
      }),
    },
  }
}
