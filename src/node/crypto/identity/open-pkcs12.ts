import { once } from 'node:events'
import { createPrivateKey, type KeyObject, type X509Certificate } from 'node:crypto'
import { duplexPair } from 'node:stream'
import { connect, createSecureContext, TLSSocket, type SecureContext } from 'node:tls'
import type { Identity } from '../../../core/records/way.ts'
import { keysInSafe } from './safe-bags.ts'

const most = { keys: 10, certificates: 20 }
/** Milliseconds that a handshake in memory may take. */
const patience = 10_000

/** Takes the key and the chain of certificates out of PKCS#12, since the passphrase's rounds would otherwise be gone
 *  through wherever connections begin. Takes as long as they do: for a thread of its own. A file that cannot be taken apart
 *  is used as it is. */
export async function openPkcs12(identity: Identity): Promise<Identity> {
  if (!('pkcs12' in identity)) return identity
  try {
    const pfx = Buffer.from(identity.pkcs12, 'base64')
    const { passphrase } = identity
    const chain = await chainShown(createSecureContext({ pfx, passphrase }))
    const [own] = chain
    const key = keysInSafe(pfx)
      .slice(0, most.keys)
      .map((pem) => keyFrom(pem, passphrase))
      .find((each) => each !== undefined && own?.checkPrivateKey(each))
    if (key === undefined) return identity
    return {
      certificate: chain.map(String).join(''),
      key: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    }
  } catch {
    return identity
  }
}

function keyFrom(pem: string, passphrase: string): KeyObject | undefined {
  try {
    return createPrivateKey({ key: pem, passphrase })
  } catch {
    return undefined
  }
}

/** The certificates that a TLS context shows, its own first: told by one end of a connection in memory to the other, since a
 *  context itself does not tell. */
async function chainShown(secureContext: SecureContext): Promise<X509Certificate[]> {
  const [here, there] = duplexPair()
  const server = new TLSSocket(here, { isServer: true, secureContext })
  const client = connect({ socket: there, rejectUnauthorized: false })
  try {
    server.on('error', (broken: Error) => client.destroy(broken))
    await once(client, 'secureConnect', { signal: AbortSignal.timeout(patience) })
    const shown: X509Certificate[] = []
    let next: X509Certificate | undefined = client.getPeerX509Certificate()
    while (next !== undefined && shown.length < most.certificates) {
      shown.push(next)
      const issuer: X509Certificate | undefined = next.issuerCertificate
      next = issuer?.fingerprint256 === next.fingerprint256 ? undefined : issuer
    }
    return shown
  } finally {
    client.destroy()
    server.destroy()
  }
}
