import { CompactEncrypt } from 'jose'
import { describe, expect, it } from 'vitest'
import type { TokenView } from '../../../../../src/core/contract/tokens/tokens.ts'
import { inspectEncrypted } from '../../../../../src/core/jwt/explain/inspect-encrypted.ts'
import type { Inspection } from '../../../../../src/core/jwt/explain/inspection.ts'
import { readGivenKey } from '../../../../../src/core/jwt/keys/given-key.ts'
import { decodeToken } from '../../../../../src/core/jwt/text/decode.ts'
import { readPem } from '../../../../../src/node/crypto/read-pem.ts'
import { encode, now, seconds, unsigned } from '../sample.ts'

const secret = new Uint8Array(32).fill(9)
function keyOf(text: string, algorithm: string) {
  const read = readGivenKey({ text, encoding: 'hex', algorithm }, readPem)
  if (!read.ok) throw new Error(read.error.code)
  return read.value
}
const key = keyOf('09'.repeat(32), 'A256GCMKW')
function encrypt(inside: string, header: Record<string, unknown> = {}): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(inside))
    .setProtectedHeader({ alg: 'A256GCMKW', enc: 'A128GCM', ...header })
    .encrypt(secret)
}
const inner = { format: 'opaque', checks: [{ id: 'inner' }], envelopes: [{ algorithms: 'inner' }] }

async function inspect(text: string, inspection: Partial<Inspection> = {}, given = key) {
  const token = decodeToken(text)
  if (token.format !== 'jwe') throw new Error(token.format)
  const asked: [string, Inspection][] = []
  const view = await inspectEncrypted(token, given, { now, ...inspection }, (...each) => {
    asked.push(each)
    return Promise.resolve(inner as unknown as TokenView)
  })
  return { view, asked, codes: view.checks.map(({ id, state, code }) => [id, state, code]) }
}

describe('a token inside', () => {
  it('is looked at by the rules for tokens, one envelope further in', async () => {
    const token = unsigned({ sub: 'a' })
    const { view, asked } = await inspect(await encrypt(token), { kind: 'id', json: '{}', opened: 2 })
    expect(asked).toEqual([[token, { now, kind: 'id', json: undefined, opened: 3 }]])
    expect(view.checks).toEqual([
      {
        id: 'encryption',
        label: 'Encryption',
        state: 'valid',
        source: 'RFC 7516 section 5.2',
        detail: 'Decrypted with a shared secret of 32 bytes: A256GCMKW, A128GCM.',
      },
      { id: 'inner' },
    ])
    expect(view.envelopes).toMatchObject([
      {
        algorithms: 'A256GCMKW, A128GCM',
        header: expect.arrayContaining([expect.objectContaining({ name: 'alg' })]),
      },
      { algorithms: 'inner' },
    ])
  })
  it('may be encrypted again', async () => {
    const again = await encrypt('x')
    const { asked } = await inspect(await encrypt(again))
    expect(asked).toEqual([[again, { now, json: undefined, opened: 1 }]])
  })
  it('is opened four envelopes deep', async () => {
    const text = await encrypt(unsigned({}))
    expect((await inspect(text, { opened: 3 })).asked).toHaveLength(1)
    const { view, asked, codes } = await inspect(text, { opened: 4 })
    expect(asked).toEqual([])
    expect(view.format).toBe('jwe')
    expect(codes).toEqual([['encryption', 'not-checked', 'too_deep']])
  })
})

describe('what does not open', () => {
  const jwe = (header: object) => `${encode({ enc: 'A128GCM', ...header })}.AAAA.AAAA.AAAA.AAAA`
  it.each([
    ['jwe_unreadable', 'invalid', jwe({ alg: 'A256GCMKW' })],
    ['p2c_too_high', 'invalid', jwe({ alg: 'A256GCMKW', p2c: 1e9 })],
    ['alg_refused', 'not-checked', jwe({ alg: 'A128GCMKW' })],
    ['alg_unsupported', 'not-checked', jwe({ alg: 'RSA1_5' })],
    ['enc_unsupported', 'not-checked', jwe({ alg: 'A256GCMKW', enc: 'none' })],
  ])('by %s is %s', async (code, state, text) => {
    const { view, codes } = await inspect(text)
    expect(view.format).toBe('jwe')
    expect(codes).toEqual([['encryption', state, code]])
  })
  it('with this key is invalid, and what to do is told', async () => {
    const { view, codes } = await inspect(await encrypt('x'), {}, keyOf('08'.repeat(32), 'A256GCMKW'))
    expect(codes).toEqual([['encryption', 'invalid', 'decryption_failed']])
    expect(view.checks[0]?.detail).toMatch(/cannot be decrypted .*\. Enter the key .*\.$/)
  })
})

describe('claims that are encrypted and not signed', () => {
  it('are shown as those of a token, with where they come from', async () => {
    const text = await encrypt(`{"iss":"i","exp":${seconds + 60},"nonce":"n","nonce":"m"}`)
    const { view, asked, codes } = await inspect(text)
    expect(asked).toEqual([])
    expect(view).toMatchObject({
      format: 'jwt',
      size: text.length,
      kind: { id: 'id', because: 'it has nonce', chosen: false },
      algorithm: 'A256GCMKW',
      header: [],
      preview: { header: '', payload: '' },
      life: { expiresAt: now + 60_000 },
      verdict: { what: 'ID token', state: 'not_checked' },
    })
    expect(view.format === 'jwt' && view.claims.map(({ name }) => name)).toEqual(['iss', 'exp', 'nonce'])
    expect(codes).toEqual([
      ['encryption', 'valid', undefined],
      ['signature', 'notice', 'shared_encryption'],
      ['time', 'valid', undefined],
    ])
    expect(view.checks[1]?.source).toBe('RFC 7519 section 11.2')
  })
  it('are of the kind that the header names', async () => {
    const { view } = await inspect(await encrypt('{}', { typ: 'at+jwt' }))
    expect(view).toMatchObject({ kind: { id: 'access' } })
  })
  it('prove nothing where the key is public', async () => {
    const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])
    const {
      key_ops: _operations,
      ext: _extractable,
      ...jwk
    } = await crypto.subtle.exportKey('jwk', pair.privateKey)
    const read = readGivenKey({ text: JSON.stringify(jwk) }, readPem)
    if (!read.ok) throw new Error(read.error.code)
    const text = await new CompactEncrypt(new TextEncoder().encode('{}'))
      .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A128GCM' })
      .encrypt(pair.publicKey)
    const { view, codes } = await inspect(text, {}, read.value)
    expect(codes[1]).toEqual(['signature', 'invalid', 'unsigned_in_jwe'])
    expect(view.verdict.state).toBe('signature_wrong')
  })
  it('have a time that is judged with the usual allowance, or another', async () => {
    const ended = await encrypt(`{"exp":${seconds - 60}}`)
    const state = async (text: string, skewSeconds?: number) =>
      (await inspect(text, skewSeconds === undefined ? {} : { assume: { skewSeconds } })).codes[2]
    expect(await state(ended)).toEqual(['time', 'invalid', 'expired'])
    expect(await state(ended, 120)).toEqual(['time', 'valid', undefined])
    expect(await state(await encrypt(`{"exp":${seconds - 5}}`))).toEqual(['time', 'valid', undefined])
    expect(await state(await encrypt(`{"iat":${seconds + 600}}`))).toEqual([
      'time',
      'notice',
      'issued_in_future',
    ])
  })
})

describe('text that is encrypted', () => {
  it('is told by its begin', async () => {
    const inside = `text ${'x'.repeat(300)}`
    const text = await encrypt(inside)
    const { view, asked, codes } = await inspect(text)
    expect(asked).toEqual([])
    expect(codes).toEqual([['encryption', 'valid', undefined]])
    expect(view).toMatchObject({
      format: 'opaque',
      size: text.length,
      life: {},
      verdict: { what: 'Encrypted text', attacks: [], state: 'opaque' },
    })
    expect(view.format === 'opaque' && view.says.endsWith(`: ${inside.slice(0, 200)}`)).toBe(true)
    expect(view.verdict.says).toBe('It contains text that is not a token.')
  })
})
