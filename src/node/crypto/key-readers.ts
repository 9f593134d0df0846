import { readCertificate } from './read-certificate.ts'
import { readChain } from './read-chain.ts'
import { readIdentity } from './read-identity.ts'
import { readPem } from './read-pem.ts'

/** Everything that reads keys and certificates, for the ports of the network. */
export const keyReaders = { readCertificate, readChain, readIdentity, readPem }
