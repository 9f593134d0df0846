import type { ServerHttp2Session, ServerHttp2Stream } from 'node:http2'
import type { Socket } from 'node:net'
import type { ProxyOptions } from '../proxy.ts'
import type { SocksOptions } from '../socks-proxy.ts'

/** Certificates of a server: `server` is trusted and fits, the others are trusted and do not, but for `stranger`. */
export type Certificate = 'server' | 'expired' | 'not-yet' | 'wrong-name' | 'stranger'

/** What a server is told of one request: its path, and the other origin, which must not get what was meant for the first. */
export interface Asked {
  path: string
  /** Bytes of the request so far. */
  length: number
  other: string
}

/** What the server does. */
type Server =
  /** No one listens. */
  | { kind: 'none' }
  /** Over TCP, or TLS where it has a certificate. `at`: with the connection, not with the request's head. */
  | {
      kind: 'bytes'
      certificate?: Certificate
      at?: 'connection'
      play: (socket: Socket, asked: Asked) => void
    }
  | { kind: 'http2'; play: (stream: ServerHttp2Stream, session: ServerHttp2Session) => void }

/** One thing that goes wrong in the network, and what a person is told of it. */
export interface Fault {
  name: string
  server: Server
  /** The scheme that is asked for, where it is not the server's. */
  scheme?: 'http' | 'https'
  /** A proxy in between; `none` does not listen. `password`: what it is shown. */
  proxy?: ProxyOptions | 'none'
  /** The same, of one that speaks SOCKS. */
  socks?: SocksOptions
  password?: string
  /** Waited for as long as a response may take: the limits are short then. */
  waits?: true
  /** Shown as it comes: the user stops it then. */
  stopped?: true
  /** Sends as many bytes. */
  bodySize?: number
  /** The other origin is asked: by a redirect, without what is secret. */
  led?: true
  /** Code of the failure, or of what a response with a problem is called; `ok` and `cut off` where it has none. */
  code: string
  /** The failure's sentence, or the first note of a response: HOST, OTHER and PROXY stand for addresses. */
  says: string
}
