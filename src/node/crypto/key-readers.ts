import { openIdentityWork, readIdentityWork } from './identity/identity-work.ts'
import { readCertificate } from './identity/read-certificate.ts'
import { readChain } from './read-chain.ts'
import { readPem } from './read-pem.ts'

/** Everything that reads keys and certificates, for the ports of the network; a window reads identities in a thread. */
export const keyReaders = {
  readCertificate,
  readChain,
  readIdentity: readIdentityWork,
  openIdentity: openIdentityWork,
  readPem,
}
