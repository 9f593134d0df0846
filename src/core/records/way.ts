import type { Result } from '@contract/result'

/** How a message reaches its server, by the user's settings. Holds opened secrets: made for one message, not kept. */
export interface Way {
  proxy?: Proxy
  /** Shown to the server in the TLS handshake, where the message brings none of its own. */
  identity?: Identity
  /** The server's certificate is not checked, by the user's word. */
  unchecked?: true
  /** Where the server is, whatever its name says. A proxy finds servers by itself. */
  address?: string
  http2?: true
  /** One kind of addresses alone; left out, both are tried side by side. */
  family?: 4 | 6
  /** The connection serves this message alone. */
  closes?: true
  /** Milliseconds until a connection is there. */
  connectTimeout?: number
  /** Where the proxy cannot be reached at all, and whoever named it named another way. */
  otherwise?: Way
}

/** A client certificate with its key: PEM, or PKCS#12 (RFC 7292) in base64. */
export type Identity = { certificate: string; key: string } | { pkcs12: string; passphrase: string }

/** A proxy. Host as in URLs. */
export interface Proxy {
  /** `https:` where the connection to the proxy itself is TLS. SOCKS: version 4a, or 5 (RFC 1928). */
  protocol: 'http:' | 'https:' | 'socks4:' | 'socks5:'
  host: string
  port: number
  /** The system or a PAC file chose it: what it is shown is kept by its name. */
  found?: true
  /** Shown to the proxy alone (RFC 9110 section 11.7, RFC 1929). */
  credentials?: { username: string; password: string }
}

/** Finds the way to an address. Codes: `proxy_*`, `network_settings_changed_outside`. */
export type FindWay = (url: string) => Promise<Result<Way>>

/** What a proxy, `host:port`, is shown in a window. */
export interface WindowLogin {
  proxy: string
  username: string
  password: string
}

/** A proxy on this computer through which one window goes the ways that requests go. */
export interface Relay {
  proxy: Proxy
  /** Whether a certificate (PEM) is the relay's own, which stands in for that of a server that is shown a client
   *  certificate; the server's own was checked by the relay. */
  vouches: (certificate: string) => boolean
  close: () => void
}

/** The proxy of a window that shows a provider's pages; left out, it goes by the system's. */
export type WindowProxy =
  | { kind: 'none' }
  | { kind: 'system'; logins: WindowLogin[] }
  | { kind: 'pac'; pac: string; logins: WindowLogin[] }
  | { kind: 'by-hand'; proxy: Proxy; except: readonly string[]; loopback: boolean }
