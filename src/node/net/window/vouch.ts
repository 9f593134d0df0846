import { X509Certificate } from 'node:crypto'
import { TLSSocket } from 'node:tls'
import type { Way } from '../../../core/records/way.ts'
import { openConnector, type Trusted } from '../agents.ts'
import { connected } from './connected.ts'

/** Milliseconds for which a server is asked. */
const longest = 10_000

/** Whether a server that the sign-in window was shown a certificate by shows it here too, and it holds by the authorities
 *  that requests go by: what Chromium does not know of. `certificate`: PEM. Nothing is sent but the handshake. */
export function createVouch(trusted: Trusted) {
  return async function vouches(url: string, certificate: string, way: Way): Promise<boolean> {
    if (!URL.canParse(url) || new URL(url).protocol !== 'https:') return false
    const { unchecked: _never, http2: _other, ...checked } = way
    try {
      const shown = new X509Certificate(certificate).fingerprint256
      const path = { way: checked, certificate: undefined, forwarded: false }
      const { connect, close } = await openConnector({ trusted, connectTimeout: longest }, path)
      try {
        const socket = await connected(connect, new URL(url))
        const own = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined
        socket.on('error', () => undefined).destroy()
        return own?.fingerprint256 === shown
      } finally {
        await close()
      }
    } catch {
      return false
    }
  }
}
