import type { Fault } from './words.ts'

/** What is behind the proxies. */
const server: Fault['server'] = {
  kind: 'bytes',
  certificate: 'server',
  play: (socket) => socket.end('HTTP/1.1 204 No\r\n\r\n'),
}
const credentials = { username: 'clerk', password: 'the-right-proxy-password-1' }

/** Proxies that refuse, ask or die. */
export const proxyFaults: Fault[] = [
  {
    name: 'a proxy that does not listen',
    server,
    proxy: 'none',
    code: 'proxy_unreached',
    says: 'The proxy cannot be used: PROXY refused the connection: nothing is listening there.',
  },
  {
    name: 'a proxy that refuses',
    server,
    proxy: { refuses: 403 },
    code: 'proxy_denied',
    says: 'The proxy PROXY refuses to connect to HOST: status 403.',
  },
  {
    name: 'a proxy that asks for credentials',
    server,
    proxy: { credentials },
    code: 'proxy_credentials',
    says: 'The proxy PROXY requires a name and password (407).',
  },
  {
    name: 'a proxy that does not accept the password',
    server,
    proxy: { credentials },
    password: 'the-wrong-proxy-password-2',
    code: 'proxy_credentials_refused',
    says: 'The proxy PROXY does not accept the name and password (407).',
  },
  {
    name: 'a proxy that dies',
    server,
    proxy: { dies: 'at-once' },
    code: 'proxy_cut',
    says: 'The proxy PROXY could not connect to HOST: PROXY closed the connection before the response was complete.',
  },
  {
    name: 'a proxy that dies in the tunnel',
    server,
    proxy: { dies: 'in-the-tunnel' },
    code: 'network_cut',
    says: 'HOST closed the connection before the response was complete.',
  },
  {
    name: 'a SOCKS proxy that refuses',
    server,
    socks: { replies: 2 },
    code: 'proxy_denied',
    says: 'The proxy PROXY refuses to connect to HOST: its rules do not allow it.',
  },
  {
    name: 'a SOCKS proxy that asks for credentials',
    server,
    socks: { credentials },
    code: 'proxy_credentials',
    says: 'The proxy PROXY requires a name and password.',
  },
  {
    name: 'a SOCKS proxy that dies',
    server,
    socks: { dies: true },
    code: 'proxy_cut',
    says: 'The proxy PROXY could not connect to HOST: PROXY closed the connection before the response was complete.',
  },
]
