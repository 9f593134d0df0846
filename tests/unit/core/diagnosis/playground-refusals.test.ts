import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { calculateJwkThumbprint, exportJWK, SignJWT, type JWK } from 'jose'
import { describe, expect, it } from 'vitest'
import { ofHeaders } from '../../../../src/core/app/requests/token-facts.ts'
import { explainRefusal } from '../../../../src/core/diagnosis/refusal.ts'
import { createAuthenticate, createRefusals } from '../../../../src/playground/api/authenticate.ts'
import { createVerifyProof } from '../../../../src/playground/api/verify-proof.ts'
import { createVerifyToken } from '../../../../src/playground/api/verify-token.ts'

/** What the playground's API refuses, told by the code that refuses it, and what the card makes of it. */

const issuer = 'https://issuer.example'
const apiBase = 'https://api.example'
const now = 1_700_000_000_000
const seconds = now / 1000
const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })
const [key, other, holder, thief] = [newKey(), newKey(), newKey(), newKey()]
const published: JWK = { ...(await exportJWK(key.publicKey)), kid: 'k1', alg: 'ES256' }
const holderJwk = await exportJWK(holder.publicKey)
const jkt = await calculateJwkThumbprint(holderJwk)

const sound = {
  iss: issuer,
  aud: apiBase,
  sub: 'alice',
  client_id: 'app',
  jti: 'j',
  iat: seconds - 60,
  exp: seconds + 600,
  scope: 'orders:read',
}
const header = { alg: 'ES256', typ: 'at+jwt', kid: 'k1' }
type Change = Record<string, unknown>
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
/** Signed by hand, since no library signs what is wrong. */
const token = (claims: Change = {}, head: Change = {}, signer: KeyObject = key.privateKey) =>
  new SignJWT({ ...sound, ...claims }).setProtectedHeader({ ...header, ...head }).sign(signer)
const raw = (head: unknown, claims: unknown, signature = 'c2ln') =>
  [
    typeof head === 'string' ? head : encode(head),
    typeof claims === 'string' ? claims : encode(claims),
    signature,
  ].join('.')
const without = (name: keyof typeof sound) => {
  const { [name]: _left, ...rest } = sound
  return raw(header, rest)
}
const withClaim = (change: Change) => raw(header, { ...sound, ...change })
const withHeader = (change: Change) => raw({ ...header, ...change }, sound)

const opaqueTokens: Record<string, Change> = {
  opaquewrongaudience0: { ...sound, aud: 'https://other.example' },
  opaqueexpired0000000: { ...sound, exp: seconds - 120 },
}
const parts = (keys: JWK[], opaque: boolean) => {
  const known = {
    issuer,
    keys: () => ({ keys }),
    ...(opaque && { find: (text: string) => Promise.resolve(opaqueTokens[text]) }),
  }
  return createVerifyToken({
    issuer,
    issuers: () => [known],
    open: () => Promise.resolve(undefined),
    issuerOf: (name) => (name === undefined || name === issuer ? known : undefined),
    now: () => now,
  })
}
const verifyProof = createVerifyProof(() => now)
const bound = await token({ cnf: { jkt } })
const ath = async () => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(bound))
  return Buffer.from(digest).toString('base64url')
}
const proof = async (change: Change = {}, signer = holder) =>
  new SignJWT({ htm: 'GET', htu: `${apiBase}/orders`, iat: seconds, jti: 'p', ath: await ath(), ...change })
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: await exportJWK(signer.publicKey) })
    .sign(signer.privateKey)

interface Sent {
  authorization?: string
  dpop?: string
  keys?: JWK[]
  opaque?: boolean
  scopes?: string[]
  roleMissing?: boolean
}

/** Has the playground judge a request, and the card explain its answer. */
async function ask({ authorization, dpop, keys = [published], opaque = false, scopes, roleMissing }: Sent) {
  const authenticate = createAuthenticate(apiBase, parts(keys, opaque), verifyProof, () => undefined)
  const headers = { ...(authorization && { authorization }), ...(dpop && { dpop }) }
  const request = { headers, method: 'GET', url: '/orders' } as unknown as FastifyRequest
  const judged = await authenticate(request, apiBase)
  const answer = { status: 0, headers: [] as [string, string][], body: '' }
  const reply = {
    request,
    header: (name: string, value: string) => (answer.headers.push([name, value]), reply),
    code: (status: number) => ((answer.status = status), reply),
    type: () => reply,
    serializer: () => reply,
    send: (body: unknown) => ((answer.body = JSON.stringify(body)), reply),
  }
  const refuse = createRefusals(`${apiBase}/.well-known/oauth-protected-resource`)
  const to = reply as unknown as FastifyReply
  if (judged.kind === 'accepted')
    refuse.insufficientScope(to, scopes ?? [], roleMissing ? [] : (scopes ?? []), judged.caller)
  else refuse.unauthenticated(to, ['orders:read'], judged)
  const sent = Object.entries(headers).map(([name, value]): [string, string] => [name, value])
  const view = explainRefusal({
    status: answer.status,
    url: `${apiBase}/orders`,
    headers: answer.headers,
    contentType: 'application/problem+json',
    bodyText: answer.body,
    now,
    ...(await ofHeaders(sent, now)),
  })
  if (view === undefined) throw new Error(`no card for ${answer.status}`)
  return { view, detail: String((JSON.parse(answer.body) as { detail: unknown }).detail) }
}

const bearer = (text: string): Sent => ({ authorization: `Bearer ${text}` })
const asDpop = (text: string, dpop?: string): Sent => ({
  authorization: `DPoP ${text}`,
  ...(dpop && { dpop }),
})
const lacks = (name: string) => `The token has no ${name}, which the API requires`
const notString = (name: string) => `The ${name} of the token must be a string`
const notNumber = (name: string) => `The ${name} of the token must be a number`
const damaged = 'The token text is damaged: a part of it is not base64url'
const padded = 'The token text has padding (=), which no JWT has'
const paddedInside = 'The token in the Authorization header has padding (=), which no JWT has'
const foreignIssuer = 'The token comes from an issuer that the API does not trust'
const otherApi = 'The token is meant for another API'
const unsigned = 'The token is not signed (alg none)'

const table: [headline: string, sent: Sent, certainty?: 'certain' | 'likely'][] = [
  ['No token was sent', {}],
  ['The API requires Bearer; the request carries Basic', { authorization: 'Basic YTpi' }],
  ['The Authorization header has no token after Bearer', { authorization: 'Bearer' }],
  ['The token in the Authorization header has a space in it', bearer('two words')],
  ['The Authorization header names its scheme twice', bearer('Bearer abc')],
  ['The token in the Authorization header is in quotation marks', bearer('"abc"')],
  ['The token in the Authorization header has a character that no token has', bearer('a,b')],
  [
    'The Authorization header does not start with a scheme such as Bearer',
    { authorization: await token() },
    'likely',
  ],
  ['The token is too long for this API', bearer(await token({ filler: 'x'.repeat(17_000) }))],
  [
    'The token is encrypted; this API accepts only signed tokens',
    bearer(`${encode({ alg: 'dir', enc: 'A128GCM' })}....AAAA`),
  ],
  ['The API requires a JWT, and this token is not one', bearer('opaque-token')],
  ['The API cannot read the token as a JWT', bearer(`${encode(header)}.${encode(sound)}`)],
  [paddedInside, bearer(raw(`${encode(header)}=`, sound))],
  [paddedInside, bearer(raw(header, `${encode(sound)}=`))],
  [padded, bearer(raw(header, sound, 'c2ln='))],
  [damaged, bearer(raw(`${encode(header)}+`, sound))],
  [damaged, bearer(raw(header, `${encode(sound)}+`))],
  [damaged, bearer(raw(header, sound, 'c2+n'))],
  ['The header of the token is not JSON', bearer(raw(Buffer.from('{"alg"').toString('base64url'), sound))],
  ['The claims of the token are not JSON', bearer(raw(header, Buffer.from('{"iss"').toString('base64url')))],
  [lacks('alg'), bearer(withHeader({ alg: undefined }))],
  [unsigned, bearer(withHeader({ alg: 'none' }))],
  ['The API does not accept the token’s signature algorithm', bearer(withHeader({ alg: 'HS256' }))],
  [
    'The header of the token has an extension (crit) that the API does not know',
    bearer(withHeader({ crit: ['x'] })),
  ],
  ['The header of the token has b64, which no JWT may have', bearer(withHeader({ b64: true }))],
  [notString('kid'), bearer(withHeader({ kid: 7 }))],
  ['The API requires another token type (typ)', bearer(withHeader({ typ: 'JWT' }))],
  ['The token has no signature', bearer(raw(header, sound, ''))],
  ...(['exp', 'iat', 'iss', 'sub', 'client_id', 'jti'] as const).map((name): [string, Sent] => [
    lacks(name),
    bearer(without(name)),
  ]),
  ...['exp', 'iat', 'nbf'].map((name): [string, Sent] => [
    notNumber(name),
    bearer(withClaim({ [name]: '1700000600' })),
  ]),
  ...['iss', 'sub', 'client_id', 'jti'].map((name): [string, Sent] => [
    notString(name),
    bearer(withClaim({ [name]: 7 })),
  ]),
  ['The cnf of the token must be an object', bearer(withClaim({ cnf: 'x' }))],
  [foreignIssuer, bearer(await token({ iss: 'https://other.example' }))],
  [otherApi, bearer(await token({ aud: 'https://other.example' }))],
  ['The token expired 2 minutes before the response came', bearer(await token({ exp: seconds - 120 }))],
  ['The token is not valid for another 5 minutes', bearer(await token({ nbf: seconds + 300 }))],
  ['The API cannot find the key that signed the token', bearer(await token({}, { kid: 'k9' }))],
  [
    'The API cannot tell which key signed the token: it has no kid, and several keys fit',
    {
      ...bearer(await token({}, { kid: undefined })),
      keys: [published, { ...(await exportJWK(other.publicKey)), kid: 'k2', alg: 'ES256' }],
    },
  ],
  ['The signature of the token is wrong', bearer(await token({}, {}, other.privateKey))],
  [
    'The API no longer knows the token: it expired, was revoked, or was never issued',
    { ...bearer('opaqueandunknown0000'), opaque: true },
  ],
  [otherApi, { ...bearer('opaquewrongaudience0'), opaque: true }],
  ['The API says that the token has expired', { ...bearer('opaqueexpired0000000'), opaque: true }],
  [
    'The token is bound to a certificate that the connection did not present',
    bearer(await token({ cnf: { 'x5t#S256': 'abc' } })),
  ],
  ['The token is not bound to a key, but was sent as DPoP', asDpop(await token(), 'x')],
  ['The token is bound to a key (DPoP) and came without a proof', bearer(bound)],
  ['The API cannot read the DPoP proof', asDpop(bound, 'no proof')],
  [
    'The DPoP proof is signed with a different key than the one the token is bound to',
    asDpop(bound, await proof({}, thief)),
  ],
  ['The DPoP proof is for another method', asDpop(bound, await proof({ htm: 'POST' }))],
  ['The DPoP proof is for another address', asDpop(bound, await proof({ htu: `${apiBase}/profile` }))],
  ['The DPoP proof is for another access token', asDpop(bound, await proof({ ath: 'x' }))],
  [
    'The time in the DPoP proof does not match the API’s clock',
    asDpop(bound, await proof({ iat: seconds - 600 })),
  ],
  ['The DPoP proof has no usable jti', asDpop(bound, await proof({ jti: 'x'.repeat(300) }))],
  ['The token lacks a scope: orders:write', { ...bearer(await token()), scopes: ['orders:write'] }],
  [
    'The caller’s role does not allow this',
    { ...bearer(await token()), scopes: ['orders:read'], roleMissing: true },
  ],
]

describe('the playground’s refusals', () => {
  it.each(table)('%s', async (headline, sent, certainty = 'certain') => {
    const { view, detail } = await ask(sent)
    expect(view.headline, detail).toBe(headline)
    expect(view.certainty).toBe(certainty)
  })

  it('a DPoP proof that was used before', async () => {
    const sent = asDpop(bound, await proof({ jti: 'once' }))
    await ask({ ...sent, scopes: [] })
    expect((await ask(sent)).view.headline).toBe('The API has seen this DPoP proof before')
  })

  it('each has a sentence of its own', async () => {
    const details = await Promise.all(table.map(async ([, sent]) => (await ask(sent)).detail))
    expect(new Set(details).size).toBeGreaterThanOrEqual(50)
  })
})
