import { SignJWT, decodeJwt, exportJWK, generateKeyPair, type JWTPayload } from 'jose'
import { createIdTokenJudge } from '../../../../src/core/app/tokens/judge-id-token.ts'
import type { JudgeIdToken } from '../../../../src/core/oauth/token/token-request.ts'
import { networkError, type Fetch, type FetchOptions } from '../../../../src/core/oauth/wire/fetch.ts'
import type { Connection } from '../../../../src/core/records/model.ts'

export const issuer = 'https://as.example'

/** A connection to a provider that does not exist. */
export const connection = (change: Partial<Connection> = {}): Connection => ({
  id: '00000000-0000-4000-8000-000000000001',
  userId: 'u',
  environmentId: 'e',
  name: 'Example',
  metadata: {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
  },
  metadataSource: 'discovery',
  clientId: 'client-1',
  clientAuthentication: 'none',
  scope: 'openid offline_access',
  redirectKind: 'custom-scheme',
  allowInsecure: false,
  isPlayground: false,
  createdAt: 0,
  updatedAt: 0,
  ...change,
})

export interface Sent {
  url: string
  options: FetchOptions
  form: URLSearchParams
}

type Reply = { status?: number; body: unknown; headers?: Record<string, string> } | { network: string }

/** A fetch that gives these replies by URL, the last one again and again, and remembers what was sent. */
export const fakeFetch = (replies: Record<string, Reply | Reply[]>): Fetch & { sent: Sent[] } => {
  const sent: Sent[] = []
  const left = new Map(Object.entries(replies).map(([url, reply]) => [url, [reply].flat()]))
  const fetch: Fetch = async (url, options = {}) => {
    sent.push({ url, options, form: new URLSearchParams(options.body?.toString() ?? '') })
    const queue = left.get(url) ?? []
    const reply = queue.length > 1 ? queue.shift() : queue[0]
    if (reply === undefined) return new Response('not found', { status: 404 })
    if ('network' in reply)
      throw networkError({ code: reply.network, message: 'It failed.', next: 'Try again.' })
    const { status = 200, body, headers = {} } = reply
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    return new Response([204, 304].includes(status) ? null : text, {
      status,
      headers: { 'content-type': typeof body === 'string' ? 'text/html' : 'application/json', ...headers },
    })
  }
  return Object.assign(fetch, { sent })
}

const keys = generateKeyPair('RS256')

/** Believes every ID token. */
export const believe: JudgeIdToken = ({ idToken }) =>
  Promise.resolve({ ok: true, claims: decodeJwt(idToken), notes: [] })

/** The app's own judge, with the key that `idToken` signs with. */
export const trueJudge = (to: Connection, clientSecret?: string): JudgeIdToken =>
  createIdTokenJudge(
    async () => {
      const jwk = { ...(await exportJWK((await keys).publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }
      return { ok: true, value: { keys: [jwk], notes: [] } as never }
    },
    { now: () => Date.now() },
  )(to, clientSecret)

/** An ID token; every claim can be changed or, with `undefined`, left out. */
export const idToken = async (change: JWTPayload = {}, alg = 'RS256'): Promise<string> => {
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    iss: issuer,
    sub: 'alice',
    aud: 'client-1',
    iat: now,
    exp: now + 300,
    nonce: 'nonce-1',
    ...change,
  }
  const present = Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined))
  if (alg !== 'RS256') {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    return `${part({ alg, typ: 'JWT' })}.${part(present)}.${alg === 'none' ? '' : 'c2ln'}`
  }
  return new SignJWT(present).setProtectedHeader({ alg, kid: 'k1' }).sign((await keys).privateKey)
}
