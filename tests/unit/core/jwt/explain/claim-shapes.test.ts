import { describe, expect, it } from 'vitest'
import { explainClaims } from '../../../../../src/core/jwt/explain/claim-views.ts'
import { lifeOf, viewToken } from '../../../../../src/core/jwt/explain/view-token.ts'
import { decodeToken } from '../../../../../src/core/jwt/text/decode.ts'
import { readJsonObject } from '../../../../../src/core/jwt/text/json-object.ts'
import { encode, now, seconds, unsigned } from '../sample.ts'

const view = (name: string, value: unknown) => explainClaims({ [name]: value }, { now })[0]

describe('the value of a claim', () => {
  it.each([
    ['x', { kind: 'text', text: 'x' }],
    ['', { kind: 'text', text: '' }],
    [7, { kind: 'text', text: '7' }],
    [true, { kind: 'text', text: 'true' }],
    [null, { kind: 'text', text: 'null' }],
    [['a', 1, null], { kind: 'list', text: 'a, 1, null', items: ['a', '1', 'null'] }],
    [[], { kind: 'json', text: '[]' }],
    [['a', {}], { kind: 'json', text: '[\n  "a",\n  {}\n]' }],
    [{ a: 1 }, { kind: 'json', text: '{\n  "a": 1\n}' }],
  ])('%j is shown by its shape', (value, shown) => {
    expect(view('private', value)).toEqual({ name: 'private', says: 'Private to this issuer.', ...shown })
  })

  it('is shown as a moment where it is one', () => {
    expect(view('exp', seconds)).toMatchObject({ kind: 'time', text: `${seconds}`, at: now })
    expect(view('exp', now)).toMatchObject({ kind: 'time', text: `${now}`, at: now })
    expect(view('exp', `${seconds}`)).toMatchObject({ kind: 'time', text: `${seconds}`, at: now })
    expect(Object.keys(view('exp', 'soon') ?? {})).not.toContain('at')
    expect(view('exp', { a: 1 })).toMatchObject({ kind: 'time', text: '{"a":1}' })
  })

  it('is shown as a list of scopes, in one text or several', () => {
    expect(view('scope', 'a  b')).toMatchObject({ kind: 'list', text: 'a  b', items: ['a', 'b'] })
    expect(view('scope', ['a', 'b'])).toMatchObject({ kind: 'list', text: 'a, b', items: ['a', 'b'] })
  })

  it('is cut where it is endless', () => {
    const text = 'x'.repeat(20_000)
    expect(view('private', text)?.text).toBe(text)
    expect(view('private', `${text}yz`)?.text).toBe(`${text}… (2 more characters)`)
    expect(view('scope', 'a '.repeat(501))?.items).toHaveLength(500)
    const numbers = Array.from({ length: 501 }, (_, at) => at)
    expect(view('private', numbers)?.items).toEqual(numbers.slice(0, 500).map(String))
  })

  it('is shown as it was written', () => {
    const read = readJsonObject(new TextEncoder().encode('{"big":12345678901234567890,"exp":1e3,"x":[1.0]}'))
    const views = read.ok ? explainClaims(read.value, { now }) : []
    expect(Object.fromEntries(views.map(({ name, text }) => [name, text]))).toEqual({
      big: '12345678901234567890',
      exp: '1e3',
      x: '1.0',
    })
  })

  it.each([
    ['eve\u202Etxt', true],
    ['a\u0000b', true],
    ['zero\u200Bwidth', true],
    ['two\nlines\r\n\tand a tab', false],
    ['\t\u0007', true],
    ['plain', false],
  ])('%j hides something: %s', (text, hides) => {
    const attention = view('private', text)?.attention
    expect(attention).toBe(
      hides ? 'Contains characters that are invisible or change the reading direction.' : undefined,
    )
    expect(view('nickname', text)?.attention).toBe(attention)
  })

  it.each([
    [null, 'null'],
    [['x'], 'a list'],
    [{}, 'an object'],
    [7, 'a number'],
    [true, 'a boolean'],
  ])('%j is of the wrong type for a name', (value, words) => {
    expect(view('name', value)).toMatchObject({ attention: `Should be text, but is ${words}.` })
    expect(view('email', value)?.says).toMatch(/^Email address/)
  })

  it.each([
    [['a', 7], 'Should be text or a list of texts, but is a list.'],
    [{}, 'Should be text or a list of texts, but is an object.'],
  ])('%j is no audience', (value, attention) => {
    expect(view('aud', value)).toMatchObject({
      attention,
      says: 'It cannot be interpreted: it does not have the expected type.',
    })
  })

  it('is given two sentences where two things are odd', () => {
    const given = { iss: 'https://x.example\u202E' }
    const connection = { name: 'Shop', issuer: 'https://id.example', clientId: 'c' }
    expect(explainClaims(given, { now, connection })[0]?.attention).toBe(
      'Contains characters that are invisible or change the reading direction. The connection’s issuer is https://id.example.',
    )
  })
})

it('claims are in the order of what matters, then as received', () => {
  const order = ['iss', 'aud', 'sub', 'scope', 'scp', 'roles', 'exp', 'iat', 'nbf', 'jti', 'client_id', 'azp']
  const received = ['zz', ...order.toReversed(), 'aa']
  const claims = Object.fromEntries(received.map((name) => [name, 'x']))
  expect(explainClaims(claims, { now }).map(({ name }) => name)).toEqual([...order, 'zz', 'aa'])
})

describe('lifeOf', () => {
  it.each([
    [{}, {}],
    [
      { iat: 1, nbf: 2, exp: 3 },
      { issuedAt: 1_000, notBefore: 2_000, expiresAt: 3_000 },
    ],
    [{ iat: 'x', nbf: -1, exp: null }, {}],
    [{ exp: 0 }, { expiresAt: 0 }],
  ])('%j', (claims, life) => {
    expect(lifeOf(claims)).toEqual(life)
  })
})

describe('viewToken', () => {
  const checks = [{ id: 'a', label: 'A', state: 'valid', detail: 'why' }] as const
  const show = (text: string, life = {}) => viewToken(decodeToken(text), { now }, [...checks], life)

  it('shows a signed token without its signature', () => {
    const text = unsigned({ sub: 'ä'.repeat(20), exp: seconds })
    const [header = '', payload = ''] = text.split('.')
    expect(show(text)).toEqual({
      format: 'jwt',
      verdict: expect.anything(),
      size: text.length,
      checks,
      preview: { header: header.slice(0, 20), payload: payload.slice(0, 20) },
      life: { expiresAt: now },
      algorithm: 'ES256',
      header: [expect.objectContaining({ name: 'alg' }), expect.objectContaining({ name: 'kid' })],
      claims: [expect.objectContaining({ name: 'sub' }), expect.objectContaining({ name: 'exp' })],
    })
  })

  it.each([
    [{ exp: 5 }, {}, { expiresAt: 5_000 }],
    [{}, { expiresAt: 7_000 }, { expiresAt: 7_000 }],
    [{ exp: 5 }, { expiresAt: 7_000 }, { expiresAt: 5_000 }],
    [{ exp: 9 }, { expiresAt: 7_000 }, { expiresAt: 7_000 }],
    [{ iat: 3 }, { issuedAt: 1, expiresAt: 7_000 }, { issuedAt: 3_000, expiresAt: 7_000 }],
    [{}, {}, {}],
  ])('takes the earlier end of %j and %j', (claims, told, life) => {
    expect(show(unsigned(claims), told).life).toEqual(life)
  })

  it('shows of the others what they are', () => {
    const life = { expiresAt: 7 }
    const jwe = `${encode({ alg: 'dir', enc: 'A256GCM' })}..QUJD.QUJD.QUJD`
    expect(show(jwe, life)).toEqual({
      format: 'jwe',
      verdict: expect.anything(),
      size: jwe.length,
      checks,
      life,
      header: [expect.objectContaining({ name: 'alg' }), expect.objectContaining({ name: 'enc' })],
    })
    expect(show('opaque-é', life)).toEqual({
      format: 'opaque',
      verdict: expect.anything(),
      size: 9,
      checks,
      life,
      says: 'Only its issuer can read it.',
    })
    const damaged = `${unsigned({ sub: 'a' })}=`
    expect(show(damaged)).toEqual({
      format: 'malformed',
      verdict: expect.anything(),
      size: damaged.length,
      checks,
      life: {},
      defects: [expect.objectContaining({ code: 'padding' })],
      header: [expect.objectContaining({ name: 'alg' }), expect.objectContaining({ name: 'kid' })],
      claims: [expect.objectContaining({ name: 'sub' })],
    })
    expect(Object.keys(show(''))).toEqual(['format', 'verdict', 'size', 'checks', 'life', 'defects'])
  })
})
