import { readFileSync } from 'node:fs'
import { createSecureServer, type ServerHttp2Session } from 'node:http2'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'

/** What `startNginx` starts, by Node alone. `certificates`: their folder, where this is bundled elsewhere. */
export const startMutual = async (certificates = new URL('./certificates/', import.meta.url)) => {
  const file = (name: string) => readFileSync(new URL(name, certificates))
  const sessions = new Set<ServerHttp2Session>()
  const server = createSecureServer(
    {
      cert: file('server.crt'),
      key: file('server.key'),
      ca: file('client.crt'),
      requestCert: true,
      rejectUnauthorized: true,
      // As nginx: who offers no HTTP/2 gets as far as the certificate, too.
      allowHTTP1: true,
    },
    (request, response) => {
      const { subject } = (request.socket as TLSSocket).getPeerCertificate()
      response.setHeader('content-type', 'text/plain')
      response.end(`HTTP/${request.httpVersion} CN=${String(subject.CN)}`)
    },
  )
  server.on('session', (session) => sessions.add(session))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      for (const session of sessions) session.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}
