import { defined } from '@contract/defined'
import { createSecureContext } from 'node:tls'
import type { Agent } from 'undici'
import type { ClientCertificate } from '../../core/oauth/client/client-keys.ts'

const most = 20

/** Keeps one agent for connections without a client certificate and one for each certificate (RFC 8705): a
 *  connection on which one was shown must never carry another's messages. `make` loads undici at first use. */
export function createAgents(make: (certificate: ClientCertificate | undefined) => Promise<Agent>): Agents {
  let plain: Promise<Agent> | undefined
  const certified = new Map<string, Promise<Agent>>()
  return {
    of(certificate?: ClientCertificate): Promise<Agent> {
      if (certificate === undefined) return (plain ??= make(undefined))
      const name = `${certificate.certificate}\n${certificate.key}`
      const known = certified.get(name) ?? make(certificate)
      certified.delete(name)
      certified.set(name, known)
      const [oldest] = certified
      if (certified.size > most && oldest !== undefined) {
        certified.delete(oldest[0])
        void oldest[1].then((agent) => agent.close()).catch(() => undefined)
      }
      return known
    },
    async close(): Promise<void> {
      const all = [...certified.values(), ...(plain === undefined ? [] : [plain])]
      certified.clear()
      plain = undefined
      await Promise.all(all.map(async (agent) => (await agent).close()))
    },
  }
}

/** The agents, and how to have them made anew. */
export interface Agents {
  of: (certificate?: ClientCertificate) => Promise<Agent>
  /** Ends the connections once they are idle; the next message gets new ones. */
  close: () => Promise<void>
}

/** PEM of the authorities that servers are trusted by, instead of the usual ones. */
export type Trusted = string | (() => Promise<readonly string[] | undefined>)

/** What TLS is begun with: for a certificate, by these authorities. Made once for all connections of an agent, since
 *  reading hundreds of certificates takes long. No variable of the environment switches the check off. */
export async function tlsOptions(certificate: ClientCertificate | undefined, trusted: Trusted | undefined) {
  const ca = typeof trusted === 'function' ? await trusted() : trusted
  if (certificate === undefined && ca === undefined) return { rejectUnauthorized: true }
  return {
    rejectUnauthorized: true,
    secureContext: createSecureContext({
      ...defined({
        cert: certificate?.certificate,
        key: certificate?.key,
        ca: ca === undefined ? undefined : [ca].flat(),
      }),
    }),
  }
}
