import type { ServerResponse } from 'node:http'
import type { JWK } from 'jose'

/** What the provider knows of one sign-in. */
export interface Situation {
  issuer: string
  code: string
  clientId: string
  nonce: string
  scope: string
  redirectUri: string
  challenge: string
  subject: string
  refreshing: boolean
}

type Json = Record<string, unknown>
type Pairs = [string, string][]

/** Where a misbehaviour takes hold. What a function answers is laid over what was there. */
export interface Hooks {
  metadata?: (document: Json, issuer: string) => Json
  discovery?: (response: ServerResponse, issuer: string) => void
  redirect?: (parameters: Pairs, issuer: string) => Pairs
  claims?: (claims: Json, situation: Situation) => Json
  header?: (header: Json) => Json
  signWith?: 'second' | 'public key'
  embedKey?: boolean
  token?: (text: string) => string
  answer?: (answer: Json, situation: Situation) => Json
  reply?: (response: ServerResponse, answer: Json, issuer: string) => void
  /** The request was not processed: code and refresh token stay good. */
  spares?: boolean
  keys?: (keys: JWK[], second: JWK) => JWK[]
  keysReply?: (response: ServerResponse) => void
  userinfo?: (response: ServerResponse) => void
}

const seconds = () => Math.floor(Date.now() / 1000)
const claim = (part: Json): Hooks => ({ claims: () => part })
const answer = (part: Json): Hooks => ({ answer: () => part })
const metadata = (part: (issuer: string) => Json): Hooks => ({
  metadata: (_document, issuer) => part(issuer),
})
const put = (name: string, value: string | undefined): Hooks => ({
  redirect: (pairs) => [
    ...pairs.filter(([each]) => each !== name),
    ...(value === undefined ? [] : ([[name, value]] as Pairs)),
  ],
})
const twice = (name: string, value: string): Hooks => ({ redirect: (pairs) => [...pairs, [name, value]] })
const status = (code: number, body: string, headers: Record<string, string> = {}): Hooks => ({
  reply: (response) => void response.writeHead(code, headers).end(body),
})
const page = '<!doctype html><title>Sign in</title><p>Please sign in.'

const drip = (response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  const timer = setInterval(() => response.write(' '), 20)
  response.on('close', () => clearInterval(timer))
}
const cut = (response: ServerResponse, text: string) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100000' })
  response.write(text, () => response.destroy())
}
/** Writes as long as anyone reads, 50 MB at most. */
const fifty = (response: ServerResponse, head: string) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.write(head)
  const piece = 'x'.repeat(1_000_000)
  let left = 50
  const more = (): void => {
    while (left > 0 && !response.destroyed) {
      left -= 1
      if (!response.write(piece)) return void response.once('drain', more)
    }
    response.end('"}')
  }
  more()
}

const userinfo = (body: Json): Hooks => ({
  userinfo: (response) =>
    void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
})
const unsignedPart = (part: Json): string => Buffer.from(JSON.stringify(part)).toString('base64url')

/** Every way in which the provider can go wrong, by name. */
export const misbehaviours = {
  'wrong iss': claim({ iss: 'https://evil.example' }),
  'iss with a slash at its end': { claims: ({ iss }) => ({ iss: `${String(iss)}/` }) },
  'no iss': claim({ iss: undefined }),
  'wrong aud': claim({ aud: 'another-client' }),
  'no aud': claim({ aud: undefined }),
  'several aud without azp': { claims: ({ aud }) => ({ aud: [aud, 'another-client'] }) },
  'several aud with azp': { claims: ({ aud }) => ({ aud: [aud, 'another-client'], azp: aud }) },
  'wrong azp': claim({ azp: 'another-client' }),
  'wrong nonce': claim({ nonce: 'of-another-sign-in' }),
  'no nonce': claim({ nonce: undefined }),
  'wrong at_hash': claim({ at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' }),
  'no at_hash': claim({ at_hash: undefined }),
  'wrong c_hash': claim({ c_hash: 'AAAAAAAAAAAAAAAAAAAAAA' }),
  'no sub': claim({ sub: undefined }),
  'sub as a number': claim({ sub: 7 }),
  'acr gold': claim({ acr: 'gold' }),
  'acr tin': claim({ acr: 'tin' }),
  'another sub': claim({ sub: 'mallory' }),
  'expired ID token': { claims: () => ({ iat: seconds() - 7200, exp: seconds() - 3600 }) },
  'no exp': claim({ exp: undefined }),
  'future iat': { claims: () => ({ iat: seconds() + 3600, exp: seconds() + 7200 }) },
  'no iat': claim({ iat: undefined }),
  'future nbf': { claims: () => ({ nbf: seconds() + 3600 }) },
  'clock a few seconds ahead': { claims: () => ({ iat: seconds() + 10, nbf: seconds() + 10 }) },
  'alg none': { header: () => ({ alg: 'none' }) },
  'alg none, announced': {
    header: () => ({ alg: 'none' }),
    metadata: () => ({ id_token_signing_alg_values_supported: ['none', 'ES256'] }),
  },
  'alg not announced': metadata(() => ({ id_token_signing_alg_values_supported: ['RS256'] })),
  'HS256 with the public key': {
    header: () => ({ alg: 'HS256' }),
    signWith: 'public key',
    metadata: () => ({ id_token_signing_alg_values_supported: ['HS256', 'ES256'] }),
  },
  'unknown crit': { header: () => ({ crit: ['b64'], b64: true }) },
  'type of an access token': { header: () => ({ typ: 'at+jwt' }) },
  'unknown kid': { header: () => ({ kid: 'nobody' }) },
  'kid twice': { keys: (keys, second) => [{ ...second, kid: 'first' }, ...keys] },
  'no kid': { header: () => ({ kid: undefined }), keys: (keys, second) => [second, ...keys] },
  'key rotated': {
    header: () => ({ kid: 'second' }),
    signWith: 'second',
    keys: (_keys, second) => [second],
  },
  'key rotated under its old name': {
    signWith: 'second',
    keys: (_keys, second) => [{ ...second, kid: 'first' }],
  },
  'key of wrong use': { keys: (keys) => keys.map((key) => ({ ...key, use: 'enc' })) },
  'key that was never published': { signWith: 'second' },
  'key inside the token': { signWith: 'second', embedKey: true, header: () => ({ kid: undefined }) },
  'signature cut off': { token: (text) => text.slice(0, -22) },
  'signature not canonical': {
    // The last of 86 characters carries four bits that mean nothing.
    token: (text) => {
      const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
      return text.slice(0, -1) + alphabet.charAt((alphabet.indexOf(text.slice(-1)) & 0b110000) | 0b000001)
    },
  },
  'keys are a web page': { keysReply: (response) => void response.end(page) },
  'keys are gone': { keysReply: (response) => void response.writeHead(503).end() },
  'no ID token': answer({ id_token: undefined }),
  'ID token is no JWT': answer({ id_token: 'opaque-text-instead' }),

  'iss parameter wrong': put('iss', 'https://evil.example'),
  'iss parameter missing': put('iss', undefined),
  'iss parameter neither sent nor announced': {
    ...put('iss', undefined),
    metadata: () => ({ authorization_response_iss_parameter_supported: undefined }),
  },
  'iss parameter twice': twice('iss', 'https://evil.example'),
  'state wrong': put('state', 'state-of-someone-else'),
  'state missing': put('state', undefined),
  'state twice': twice('state', 'state-of-someone-else'),
  'code twice': twice('code', 'code-of-someone-else'),
  'code missing': put('code', undefined),
  'error in the redirect': {
    redirect: (pairs) => [...pairs.filter(([name]) => name !== 'code'), ['error', 'access_denied']],
  },
  'tokens of another account': {
    claims: () => ({ sub: 'bob', preferred_username: 'bob', nonce: 'nonce-of-bobs-own-sign-in' }),
  },
  'access token of another account': answer({ access_token: 'access-token-that-was-issued-to-bob' }),

  'token_type unknown': answer({ token_type: 'mac' }),
  'token_type missing': answer({ token_type: undefined }),
  'token_type in capitals': answer({ token_type: 'BEARER' }),
  'token_type DPoP unasked': answer({ token_type: 'DPoP' }),
  'access_token missing': answer({ access_token: undefined }),
  'access_token as a number': answer({ access_token: 42 }),
  'expires_in missing': answer({ expires_in: undefined }),
  'expires_in zero': answer({ expires_in: 0 }),
  'expires_in negative': answer({ expires_in: -5 }),
  'expires_in as text': answer({ expires_in: '300' }),
  'expires_in as words': answer({ expires_in: 'five minutes' }),
  'expires_in huge': answer({ expires_in: 1e18 }),
  'refresh_token null': answer({ refresh_token: null }),
  'no refresh token': answer({ refresh_token: undefined }),
  'scope reduced': answer({ scope: 'openid read' }),
  'scope widened': { answer: ({ scope }) => ({ scope: `${String(scope)} admin` }) },
  'scope with commas': { answer: ({ scope }) => ({ scope: String(scope).replaceAll(' ', ',') }) },
  'scope as a list': { answer: ({ scope }) => ({ scope: String(scope).split(' ') }) },

  'a web page instead of tokens': status(200, page, { 'content-type': 'text/html' }),
  'a broken JSON': status(200, '{"access_token":"half', { 'content-type': 'application/json' }),
  'a list instead of an object': status(200, '[]', { 'content-type': 'application/json' }),
  '200 with an error': status(200, '{"error":"invalid_grant"}', { 'content-type': 'application/json' }),
  'an error with markup': status(
    400,
    '{"error":"invalid_request","error_description":"<script>alert(1)</script>\\u202e see access_token=abcdefghijkl"}',
  ),
  'tokens beside an error': {
    reply: (response, json) => void response.end(JSON.stringify({ ...json, error: 'server_error' })),
  },
  'tokens with status 201': {
    reply: (response, json) => void response.writeHead(201).end(JSON.stringify(json)),
  },
  'tokens as text/html': {
    reply: (response, json) =>
      void response.writeHead(200, { 'content-type': 'text/html' }).end(JSON.stringify(json)),
  },
  invalid_grant: status(400, '{"error":"invalid_grant"}'),
  '401 without a word': status(401, ''),
  '429 with Retry-After': { ...status(429, '', { 'retry-after': '7' }), spares: true },
  '503': { ...status(503, page), spares: true },
  'a redirect to elsewhere': {
    reply: (response, _json, issuer) => void response.writeHead(307, { location: `${issuer}/stolen` }).end(),
  },
  'a slow drip': { reply: drip },
  '50 MB': { reply: (response) => fifty(response, '{"access_token":"') },
  'cut half way': { reply: (response) => cut(response, '{"access_token":"half') },

  'metadata of another issuer': metadata(() => ({ issuer: 'https://evil.example' })),
  'metadata without issuer': metadata(() => ({ issuer: undefined })),
  'token endpoint on another host': metadata(() => ({ token_endpoint: 'https://tokens.example/token' })),
  'token endpoint over http': metadata(() => ({ token_endpoint: 'http://tokens.example/token' })),
  'keys over http': metadata(() => ({ jwks_uri: 'http://keys.example/jwks' })),
  'authorization endpoint is a script': metadata(() => ({ authorization_endpoint: 'javascript:alert(1)' })),
  'authorization endpoint is a file': metadata(() => ({ authorization_endpoint: 'file:///etc/passwd' })),
  'token endpoint with a password': metadata(() => ({
    token_endpoint: 'https://me:pw@tokens.example/token',
  })),
  'PKCE only plain': metadata(() => ({ code_challenge_methods_supported: ['plain'] })),
  'scopes of the wrong shape': metadata(() => ({ scopes_supported: 'openid profile' })),
  'metadata is a web page': { discovery: (response) => void response.end(page) },
  'metadata redirects': {
    discovery: (response) => void response.writeHead(302, { location: 'https://evil.example/' }).end(),
  },
  'metadata drips': { discovery: drip },
  'metadata of 50 MB': { discovery: (response) => fifty(response, '{"issuer":"') },
  'metadata cut half way': { discovery: (response) => cut(response, '{"issuer":"http') },

  'userinfo speaks of another': userinfo({ sub: 'mallory', name: 'Mallory' }),
  'userinfo without sub': userinfo({ name: 'Mallory' }),
  'userinfo is a web page': { userinfo: (response) => void response.end(page) },
  'userinfo is an unsigned JWT': {
    userinfo: (response) =>
      void response
        .writeHead(200, { 'content-type': 'application/jwt' })
        .end(`${unsignedPart({ alg: 'none' })}.${unsignedPart({ sub: 'alice', name: 'Mallory' })}.`),
  },
  'userinfo of 50 MB': { userinfo: (response) => fifty(response, '{"sub":"alice","name":"') },
  'userinfo cut half way': { userinfo: (response) => cut(response, '{"sub":"alice"') },
} satisfies Record<string, Hooks>

/** The name of a misbehaviour. */
export type Misbehaviour = keyof typeof misbehaviours
