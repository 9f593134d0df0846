import type { Identity } from '../../../core/records/way.ts'
import { openPkcs12 } from './open-pkcs12.ts'
import { readIdentity } from './read-identity.ts'

type Read = ReturnType<typeof readIdentity>

/** Reads a client certificate with its key, and takes it out of a PKCS#12 file. The rounds of a passphrase take up to
 *  seconds. Code: `certificate_unfit`. */
export async function readIdentityWork(given: Parameters<typeof readIdentity>[0]): Promise<Read> {
  const read = readIdentity(given)
  if (!read.ok) return read
  return { ok: true, value: { ...read.value, identity: await openPkcs12(read.value.identity) } }
}

/** One that was kept as a PKCS#12 file, taken out of it. */
export function openIdentityWork(identity: Identity): Promise<Identity> {
  return openPkcs12(identity)
}
