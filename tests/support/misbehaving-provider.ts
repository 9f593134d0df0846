import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWK } from 'jose'
import { misbehaviours, type Hooks, type Misbehaviour, type Situation } from './misbehaviours.ts'

/** A provider of its own on loopback that does everything right, but for what is switched on. */
export interface MisbehavingProvider {
  issuer: string
  /** Replaces the switches: what was sound at the sign-in can be wrong at the refresh. */
  misbehave: (...names: Misbehaviour[]) => void
  /** Plays the browser: asks the authorization endpoint and answers the redirect, not followed. */
  authorize: (authorizationUrl: string) => Promise<string>
  /** Every token text and code that it handed out. */
  issued: Record<string, string>
  /** Paths that were asked for, in order. */
  asked: string[]
  stop: () => Promise<void>
}

interface Key {
  kid: string
  private: CryptoKey
  public: JWK
}

const newKey = async (kid: string): Promise<Key> => {
  const pair = await generateKeyPair('ES256', { extractable: true })
  const jwk = await exportJWK(pair.publicKey)
  return { kid, private: pair.privateKey, public: { ...jwk, kid, use: 'sig', alg: 'ES256' } }
}

const halfHash = (text: string) =>
  createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url')

const readBody = async (request: IncomingMessage): Promise<URLSearchParams> => {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return new URLSearchParams(Buffer.concat(pieces).toString())
}

const send = (response: ServerResponse, status: number, body: unknown) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

/** What is undefined is left out, as JSON does. */
const without = (claims: Record<string, unknown>) => JSON.parse(JSON.stringify(claims)) as typeof claims

/** Starts it on a free port. */
export const startMisbehavingProvider = async (...names: Misbehaviour[]): Promise<MisbehavingProvider> => {
  let hooks: Hooks[] = names.map((name) => misbehaviours[name])
  const [key, other] = await Promise.all([newKey('first'), newKey('second')])
  const codes = new Map<string, Situation>()
  const refreshTokens = new Map<string, Situation>()
  const issued: Record<string, string> = {}
  const asked: string[] = []
  let count = 0
  const fresh = (kind: string): string => {
    const text = `${kind}-${randomBytes(24).toString('base64url')}`
    issued[`${kind} ${(count += 1)}`] = text
    return text
  }

  const signed = async (situation: Situation, accessToken: string): Promise<string> => {
    const now = Math.floor(Date.now() / 1000)
    let claims: Record<string, unknown> = {
      iss: issuer,
      sub: situation.subject,
      aud: situation.clientId,
      iat: now,
      exp: now + 300,
      at_hash: halfHash(accessToken),
      preferred_username: situation.subject,
      ...(situation.refreshing ? {} : { nonce: situation.nonce }),
    }
    let header: Record<string, unknown> = { alg: 'ES256', kid: key.kid, typ: 'JWT' }
    let signer: CryptoKey | Uint8Array = key.private
    for (const hook of hooks) {
      claims = without({ ...claims, ...hook.claims?.(claims, situation) })
      header = without({ ...header, ...hook.header?.(header) })
      if (hook.signWith === 'second') signer = other.private
      if (hook.signWith === 'public key') signer = new TextEncoder().encode(JSON.stringify(key.public))
    }
    if (header['alg'] === 'none') return new UnsecuredJWT(claims).encode()
    const embedded = hooks.some(({ embedKey }) => embedKey) ? { jwk: other.public } : {}
    const token = await new SignJWT(claims)
      .setProtectedHeader({ ...header, ...embedded } as { alg: string })
      .sign(signer)
    return hooks.reduce((text, { token: change }) => change?.(text) ?? text, token)
  }

  const answerWith = async (situation: Situation): Promise<Record<string, unknown>> => {
    const accessToken = fresh('access')
    const refreshToken = fresh('refresh')
    refreshTokens.set(refreshToken, { ...situation, refreshing: true })
    const idToken = await signed(situation, accessToken)
    issued[`ID token ${(count += 1)}`] = idToken
    const answer: Record<string, unknown> = {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: 300,
      refresh_token: refreshToken,
      id_token: idToken,
      scope: situation.scope,
    }
    return hooks.reduce(
      (json, { answer: change }) => without({ ...json, ...change?.(json, situation) }),
      answer,
    )
  }

  const authorize = (url: URL, response: ServerResponse) => {
    const read = (name: string) => url.searchParams.get(name) ?? ''
    const code = fresh('code')
    codes.set(code, {
      issuer,
      code,
      clientId: read('client_id'),
      nonce: read('nonce'),
      scope: read('scope'),
      redirectUri: read('redirect_uri'),
      challenge: read('code_challenge'),
      subject: 'alice',
      refreshing: false,
    })
    const parameters: [string, string][] = [
      ['code', code],
      ['state', read('state')],
      ['iss', issuer],
    ]
    const changed = hooks.reduce((pairs, { redirect }) => redirect?.(pairs, issuer) ?? pairs, parameters)
    response.writeHead(302, { location: `${read('redirect_uri')}?${new URLSearchParams(changed)}` }).end()
  }

  const token = async (request: IncomingMessage, response: ServerResponse) => {
    const form = await readBody(request)
    const refreshing = form.get('grant_type') === 'refresh_token'
    const key = form.get(refreshing ? 'refresh_token' : 'code') ?? ''
    const store = refreshing ? refreshTokens : codes
    const situation = store.get(key)
    if (!hooks.some(({ spares }) => spares)) store.delete(key)
    const proof = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    const proven = refreshing || proof === situation?.challenge
    if (!situation || !proven || (!refreshing && form.get('redirect_uri') !== situation.redirectUri))
      return send(response, 400, { error: 'invalid_grant' })
    const answer = await answerWith(situation)
    const takeover = hooks.find(({ reply }) => reply)?.reply
    return takeover ? takeover(response, answer, issuer) : send(response, 200, answer)
  }

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', issuer)
    asked.push(url.pathname)
    if (url.pathname === '/.well-known/openid-configuration') {
      const takeover = hooks.find(({ discovery }) => discovery)?.discovery
      return takeover ? takeover(response, issuer) : send(response, 200, metadata())
    }
    if (url.pathname === '/authorize') return authorize(url, response)
    if (url.pathname === '/token' && request.method === 'POST') return token(request, response)
    if (url.pathname === '/jwks') {
      const takeover = hooks.find(({ keysReply }) => keysReply)?.keysReply
      if (takeover) return takeover(response)
      const keys = hooks.reduce<JWK[]>(
        (list, { keys: change }) => change?.(list, other.public) ?? list,
        [key.public],
      )
      return send(response, 200, { keys })
    }
    if (url.pathname === '/userinfo') {
      const takeover = hooks.find(({ userinfo }) => userinfo)?.userinfo
      return takeover ? takeover(response) : send(response, 200, { sub: 'alice', name: 'Alice Example' })
    }
    return send(response, 404, {})
  }

  const metadata = () => {
    const document: Record<string, unknown> = {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      userinfo_endpoint: `${issuer}/userinfo`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      scopes_supported: ['openid', 'offline_access', 'read', 'write'],
      id_token_signing_alg_values_supported: ['ES256'],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
    }
    return hooks.reduce((json, { metadata: change }) => ({ ...json, ...change?.(json, issuer) }), document)
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((thrown: unknown) => response.destroy(thrown as Error))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    issuer,
    issued,
    asked,
    misbehave: (...next) => void (hooks = next.map((name) => misbehaviours[name])),
    authorize: async (authorizationUrl) => {
      const answer = await fetch(authorizationUrl, { redirect: 'manual' })
      return answer.headers.get('location') ?? ''
    },
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
