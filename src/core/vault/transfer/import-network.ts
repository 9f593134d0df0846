import { defined } from '@contract/defined'
import type { CookieStore } from '../../records/cookie-store.ts'
import { networkDocument } from '../../records/documents/network.ts'
import type { NetworkStore } from '../../records/network-store.ts'
import { isLoopbackHost } from '../../text/loopback-host.ts'
import type { SecretBox } from '../box/secret-box.ts'
import type { ExportDocument } from './export-document.ts'

interface Stores {
  cookies: Pick<CookieStore, 'get' | 'save'>
  network: NetworkStore
  newId: () => string
}

/** A jar of a file, with what its owner and its environment are called here. */
interface FileJar {
  cookies: string
  accountId: string | undefined
  environmentId: string | undefined
  /** Its account did not come in. */
  isLost: boolean
}

/** Puts in the cookies of whoever has none here: those that are here are newer. */
export function importJar(
  userId: string,
  box: SecretBox,
  stores: Stores,
  { cookies, accountId, environmentId, isLost }: FileJar,
): void {
  if (environmentId === undefined || isLost) return
  if (stores.cookies.get(userId, environmentId, accountId) !== undefined) return
  const id = stores.newId()
  const place = { userId, table: 'cookie_jars', rowId: id, column: 'cookies' }
  stores.cookies.save({
    id,
    userId,
    environmentId,
    ...defined({ accountId }),
    sealedCookies: box.seal(place, cookies),
  })
}

/** Puts in network settings where there are none yet: a file does not lead the messages of this computer elsewhere. No
 *  file turns the check of TLS off, or leads a name to this computer. */
export function importNetwork(
  userId: string,
  box: SecretBox,
  { network }: Stores,
  { document: given, secrets }: ExportDocument['network'][number],
): void {
  const read = networkDocument.read(given)
  if (!read.ok || network.get(userId) !== undefined) return
  const hosts = (read.value.hosts ?? [])
    .map(({ unchecked: _unchecked, address, ...rule }) => ({
      ...rule,
      ...(address !== undefined && !isLoopbackHost(address) && { address }),
    }))
    .filter(({ address, certificate }) => address !== undefined || certificate !== undefined)
  const document = networkDocument.write({ ...read.value, hosts })
  const place = { userId, table: 'network_settings', rowId: userId, column: 'secrets', destination: document }
  network.save(userId, { document, sealedSecrets: box.seal(place, secrets) })
}
