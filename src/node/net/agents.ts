import { defined } from '@contract/defined'
import { createHash } from 'node:crypto'
import { createSecureContext, type SecureContextOptions } from 'node:tls'
import type { Agent, buildConnector } from 'undici'
import type { ClientCertificate } from '../../core/oauth/client/client-keys.ts'
import type { Identity, Way } from '../../core/records/way.ts'
import { isSocks } from '../../core/network/proxy-address.ts'
import { tryingBothLoopbacks } from './loopback-names.ts'
import { noticingCutStreams } from './sending/cut-streams.ts'
import { createSocks } from './socks.ts'
import { createTunnels, knockingAt } from './tunnel.ts'

const most = 20

/** What connections are made with. */
interface AgentOptions {
  trusted: Trusted | undefined
  /** Milliseconds until a connection has to be there. */
  connectTimeout: number
  /** Looks at each new connection to a server. */
  watch: (connect: buildConnector.connector) => buildConnector.connector
  agent: Pick<Agent.Options, 'headersTimeout' | 'bodyTimeout' | 'maxHeaderSize' | 'keepAliveTimeout'>
}

/** What decides which connections can carry a message. */
interface Path {
  way: Way
  /** Of the message itself. */
  certificate: ClientCertificate | undefined
  /** The message is handed to the proxy as it is (RFC 9112 section 3.2.2), instead of through a tunnel. */
  forwarded: boolean
}
interface Made {
  agent: Agent
  close: () => Promise<void>
}

/** Keeps an agent for each way and client certificate (RFC 8705): a connection on which one was shown must never carry
 *  another's messages. undici is loaded at first use. */
export function createAgents(options: AgentOptions): Agents {
  let plain: Promise<Made> | undefined
  const others = new Map<string, Promise<Made>>()
  async function agentFor(path: Path): Promise<Agent> {
    const name = nameOf(path)
    const known = others.get(name) ?? make(options, path)
    others.delete(name)
    others.set(name, known)
    // What could not be made is not kept: the next message tries again.
    known.catch(() => others.get(name) === known && others.delete(name))
    const [oldest] = others
    if (others.size > most && oldest !== undefined) {
      others.delete(oldest[0])
      void oldest[1].then((made) => made.close()).catch(() => undefined)
    }
    return (await known).agent
  }
  return {
    async of({ way = {}, certificate, forwarded = false } = {}): Promise<Agent> {
      const path = { way, certificate, forwarded }
      if (!isPlain(path)) return agentFor(path)
      const made = (plain ??= make(options, path))
      made.catch(() => plain === made && (plain = undefined))
      return (await made).agent
    },
    async close(): Promise<void> {
      const all = [...others.values(), ...(plain === undefined ? [] : [plain])]
      others.clear()
      plain = undefined
      // What could not be made has nothing to close.
      await Promise.allSettled(all.map(async (made) => (await made).close()))
    },
  }
}

/** The agents, and how to have them made again. */
export interface Agents {
  of: (path?: {
    way?: Way
    certificate?: ClientCertificate | undefined
    forwarded?: boolean
  }) => Promise<Agent>
  /** Ends the connections once they are idle; the next message gets new ones. */
  close: () => Promise<void>
}

/** PEM of the authorities that servers are trusted by, instead of the usual ones. */
export type Trusted = string | (() => Promise<readonly string[] | undefined>)

/** What most messages go by. */
function isPlain({ way, certificate }: Path): boolean {
  const { otherwise: _otherwise, ...parts } = way
  return certificate === undefined && Object.keys(parts).length === 0
}

/** A digest: there are keys and passwords among what an agent is made with. */
function nameOf({ way: { otherwise: _otherwise, identity, ...way }, certificate, forwarded }: Path): string {
  const parts = Object.entries(way).sort(([one], [other]) => (one < other ? -1 : 1))
  const full = JSON.stringify([forwarded, parts, certificate ?? identity])
  return createHash('sha256').update(full).digest('base64')
}

async function make(options: AgentOptions, path: Path): Promise<Made> {
  const { Agent } = await import('undici')
  const { way } = path
  const { connect, close } = await openConnector(options, path)
  const agent = new Agent({
    ...options.agent,
    allowH2: way.http2 === true,
    ...(way.closes === true && { pipelining: 0 }),
    connect: options.watch(way.http2 === true ? noticingCutStreams(connect) : connect),
  })
  return {
    agent,
    close: async () => {
      await Promise.all([agent.close(), close()])
    },
  }
}

/** A connector to servers by a way, and what ends the connections to its proxy. */
export async function openConnector(
  { trusted, connectTimeout }: Pick<AgentOptions, 'trusted' | 'connectTimeout'>,
  { way, certificate, forwarded }: Path,
): Promise<{ connect: buildConnector.connector; close: () => Promise<void> }> {
  const { buildConnector, Pool } = await import('undici')
  const timeout = way.connectTimeout ?? connectTimeout
  // Both kinds of addresses are tried side by side, the other a moment after the first (RFC 8305).
  const reach =
    way.family === undefined ? { timeout, autoSelectFamily: true } : { timeout, family: way.family }
  const allowH2 = way.http2 === true
  // A message's own certificate is what its token is bound to (RFC 8705): it goes before one for the server.
  const tls = await tlsOptions(certificate ?? way.identity, trusted, way.unchecked)
  const connect = buildConnector({ ...reach, ...tls, allowH2 })
  if (way.proxy === undefined) {
    const direct = way.family === undefined ? tryingBothLoopbacks(connect) : connect
    return { connect: leadingTo(way.address, direct), close: nothingToClose }
  }
  const toProxy = knockingAt(
    way.proxy,
    buildConnector({ ...reach, ...(await tlsOptions(undefined, trusted)) }),
  )
  if (forwarded) return { connect: toProxy, close: nothingToClose }
  const parts = { Pool, toProxy, connect, timeout }
  return isSocks(way.proxy)
    ? { connect: createSocks(way.proxy, parts), close: nothingToClose }
    : createTunnels(way.proxy, parts)
}

function nothingToClose(): Promise<void> {
  return Promise.resolve()
}

/** A connector that goes elsewhere than the name says; TLS still asks for the name. */
function leadingTo(address: string | undefined, connect: buildConnector.connector): buildConnector.connector {
  if (address === undefined) return connect
  const hostname = address.replace(/^\[|\]$/g, '')
  return (options, callback) => connect({ ...options, hostname }, callback)
}

/** What TLS is begun with: for a certificate, by these authorities. Made once for all connections of an agent, since
 *  reading hundreds of certificates takes long. No variable of the environment switches the check off. */
async function tlsOptions(identity: Identity | undefined, trusted: Trusted | undefined, unchecked?: true) {
  const rejectUnauthorized = unchecked !== true
  const ca = typeof trusted === 'function' ? await trusted() : trusted
  if (identity === undefined && ca === undefined) return { rejectUnauthorized }
  const own = identity === undefined ? {} : contextOf(identity)
  return {
    rejectUnauthorized,
    secureContext: createSecureContext({
      ...own,
      ...defined({ ca: ca === undefined ? undefined : [ca].flat() }),
    }),
  }
}

function contextOf(identity: Identity): SecureContextOptions {
  return 'pkcs12' in identity
    ? { pfx: Buffer.from(identity.pkcs12, 'base64'), passphrase: identity.passphrase }
    : { cert: identity.certificate, key: identity.key }
}
