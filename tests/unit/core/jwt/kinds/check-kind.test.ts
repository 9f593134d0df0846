import { SignJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkKind, type RuledKind } from '../../../../../src/core/jwt/kinds/check-kind.ts'
import { decodeJwt, issuer, makeSigner, now, seconds, type Signer, unsigned } from '../sample.ts'

type Json = Record<string, unknown>

const event = 'http://schemas.openid.net/event/backchannel-logout'
const [iat, exp] = [seconds, seconds + 120]
/** A sound token of each kind: what is required of it and no more, and its type. */
const sound: Record<RuledKind, { claims: Json; header: Json }> = {
  plain: { claims: { exp }, header: {} },
  refresh: { claims: { exp }, header: {} },
  sd_jwt: { claims: { exp, _sd: ['a'] }, header: {} },
  dpop: {
    claims: { jti: '1', htm: 'GET', htu: 'https://api.example', iat },
    header: { typ: 'dpop+jwt' },
  },
  client_assertion: { claims: { iss: 'app', sub: 'app', aud: issuer, exp, jti: '1' }, header: {} },
  request_object: {
    claims: { exp, client_id: 'app', response_type: 'code' },
    header: { typ: 'oauth-authz-req+jwt' },
  },
  authorization_response: { claims: { iss: issuer, aud: 'app', exp, code: 'x' }, header: {} },
  logout: {
    claims: { iss: issuer, aud: 'app', iat, exp, jti: '1', sid: 's', events: { [event]: {} } },
    header: { typ: 'logout+jwt' },
  },
  security_event: {
    claims: { iss: issuer, iat, jti: '1', events: { 'urn:event': {} } },
    header: { typ: 'secevent+jwt' },
  },
  introspection: {
    claims: { iss: issuer, aud: 'api', iat, token_introspection: { active: true } },
    header: { typ: 'token-introspection+jwt' },
  },
  key_binding: { claims: { iat, aud: 'shop', nonce: 'n', sd_hash: 'h' }, header: { typ: 'kb+jwt' } },
}

let signer: Signer
beforeAll(async () => {
  signer = await makeSigner()
})

async function judged(kind: RuledKind, claims: Json = {}, header: Json = {}) {
  const own = kind === 'dpop' ? { jwk: { kty: 'EC', crv: 'P-256', x: signer.jwk.x, y: signer.jwk.y } } : {}
  const whole = { ...sound[kind].claims, ...claims }
  const token = await signer.sign(whole, { ...sound[kind].header, ...own, ...header })
  return checkKind(kind, token, { now, keys: signer.keys })
}
/** `id: state code` of whatever is not valid. */
async function troubles(kind: RuledKind, claims?: Json, header?: Json): Promise<string[]> {
  return (await judged(kind, claims, header))
    .filter(({ state }) => state === 'invalid' || state === 'notice')
    .map(({ id, state, code }) => `${id}: ${state} ${code}`)
}
async function said(kind: RuledKind, id: string, claims?: Json, header?: Json) {
  return (await judged(kind, claims, header)).find((each) => each.id === id)
}

const kinds = Object.keys(sound).filter((kind): kind is RuledKind => kind in sound)

it.each(kinds)('nothing is wrong with a sound token of kind %s', async (kind) => {
  expect(await troubles(kind)).toEqual([])
})

const required: [RuledKind, string[]][] = [
  ['dpop', ['jti', 'htm', 'htu', 'iat']],
  ['client_assertion', ['iss', 'sub', 'aud', 'exp']],
  ['request_object', ['client_id', 'response_type']],
  ['authorization_response', ['iss', 'aud', 'exp']],
  ['logout', ['iss', 'aud', 'iat', 'exp', 'jti', 'events']],
  ['security_event', ['iss', 'iat', 'jti', 'events']],
  ['introspection', ['iss', 'aud', 'iat', 'token_introspection']],
  ['key_binding', ['iat', 'aud', 'nonce', 'sd_hash']],
]
it.each(required.flatMap(([kind, names]) => names.map((name) => [kind, name] as const)))(
  'a token of kind %s needs %s',
  async (kind, name) => {
    expect(await troubles(kind, { [name]: undefined })).toContain('required-claims: invalid claims_missing')
    const detail = (await said(kind, 'required-claims', { [name]: undefined }))?.detail
    expect(detail).toBe(`Missing or empty: ${name}.`)
  },
)
it.each(required.flatMap(([kind, names]) => (names.includes('iat') ? [[kind, 'iat'] as const] : [])))(
  'the time of a token of kind %s is not known without %s',
  async (kind) => {
    expect(await troubles(kind, { iat: undefined })).toContain('time: invalid iat_missing')
  },
)
it.each(['client_assertion', 'authorization_response', 'logout'] as const)(
  'a token of kind %s has to end at some time',
  async (kind) => {
    expect(await troubles(kind, { exp: undefined })).toContain('time: invalid exp_missing')
  },
)
it.each(['dpop', 'security_event', 'introspection', 'key_binding'] as const)(
  'a token of kind %s does without exp',
  async (kind) => {
    expect(await said(kind, 'time')).toMatchObject({
      state: 'valid',
      detail: expect.stringContaining('none'),
    })
  },
)
it.each(['plain', 'refresh', 'sd_jwt', 'request_object'] as const)(
  'a token of kind %s that never ends is pointed out',
  async (kind) => {
    expect(await troubles(kind, { exp: undefined })).toEqual(['time: notice exp_missing'])
  },
)
it.each([[[]], [''], [null]])('an audience of %j is nobody', async (aud) => {
  for (const kind of ['client_assertion', 'logout', 'authorization_response', 'key_binding'] as const)
    expect(await troubles(kind, { aud })).toContain('required-claims: invalid claims_missing')
})

it.each([
  ['request_object', 'request'],
  ['request_object', 'request_uri'],
  ['logout', 'nonce'],
  ['introspection', 'sub'],
] as const)('a token of kind %s must not have %s', async (kind, name) => {
  expect(await troubles(kind, { [name]: 'x' })).toEqual(['forbidden-claims: invalid claim_forbidden'])
  expect((await said(kind, 'forbidden-claims', { [name]: 'x' }))?.detail).toMatch(`${name} must not`)
})

describe('the type', () => {
  it.each([
    ['dpop', 'type: invalid type_wrong'],
    ['introspection', 'type: invalid type_wrong'],
    ['key_binding', 'type: invalid type_wrong'],
    ['request_object', 'type: notice type_unusual'],
    ['logout', 'type: notice type_unusual'],
    ['security_event', 'type: notice type_unusual'],
  ] as const)('of kind %s is told where it is another', async (kind, trouble) => {
    expect(await troubles(kind, {}, { typ: 'JWT' })).toEqual([trouble])
    expect(await troubles(kind, {}, { typ: undefined })).toEqual([trouble])
    const { typ } = sound[kind].header
    expect(await said(kind, 'type')).toMatchObject({ state: 'valid', detail: `${String(typ)}.` })
    expect((await said(kind, 'type', {}, { typ: undefined }))?.detail).toMatch('typ is missing')
    expect((await said(kind, 'type', {}, { typ: `application/${String(typ)}` }))?.state).toBe('valid')
    expect((await said(kind, 'type', {}, { typ: `x-application/${String(typ)}` }))?.state).not.toBe('valid')
  })
})

describe('a DPoP proof', () => {
  it.each([
    [300, 'valid'],
    [301, 'notice'],
  ])('that is %i seconds old is %s', async (age, state) => {
    expect((await said('dpop', 'proof-age', { iat: seconds - age }))?.state).toBe(state)
  })
  it('has no age without iat', async () => {
    expect(await said('dpop', 'proof-age', { iat: undefined })).toBeUndefined()
  })
  it('carries its public key', async () => {
    expect(await troubles('dpop', {}, { jwk: undefined })).toEqual(['proof-key: invalid jwk_missing'])
    const { kid: _kid, ...whole } = signer.privateJwk
    expect(await troubles('dpop', {}, { jwk: whole })).toEqual(['proof-key: invalid jwk_private'])
  })
  it('is signed with a private key, never with a shared secret or not at all', async () => {
    const { kid: _kid, ...jwk } = signer.jwk
    const header = { typ: 'dpop+jwt', jwk }
    const shared = await new SignJWT(sound.dpop.claims)
      .setProtectedHeader({ ...header, alg: 'HS256' })
      .sign(new TextEncoder().encode('a shared secret of thirty-two by'))
    for (const text of [shared, unsigned(sound.dpop.claims, { ...header, alg: 'none' })]) {
      const checks = await checkKind('dpop', decodeJwt(text), { now })
      expect(checks.find(({ id }) => id === 'proof-key')?.code).toBe('alg_symmetric')
    }
  })
  it('of an algorithm that nobody knows has a key all the same', async () => {
    const { kid: _kid, ...jwk } = signer.jwk
    const text = unsigned(sound.dpop.claims, { typ: 'dpop+jwt', jwk, alg: 'XY1' })
    const checks = await checkKind('dpop', decodeJwt(text), { now })
    expect(checks.find(({ id }) => id === 'proof-key')?.state).toBe('valid')
    expect(checks.find(({ id }) => id === 'signature')?.code).toBe('alg_unknown')
  })
})

describe('a client assertion', () => {
  it('names one client twice; another subject makes it a grant', async () => {
    expect((await said('client_assertion', 'client'))?.state).toBe('valid')
    expect(await troubles('client_assertion', { sub: 'alice' })).toEqual(['client: notice iss_sub_differ'])
  })
  it('names no client where it has neither iss nor sub', async () => {
    const nobody = { iss: undefined, sub: undefined }
    expect((await said('client_assertion', 'client', nobody))?.state).toBe('notice')
  })
  it('can be replayed without jti', async () => {
    expect((await said('client_assertion', 'jti'))?.state).toBe('valid')
    expect(await troubles('client_assertion', { jti: undefined })).toEqual(['jti: notice jti_missing'])
  })
})

it('a logout token names whom by sub, by sid or by both', async () => {
  expect(await troubles('logout', { sid: undefined })).toEqual(['session: invalid session_missing'])
  expect(await troubles('logout', { sid: undefined, sub: 'u' })).toEqual([])
  expect(await troubles('logout', { sub: 'u' })).toEqual([])
})
it.each([[{ [event]: 1 }], [{ 'urn:other': {} }], ['text']])('%j is no logout', async (events) => {
  expect(await troubles('logout', { events })).toEqual(['events: invalid event_missing'])
})

it.each([
  [undefined, 'valid', 'sha-256, which is the default.'],
  ['sha-256', 'valid', 'sha-256.'],
  ['sha-384', 'valid', 'sha-384.'],
  ['sha-512', 'valid', 'sha-512.'],
  ['md5', 'notice', 'md5 is not'],
  [['sha-256'], 'notice', 'is not a known digest'],
])('the digest %j of an SD-JWT is %s', async (_sd_alg, state, detail) => {
  const digest = await said('sd_jwt', 'digest', { _sd_alg })
  expect(digest).toMatchObject({ state, label: 'Digests', detail: expect.stringContaining(detail) })
})

it('a type that is missing and one that is another are told apart', async () => {
  expect((await said('dpop', 'type', {}, { typ: undefined }))?.detail).toBe(
    'typ is missing; it should be dpop+jwt.',
  )
  expect((await said('dpop', 'type', {}, { typ: 'JWT' }))?.detail).toBe('typ is JWT, not dpop+jwt.')
})

it('a proof is held to a key that was given; without one its own key is named', async () => {
  const own = { jwk: { kty: 'EC', crv: 'P-256', x: signer.jwk.x, y: signer.jwk.y } }
  const token = await signer.sign(sound.dpop.claims, { ...sound.dpop.header, ...own })
  const other = await makeSigner()
  const signatureOf = async (keys: Parameters<typeof checkKind>[2]) =>
    (await checkKind('dpop', token, keys)).find(({ id }) => id === 'signature')
  expect((await signatureOf({ now, keys: other.keys, called: 'the key given' }))?.state).not.toBe('valid')
  expect(await signatureOf({ now, keys: other.keys })).toMatchObject({
    state: 'valid',
    detail: expect.stringContaining('the key inside the proof') as string,
  })
})
