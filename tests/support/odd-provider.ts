import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose'

/** A message as it came: the address as it was written. */
interface OddRequest {
  method: string
  url: string
  path: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  body: string
  form: URLSearchParams
}

export interface OddAnswer {
  status?: number
  headers?: Record<string, string | string[]>
  /** An object is sent as JSON. */
  body?: string | Uint8Array | Record<string, unknown>
}

type Answer = (request: OddRequest) => OddAnswer | Promise<OddAnswer>

export interface OddProvider {
  issuer: string
  client: { clientId: string; secret: string }
  requests: OddRequest[]
  /** The requests to one path, oldest first. */
  at: (path: string) => OddRequest[]
  /** What each path answers; tests put their own in. */
  answers: Record<string, Answer>
  /** Signed with the published key; sound unless the claims say otherwise. */
  idToken: (claims?: JWTPayload, header?: Record<string, unknown>) => Promise<string>
  jwt: (claims: JWTPayload, header?: Record<string, unknown>) => Promise<string>
  /** The nonce of the newest authorization request. */
  nonce: () => string | undefined
  /** What a browser without a window does: the redirect at the end. */
  follow: (url: string) => Promise<string>
  stop: () => Promise<void>
}

/** A provider made by hand on loopback: plain OAuth 2 with opaque tokens unless a test changes an answer. */
export const startOddProvider = async (): Promise<OddProvider> => {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  const key = { ...(await exportJWK(publicKey)), kid: 'odd', use: 'sig', alg: 'RS256' }
  const requests: OddRequest[] = []
  let issued = 0
  let nonce: string | undefined
  const server = createServer((incoming, outgoing) => {
    const pieces: Buffer[] = []
    incoming.on('data', (piece: Buffer) => void pieces.push(piece))
    incoming.on('end', () => {
      const url = incoming.url ?? '/'
      const at = url.indexOf('?')
      const body = Buffer.concat(pieces).toString()
      const request: OddRequest = {
        method: incoming.method ?? 'GET',
        url,
        path: at < 0 ? url : url.slice(0, at),
        query: new URLSearchParams(at < 0 ? '' : url.slice(at)),
        headers: incoming.headers,
        body,
        form: new URLSearchParams(body),
      }
      requests.push(request)
      void answerTo(request).then(({ status = 200, headers = {}, body: sent = '' }) => {
        const plain = typeof sent === 'string' || sent instanceof Uint8Array
        outgoing.writeHead(status, plain ? headers : { 'content-type': 'application/json', ...headers })
        outgoing.end(plain ? sent : JSON.stringify(sent))
      })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const answerTo = async (request: OddRequest): Promise<OddAnswer> =>
    (await odd.answers[request.path]?.(request)) ?? { status: 404, body: { message: 'no such place' } }

  const odd: OddProvider = {
    issuer,
    client: { clientId: 'odd-client', secret: 'odd-secret-0123456789-0123456789-0123' },
    requests,
    at: (path) => requests.filter((request) => request.path === path),
    answers: {
      '/.well-known/openid-configuration': () => ({ body: metadataOf(issuer) }),
      '/authorize': ({ query }) => {
        nonce = query.get('nonce') ?? undefined
        const back = new URL(query.get('redirect_uri') ?? issuer)
        back.searchParams.set('code', `code-${requests.length}`)
        back.searchParams.set('state', query.get('state') ?? '')
        return { status: 302, headers: { location: back.href } }
      },
      '/token': () => {
        issued += 1
        return {
          body: {
            access_token: `opaque-access-${issued}`,
            refresh_token: `opaque-refresh-${issued}`,
            token_type: 'Bearer',
            expires_in: 3600,
          },
        }
      },
      '/jwks': () => ({ body: { keys: [key] } }),
    },
    jwt: (claims, header = {}) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'odd', ...header }).sign(privateKey),
    idToken: (claims = {}, header = {}) => {
      const now = Math.floor(Date.now() / 1000)
      return odd.jwt(
        {
          iss: issuer,
          aud: 'odd-client',
          sub: 'alice',
          iat: now,
          exp: now + 600,
          ...(nonce === undefined ? {} : { nonce }),
          ...claims,
        },
        header,
      )
    },
    nonce: () => nonce,
    follow: async (url) => {
      const answer = await fetch(url, { redirect: 'manual' })
      return answer.headers.get('location') ?? ''
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  return odd
}

/** What it says of itself. */
export const metadataOf = (issuer: string): Record<string, unknown> => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
  userinfo_endpoint: `${issuer}/userinfo`,
  code_challenge_methods_supported: ['S256'],
})
