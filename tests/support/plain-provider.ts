import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import OAuth2Server from '@node-oauth/oauth2-server'

export interface PlainProvider {
  origin: string
  client: { id: string; secret: string }
  /** Who is signed in at the provider: it asks nobody. */
  user: { name: string }
  /** Addresses and headers of what came to `/api`, oldest first. */
  calls: { url: string; authorization: string | undefined }[]
  /** Answers of the token endpoint, oldest first. */
  answers: Record<string, unknown>[]
  /** Ends all refresh tokens, as an operator would. */
  revokeAll: () => void
  /** What a browser without a window does. */
  follow: (url: string) => Promise<string>
  stop: () => Promise<void>
}

const redirectUri = 'app.gatehouse.desktop:/oauth/callback'

/** @node-oauth/oauth2-server as its users run it: plain OAuth 2, opaque tokens, no discovery, no ID tokens, no
 *  revocation. It shares no code with oidc-provider. */
export const startPlainProvider = async (): Promise<PlainProvider> => {
  const known = { id: 'plain', secret: 'plain+secret/0123' }
  const client: OAuth2Server.Client = {
    id: known.id,
    grants: ['authorization_code', 'refresh_token', 'client_credentials'],
    redirectUris: [redirectUri],
  }
  const user = { name: 'alice' }
  const codes = new Map<string, OAuth2Server.AuthorizationCode>()
  const access = new Map<string, OAuth2Server.Token>()
  const refresh = new Map<string, OAuth2Server.RefreshToken>()
  const soon = <T>(value: T): Promise<T> => Promise.resolve(value)
  const model: OAuth2Server.AuthorizationCodeModel &
    OAuth2Server.RefreshTokenModel &
    OAuth2Server.ClientCredentialsModel = {
    getClient: (id, secret) =>
      soon(id === known.id && (secret === known.secret || (secret as unknown) === null) ? client : null),
    saveAuthorizationCode: (code, of, by) => {
      const saved = { ...code, client: of, user: by }
      codes.set(code.authorizationCode, saved)
      return soon(saved)
    },
    getAuthorizationCode: (code) => soon(codes.get(code)),
    revokeAuthorizationCode: ({ authorizationCode }) => soon(codes.delete(authorizationCode)),
    saveToken: (token, of, by) => {
      const saved = { ...token, client: of, user: by }
      access.set(token.accessToken, saved)
      if (token.refreshToken !== undefined)
        refresh.set(token.refreshToken, { ...saved, refreshToken: token.refreshToken })
      return soon(saved)
    },
    getAccessToken: (token) => soon(access.get(token)),
    getRefreshToken: (token) => soon(refresh.get(token)),
    revokeToken: ({ refreshToken }) => soon(refresh.delete(refreshToken)),
    getUserFromClient: () => soon({ name: 'the client' }),
    validateScope: (_user, _client, scope) => soon(scope),
  }
  const oauth = new OAuth2Server({ model, allowBearerTokensInQueryString: true })
  const calls: PlainProvider['calls'] = []
  const answers: PlainProvider['answers'] = []

  const run = async (incoming: IncomingMessage): Promise<OAuth2Server.Response> => {
    const url = new URL(incoming.url ?? '/', 'http://localhost')
    const pieces: Buffer[] = []
    for await (const piece of incoming) pieces.push(piece as Buffer)
    const response = new OAuth2Server.Response({ headers: {} })
    const request = new OAuth2Server.Request({
      headers: incoming.headers as Record<string, string>,
      method: incoming.method ?? 'GET',
      query: Object.fromEntries(url.searchParams),
      body: Object.fromEntries(new URLSearchParams(Buffer.concat(pieces).toString())),
    })
    try {
      if (url.pathname === '/authorize')
        await oauth.authorize(request, response, { authenticateHandler: { handle: () => ({ ...user }) } })
      else if (url.pathname === '/token') {
        await oauth.token(request, response)
        answers.push(response.body as Record<string, unknown>)
      } else if (url.pathname === '/api') {
        calls.push({ url: incoming.url ?? '', authorization: incoming.headers.authorization })
        const token = await oauth.authenticate(request, response)
        response.body = { you: (token.user as { name: string }).name }
      } else response.status = 404
    } catch (thrown) {
      // The library has filled the response in where it knew how.
      const { code, name, message } = thrown as { code?: number; name: string; message: string }
      response.status = response.get('location') === undefined ? (code ?? 500) : 302
      response.body ??= { error: name, error_description: message }
    }
    return response
  }
  const server = createServer((incoming, outgoing) => {
    void run(incoming).then(({ status = 200, headers = {}, body }) => {
      outgoing.writeHead(status, { 'content-type': 'application/json', ...headers })
      outgoing.end(body === undefined ? '' : JSON.stringify(body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    client: known,
    user,
    calls,
    answers,
    revokeAll: () => refresh.clear(),
    follow: async (url) => (await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '',
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
