import { createHmac, generateKeyPairSync } from 'node:crypto'
import { CompactEncrypt } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import type { JwtKind } from '../../../../../src/core/contract/tables/jwt-kinds.ts'
import { notKnown } from '../../../../../src/core/text/known.ts'
import { inspectToken } from '../../../../../src/core/jwt/explain/inspect-token.ts'
import type { Comparison, Inspection } from '../../../../../src/core/jwt/explain/inspection.ts'
import { readGivenKey, type HeldKey } from '../../../../../src/core/jwt/keys/given-key.ts'
import { readPem } from '../../../../../src/node/crypto/read-pem.ts'
import { writePem } from '../../../../../src/node/crypto/write-pem.ts'
import { clientId, encode, issuer, makeSigner, now, seconds, unsigned, type Signer } from '../sample.ts'

function held(text: string, algorithm?: string): HeldKey {
  const read = readGivenKey({ text, ...(algorithm !== undefined && { algorithm }) }, readPem)
  if (!read.ok) throw new Error(read.error.code)
  return { given: read.value, text, writePem }
}
const inspect = (text: string, inspection: Partial<Inspection> = {}) =>
  inspectToken(text, { now, ...inspection })
async function find(id: string, text: string, inspection: Partial<Inspection> = {}) {
  const found = (await inspect(text, inspection)).checks.find((each) => each.id === id)
  return found && `${found.state} ${found.code ?? ''}`.trim()
}
const ids = async (text: string, inspection: Partial<Inspection> = {}) =>
  (await inspect(text, inspection)).checks.map(({ id }) => id)
function hmac(claims: object, secret: string, alg = 'HS256'): string {
  const signed = `${encode({ alg })}.${encode(claims)}`
  return `${signed}.${createHmac(alg.replace('HS', 'sha'), secret).update(signed).digest('base64url')}`
}

let signer: Signer
beforeAll(async () => {
  signer = await makeSigner()
})
const against = (more: Partial<Comparison> = {}): Comparison => ({
  keys: signer.keys,
  issuer,
  clientId,
  algorithms: notKnown,
  audience: notKnown,
  scopeAsked: notKnown,
  ...more,
})
const idClaims = { iss: issuer, aud: clientId, sub: 's', iat: seconds, exp: seconds + 60, nonce: 'n' }

describe('the kind', () => {
  it('is recognised, and told by which of its words', async () => {
    expect(await inspect(unsigned({ scope: 'a' }))).toMatchObject({
      kind: { id: 'access', because: 'it has scope', chosen: false },
    })
  })
  it('may be chosen', async () => {
    const text = unsigned({ scope: 'a' })
    expect(await inspect(text, { kind: 'logout' })).toMatchObject({
      kind: { id: 'logout', because: 'you chose it', chosen: true },
      verdict: { what: 'Logout token' },
    })
    expect(await inspect(text, { kind: 'access' })).toMatchObject({
      kind: { id: 'access', because: 'it has scope', chosen: false },
    })
  })
  it('is none where there is no JWT', async () => {
    for (const text of ['opaque', '', `${unsigned({})}=`, `${encode({ alg: 'dir', enc: 'A256GCM' })}....`])
      expect(await inspect(text, { kind: 'access' })).not.toHaveProperty('kind')
  })
  it('that it says itself is not the one chosen', async () => {
    const other = async (claims: object, kind: JwtKind) =>
      await find('attack-other-kind', unsigned(claims), { kind })
    expect(await other({ scope: 'a' }, 'id')).toBe('invalid other_kind')
    expect(await other({ scope: 'a' }, 'access')).toBeUndefined()
    expect(await other({ scope: 'a' }, 'plain')).toBeUndefined()
    expect(await other({}, 'id')).toBeUndefined()
    expect(await find('attack-other-kind', unsigned({ scope: 'a' }))).toBeUndefined()
    const [check] = (await inspect(unsigned({ scope: 'a' }), { kind: 'id' })).checks.filter(
      ({ id }) => id === 'attack-other-kind',
    )
    expect(check).toMatchObject({ source: 'RFC 8725 section 2.8' })
    expect(check?.detail).toContain('“Access token”, but is checked as “ID token”')
  })
  it.each<[JwtKind, string[]]>([
    ['access', ['client_id', 'scope', 'type']],
    ['id', ['at_hash', 'nonce']],
    ['logout', ['events', 'session']],
    ['plain', ['signature', 'time']],
  ])('%s has checks of its own', async (kind, some) => {
    expect(await ids(unsigned({}), { kind })).toEqual(expect.arrayContaining(some))
  })
  it('says what of it is shown and worth knowing', async () => {
    const text = hmac({ email: 'a', scope: 'x' }, 'x'.repeat(32))
    expect(await find('personal-data', text)).toBe('notice personal_data')
    expect(await find('personal-data', text, { kind: 'id' })).toBeUndefined()
    expect(await find('weak-algorithm', text)).toBe('notice shared_secret')
    expect(await find('weak-algorithm', text, { kind: 'refresh' })).toBeUndefined()
  })
})

describe('a signature', () => {
  it('is judged with the key that was given, before those of the connection', async () => {
    const { text } = await signer.sign({ scope: 'a' })
    const other = await makeSigner()
    const key = held(JSON.stringify(signer.jwk))
    expect(await find('signature', text, { key })).toBe('valid')
    expect(await find('signature', text, { against: against() })).toBe('valid')
    expect(await find('signature', text, { against: against({ keys: other.keys }) })).toBe(
      'invalid signature_wrong',
    )
    expect(await find('signature', text, { against: against({ keys: other.keys }), key })).toBe('valid')
    expect(await find('signature', text, { against: against(), key: held(JSON.stringify(other.jwk)) })).toBe(
      'invalid signature_wrong',
    )
    expect(await find('signature', text)).toBe('not-checked no_keys')
  })
  it('is named by the key', async () => {
    const { text } = await signer.sign({})
    const detail = async (key: HeldKey) =>
      (await inspect(text, { key })).checks.find(({ id }) => id === 'signature')?.detail
    expect(await detail(held(JSON.stringify(signer.jwk)))).toContain('the key given (JWK)')
  })
  it('is not chosen by the token where the key does not say', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const { sign, constants } = await import('node:crypto')
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const signed = `${encode({ alg: 'PS256' })}.${encode({})}`
    const padding = constants.RSA_PKCS1_PSS_PADDING
    const signature = sign('sha256', Buffer.from(signed), { key: privateKey, padding, saltLength: 32 })
    const text = `${signed}.${signature.toString('base64url')}`
    expect(await find('signature', text, { key: held(pem) })).toBe('invalid alg_refused')
    expect(await find('signature', text, { key: held(pem, 'PS256') })).toBe('valid')
  })
  it('of an ID token alone is bound by what the connection announces', async () => {
    const announced = against({ algorithms: ['RS256'] })
    const id = await signer.sign(idClaims)
    const access = await signer.sign({ scope: 'a' })
    const plain = await signer.sign({})
    expect(await find('algorithm', id.text, { against: announced })).toBe('invalid alg_not_announced')
    expect(await find('signature', access.text, { against: announced })).toBe('valid')
    expect(await find('signature', plain.text, { against: announced })).toBe('valid')
    const key = held(JSON.stringify(signer.jwk))
    expect(await find('algorithm', id.text, { against: announced, key })).toBe('valid')
  })
  it('of data that is no JWT is judged, too, where the payload is there', async () => {
    const { CompactSign, importJWK } = await import('jose')
    const text = await new CompactSign(new TextEncoder().encode('text'))
      .setProtectedHeader({ alg: 'ES256' })
      .sign(await importJWK(signer.privateJwk, 'ES256'))
    const key = held(JSON.stringify(signer.jwk))
    expect(await find('signature', text, { key })).toBe('valid')
    expect(await find('signature', text, { against: against({ algorithms: ['RS256'] }) })).toBe('valid')
    const [head = '', , signature = ''] = text.split('.')
    expect(await ids(`${head}..${signature}`, { key })).toEqual([])
  })
  it('is nothing to look for in what is opaque or broken', async () => {
    expect(await ids('opaque', { kind: 'access' })).toEqual([])
    expect(await ids('', { kind: 'access' })).toEqual([])
    expect(await ids(`${unsigned({ scope: 'a' })}=`)).toEqual(['attack-second-spelling'])
  })
  it('of a token with another one inside is not looked at', async () => {
    const text = `${encode({ alg: 'RS256', cty: 'JWT' })}.${encode(unsigned({}))}.c2ln`
    expect(await find('format', text)).toBe('not-checked nested')
    expect(await find('format', text, { kind: 'logout' })).toBe('not-checked nested')
    expect((await inspect(text)).verdict.what).toBe('Signed token with a token inside')
  })
})

describe('a shared secret', () => {
  it.each([
    ['HS256', 32],
    ['HS384', 48],
    ['HS512', 64],
  ] as const)('of %s has %d bytes at least', async (alg, least) => {
    const length = (count: number) =>
      find('secret-length', hmac({}, 'x'.repeat(count), alg), { key: held('x'.repeat(count)) })
    expect(await length(least)).toBeUndefined()
    expect(await length(least - 1)).toBe('notice secret_short')
  })
  it('is none of a token of another family, or where none was given', async () => {
    expect(await find('secret-length', unsigned({}), { key: held('x') })).toBeUndefined()
    expect(await find('secret-length', hmac({}, 'x'))).toBeUndefined()
    expect(
      await find('secret-length', hmac({}, 'x'), { key: held(JSON.stringify(signer.jwk)) }),
    ).toBeUndefined()
    expect(
      await find('secret-length', `${encode({ alg: 'xHS256' })}.e30.AAAA`, { key: held('x') }),
    ).toBeUndefined()
  })
  it('that is empty, or a public key, is found', async () => {
    expect(await find('attack-empty-secret', hmac({}, ' '))).toBe('notice empty_secret')
    const text = JSON.stringify(signer.jwk)
    expect(await find('attack-key-confusion', hmac({}, text), { key: held(text) })).toBe(
      'notice algorithm_confusion',
    )
  })
})

it('an opaque token is told as what it was chosen to be', async () => {
  const says = async (kind?: JwtKind) => {
    const view = await inspect('some-opaque-text', kind === undefined ? {} : { kind })
    return view.format === 'opaque' ? view.says : ''
  }
  expect(await says('refresh')).not.toBe(await says('access'))
  expect(await says('logout')).toBe(await says())
})

describe('what the user assumes', () => {
  const codes = async (text: string, inspection: Partial<Inspection>) => {
    const { checks } = await inspect(text, inspection)
    return checks
      .filter(({ id }) => ['issuer', 'audience', 'nonce', 'time'].includes(id))
      .map(({ id, state }) => `${id} ${state}`)
  }
  const wrong = { issuer: 'https://other.example', audience: 'other', nonce: 'other' }
  it('is compared by the rules of the kind', async () => {
    expect(await codes(unsigned(idClaims), { assume: wrong })).toEqual(
      expect.arrayContaining(['issuer invalid', 'audience invalid', 'nonce invalid']),
    )
    expect(await codes(unsigned(idClaims), { assume: { issuer, audience: clientId, nonce: 'n' } })).toEqual(
      expect.arrayContaining(['issuer valid', 'audience valid', 'nonce valid']),
    )
  })
  it('is the audience of an access token, and the client of an ID token', async () => {
    const claims = { iss: issuer, aud: 'api', scope: 'a' }
    const judged = async (assume: Inspection['assume']) =>
      await codes(unsigned(claims), { assume, against: against() })
    expect(await judged({ audience: 'api' })).toContain('audience valid')
    expect(await judged({ audience: 'other' })).toContain('audience invalid')
    expect(await judged({})).toContain('audience not-checked')
  })
  it('counts once, before what the connection expects', async () => {
    const judged = await codes(unsigned(idClaims), { assume: wrong, against: against() })
    expect(judged.filter((each) => each.startsWith('issuer'))).toEqual(['issuer invalid'])
    const unassumed = await codes(unsigned(idClaims), { assume: {}, against: against() })
    expect(unassumed).toContain('issuer valid')
  })
  it('is compared where the kind has no rules for it', async () => {
    expect(await codes(unsigned({ iss: issuer }), { assume: { issuer } })).toContain('issuer valid')
    expect(await codes(unsigned({ iss: issuer }), { assume: wrong })).toContain('issuer invalid')
    expect(await codes(unsigned({ iss: issuer }), {})).toEqual(['time notice'])
    expect(await codes('opaque', { assume: wrong })).toEqual([])
  })
  it('is an allowance for clocks', async () => {
    for (const claims of [
      { exp: seconds - 60 },
      { ...idClaims, exp: seconds - 60 },
      { exp: seconds - 60, scope: 'a' },
    ]) {
      expect(await codes(unsigned(claims), {})).toContain('time invalid')
      expect(await codes(unsigned(claims), { assume: { skewSeconds: 90 } })).toContain('time valid')
      expect(await codes(unsigned({ ...claims, exp: seconds - 5 }), {})).toContain('time valid')
    }
  })
})

describe('an encrypted token', () => {
  const secret = '0123456789abcdef'
  const made = () =>
    new CompactEncrypt(new TextEncoder().encode(unsigned({ scope: 'a' })))
      .setProtectedHeader({ alg: 'dir', enc: 'A128GCM' })
      .encrypt(new TextEncoder().encode(secret))
  it('is opened with a key, and told as such without', async () => {
    const text = await made()
    for (const inspection of [{}, { kind: 'logout' } as const])
      expect(await inspect(text, inspection)).toMatchObject({
        format: 'jwe',
        checks: [{ id: 'format', code: 'encrypted' }],
      })
    const view = await inspect(text, { key: held(secret, 'dir') })
    expect(view).toMatchObject({
      format: 'jwt',
      kind: { id: 'access' },
      envelopes: [{ algorithms: 'dir, A128GCM' }],
    })
  })
  it('is read in JSON form where its compact form leaves something out', async () => {
    const [, ...rest] = (await made()).split('.')
    const json = JSON.stringify({ unprotected: { alg: 'dir', enc: 'A128GCM', kid: 'one' } })
    const compact = ['', ...rest].join('.')
    expect((await inspect(compact)).format).not.toBe('jwe')
    const view = await inspect(compact, { json })
    expect(view.format === 'jwe' && view.header.map(({ name }) => name)).toEqual(['alg', 'enc', 'kid'])
    expect((await inspect(unsigned({}), { json: '{}' })).format).toBe('jwt')
  })
})

it('an attack is named by the header, and by what is broken', async () => {
  expect(await find('attack-kid', unsigned({}, { alg: 'RS256', kid: '/etc' }))).toBe('notice kid')
  expect(await find('attack-signature-stripped', 'eyJhbGciOiJSUzI1NiJ9.e30')).toBe(
    'notice signature_stripped',
  )
  const jwe = `${encode({ alg: 'RSA1_5', enc: 'A128GCM' })}.AAAA.AAAA.AAAA.AAAA`
  expect(await find('attack-rsa-padding', jwe)).toBe('notice rsa_padding')
})
