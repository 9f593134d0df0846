import { z } from 'zod'
import { certificateView } from '../connection-settings.ts'
import { limits } from '../limits.ts'
import type { Failure } from '../result.ts'
import { keysOf } from '../tables/keys-of.ts'
import { proxyKindTable } from '../tables/proxy-kinds.ts'

const short = z.string().trim().max(limits.name)
const address = z.string().trim().max(limits.url)

const proxy = z
  .object({
    kind: z.enum(keysOf(proxyKindTable)),
    /** Of the PAC file. */
    pac: address.optional(),
    /** Of a manual proxy: `host:port`, with https:// where the way to it is TLS too, with socks5:// or socks4:// where it
     *  speaks that. */
    address: address.optional(),
    username: short.optional(),
    /** Hosts that are reached directly; see `isExcepted`. */
    except: z.array(short).max(200).optional(),
    /** Servers on this computer are reached through it too. */
    loopback: z.boolean().optional(),
  })
  .strict()

const seconds = z.number().int().min(1).max(86_400)

/** How connections are made and how long is waited; what is left out is as usual. */
export const networkManner = z
  .object({
    /** Until a connection is there. */
    connectSeconds: seconds.optional(),
    /** Until a response begins, and between two pieces of it. */
    pauseSeconds: seconds.optional(),
    /** Until a response is complete. */
    totalSeconds: seconds.optional(),
    /** That a request follows at most; none is to show the redirect itself. Sign-in follows none. */
    redirects: z.number().int().min(0).max(50).optional(),
    /** That a response has at most, in megabytes; what is longer is cut off. */
    mostMegabytes: z.number().int().min(1).max(1_000_000).optional(),
    /** Each message gets a connection of its own. */
    closes: z.literal(true).optional(),
    /** HTTP/2 with servers that offer it. */
    http2: z.literal(true).optional(),
    /** Cookies are neither kept nor sent. */
    cookies: z.literal('off').optional(),
    /** Left out, both are tried side by side (RFC 8305). */
    family: z.enum(['ipv4', 'ipv6']).optional(),
  })
  .strict()
export type NetworkManner = z.infer<typeof networkManner>

/** A server, or all below a name: as an entry of `except` without `<local>` and `*`. */
const host = z.string().trim().min(1).max(260)

/** What holds for one server alone. */
const hostRule = z
  .object({
    host,
    /** Its certificate is not checked, by the user's word. */
    unchecked: z.literal(true).optional(),
    /** Where it is, whatever its name says: an IP address or another name. */
    address: z.string().max(260).optional(),
    /** What is shown to it in the TLS handshake; the key is sealed apart. */
    certificate: certificateView.optional(),
  })
  .strict()
export type HostRule = z.infer<typeof hostRule>

/** A name for a proxy that the system or a PAC file chooses; `proxy` as it is shown: `host:port`. */
const login = z.object({ proxy: address, username: short.min(1) }).strict()

/** How messages reach servers, sign-in and requests alike; nothing secret is in it. */
export const networkSettings = z
  .object({
    proxy,
    /** Passwords are sealed apart. */
    logins: z.array(login).max(limits.logins).optional(),
    hosts: z.array(hostRule).max(limits.hosts).optional(),
    manner: networkManner.optional(),
  })
  .strict()
export type NetworkSettings = z.infer<typeof networkSettings>

/** What is to be saved. A secret that is left out stays as it is; an empty one is removed. */
export const networkDraft = z.object({ proxy, proxyPassword: z.string().max(1024).optional() }).strict()
export type NetworkDraft = z.infer<typeof networkDraft>

/** A name and a password for a proxy that the system or a PAC file chose. */
export const loginDraft = login.extend({ password: z.string().max(1024) }).strict()
export type LoginDraft = z.infer<typeof loginDraft>
export const loginPlace = login.pick({ proxy: true }).strict()

const pem = z.string().trim().min(1).max(65_536)

export const hostRuleDraft = z
  .object({
    host,
    /** Its name before, where that is to change. */
    was: host.optional(),
    unchecked: z.boolean(),
    address: z.string().trim().max(260).optional(),
    /** Left out, what is kept stays; `null` removes it. `file`: the one that was chosen last. */
    certificate: z
      .discriminatedUnion('kind', [
        z.object({ kind: z.literal('pem'), certificate: pem, key: pem }).strict(),
        z.object({ kind: z.literal('file'), passphrase: z.string().max(1024) }).strict(),
      ])
      .nullable()
      .optional(),
  })
  .strict()
export type HostRuleDraft = z.infer<typeof hostRuleDraft>
export const hostName = z.object({ host }).strict()

export interface NetworkView {
  settings: NetworkSettings
  hasProxyPassword: boolean
  /** Why nothing is sent by these settings. */
  trouble?: Failure
}

/** Which way a message to an address would go. */
export interface WayView {
  /** `host:port` of the proxy; absent where the server is reached directly. */
  proxy?: string
  /** The server's certificate would not be checked. */
  unchecked?: true
  /** Where the server is by the user's word. */
  address?: string
  /** The client certificate that would be shown. */
  certificate?: string
}
