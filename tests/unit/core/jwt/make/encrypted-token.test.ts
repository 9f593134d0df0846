import { createHash, generateKeyPairSync } from 'node:crypto'
import { GeneralEncrypt } from 'jose'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Result } from '../../../../../src/core/contract/result.ts'
import {
  contentEncryptionNames,
  contentEncryptions,
} from '../../../../../src/core/contract/tables/token-forms.ts'
import type { Check, TokenView } from '../../../../../src/core/contract/tokens/tokens.ts'
import { inspectToken } from '../../../../../src/core/jwt/explain/inspect-token.ts'
import { readGivenKey, type KeyInput } from '../../../../../src/core/jwt/keys/given-key.ts'
import { makeToken } from '../../../../../src/core/jwt/make/make-token.ts'
import { tokenParts } from '../../../../../src/core/jwt/make/token-parts.ts'
import type { TokenDraft } from '../../../../../src/core/jwt/make/token-draft.ts'
import { findTokens } from '../../../../../src/core/jwt/text/find-tokens.ts'
import { readPem } from '../../../../../src/node/crypto/read-pem.ts'
import { writePem } from '../../../../../src/node/crypto/write-pem.ts'

const now = Date.UTC(2026, 10, 26, 12)
const context = { now, randomBytes: (length: number) => new Uint8Array(length).fill(7) }
const secret: KeyInput = { text: 'a-secret-that-only-this-test-knows' }
const payload = '{ "user_id": 1147953659032899584, "exp": "now + 1h" }'

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}
function pair(type: 'rsa' | 'ec' | 'x25519', curve = 'P-256') {
  const { privateKey, publicKey } =
    type === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : type === 'ec'
        ? generateKeyPairSync('ec', { namedCurve: curve })
        : generateKeyPairSync('x25519')
  return {
    own: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    open: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  }
}
const bytes = (count: number): KeyInput => ({ text: 'ab'.repeat(count), encoding: 'hex' })
const make = async (draft: Partial<TokenDraft>) =>
  await makeToken({ header: '{}', payload, ...draft }, context, readPem)
async function inspect(text: string, key: KeyInput): Promise<TokenView> {
  return await inspectToken(text, {
    now,
    key: { given: value(readGivenKey(key, readPem)), text: key.text, writePem },
  })
}
const find = (view: TokenView, id: string): Check | undefined => view.checks.find((each) => each.id === id)
const userId = (view: TokenView): string | undefined =>
  view.format === 'jwt' ? view.claims.find(({ name }) => name === 'user_id')?.text : undefined

const rsa = pair('rsa')
const agreements = ['ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-ES+A192KW', 'ECDH-ES+A256KW']
const publicly = [
  ...['RSA-OAEP', 'RSA-OAEP-256', 'RSA-OAEP-384', 'RSA-OAEP-512'].map((alg) => [alg, rsa] as const),
  ...agreements.map((alg) => [alg, pair('ec')] as const),
  ['ECDH-ES', pair('ec', 'P-521')] as const,
  ['ECDH-ES+A256KW', pair('x25519')] as const,
]
const shared = [
  ['A128KW', bytes(16)],
  ['A192KW', bytes(24)],
  ['A256KW', bytes(32)],
  ['A128GCMKW', bytes(16)],
  ['A192GCMKW', bytes(24)],
  ['A256GCMKW', bytes(32)],
  ['PBES2-HS256+A128KW', { text: 'a password' }],
  ['PBES2-HS384+A192KW', { text: 'a password' }],
  ['PBES2-HS512+A256KW', { text: 'a password' }],
] as const

describe('encrypted to a public key', () => {
  it.each(publicly)('%s opens with the private one', async (algorithm, { own, open }) => {
    const key = { text: open, algorithm }
    const { text } = value(await make({ encrypt: { key, enc: 'A256GCM' } }))
    const view = await inspect(text, { text: own, algorithm })
    expect(find(view, 'encryption')).toMatchObject({ state: 'valid' })
    expect(userId(view)).toBe('1147953659032899584')
    expect(view.envelopes).toMatchObject([{ algorithms: `${algorithm}, A256GCM` }])
  })
  it('says that whoever has the public key could have made it', async () => {
    const { text } = value(await make({ encrypt: { key: { text: rsa.open }, enc: 'A256GCM' } }))
    const view = await inspect(text, { text: rsa.own })
    expect(find(view, 'signature')).toMatchObject({ state: 'invalid', code: 'unsigned_in_jwe' })
    expect(find(view, 'time')?.state).toBe('valid')
  })
  it('does not open with the public key, another key, or a key for signatures', async () => {
    const { text } = value(await make({ encrypt: { key: { text: rsa.open }, enc: 'A256GCM' } }))
    const codes = async (key: KeyInput) => {
      const found = find(await inspect(text, key), 'encryption')
      return [found?.state, found?.code]
    }
    expect(await codes({ text: rsa.open })).toEqual(['not-checked', 'key_cannot_decrypt'])
    expect(await codes({ text: pair('rsa').own })).toEqual(['invalid', 'decryption_failed'])
    expect(await codes({ text: pair('ec').own })).toEqual(['not-checked', 'alg_refused'])
    expect(await codes({ text: rsa.own, algorithm: 'RS256' })).toEqual(['not-checked', 'key_cannot_decrypt'])
    expect(await codes({ text: rsa.own, algorithm: 'RSA-OAEP' })).toEqual(['not-checked', 'alg_refused'])
  })
})

describe('encrypted with a shared secret', () => {
  it.each(shared)('%s', async (algorithm, key) => {
    const { text } = value(await make({ encrypt: { key: { ...key, algorithm }, enc: 'A128CBC-HS256' } }))
    const view = await inspect(text, { ...key, algorithm })
    expect(userId(view)).toBe('1147953659032899584')
    expect(find(view, 'signature')).toMatchObject({ state: 'notice', code: 'shared_encryption' })
  })
  it.each(contentEncryptionNames)('dir with %s', async (enc) => {
    const key = { ...bytes(contentEncryptions[enc]), algorithm: 'dir' }
    const { text } = value(await make({ encrypt: { key, enc } }))
    expect(userId(await inspect(text, key))).toBe('1147953659032899584')
  })
  it('refuses a secret of the wrong length', async () => {
    const made = await make({ encrypt: { key: { ...bytes(16), algorithm: 'dir' }, enc: 'A256GCM' } })
    expect(made).toMatchObject({ ok: false, error: { code: 'key_cannot_encrypt' } })
    expect(readGivenKey({ ...bytes(5), algorithm: 'A128KW' }, readPem)).toMatchObject({
      error: { code: 'key_no_algorithm', message: 'A128KW does not work with a shared secret of 5 bytes.' },
    })
  })
  it('does not calculate as many rounds as a token asks for', async () => {
    const key = { text: 'a password', algorithm: 'PBES2-HS256+A128KW' }
    const { text } = value(await make({ encrypt: { key, enc: 'A256GCM' } }))
    const [header = '', ...rest] = text.split('.')
    const told = JSON.parse(Buffer.from(header, 'base64url').toString()) as object
    const absurd = Buffer.from(JSON.stringify({ ...told, p2c: 2_000_000_000 })).toString('base64url')
    const found = find(await inspect([absurd, ...rest].join('.'), key), 'encryption')
    expect(found).toMatchObject({ state: 'invalid', code: 'p2c_too_high' })
  })
})

describe('where the runtime has no AES key wrap', () => {
  const wrap = { ...bytes(32), algorithm: 'A256KW' }
  afterEach(() => {
    vi.restoreAllMocks()
  })
  const lacking = () => vi.spyOn(crypto.subtle, 'wrapKey').mockRejectedValue(new Error('not there'))

  it('a token that needs it is not called damaged', async () => {
    const { text } = value(await make({ encrypt: { key: wrap, enc: 'A256GCM' } }))
    lacking()
    expect(find(await inspect(text, wrap), 'encryption')).toMatchObject({
      state: 'not-checked',
      code: 'alg_unsupported',
    })
  })
  it('another algorithm of the key is taken, and none where it is pinned', async () => {
    lacking()
    const free = { text: wrap.text, encoding: wrap.encoding }
    const { text } = value(await make({ encrypt: { key: free, enc: 'A256CBC-HS512' } }))
    expect((await inspect(text, free)).envelopes).toMatchObject([{ algorithms: 'A256GCMKW, A256CBC-HS512' }])
    for (const key of [wrap, { text: 'a password' }])
      expect(await make({ encrypt: { key, enc: 'A256GCM' } })).toMatchObject({
        error: { code: 'alg_unsupported' },
      })
  })
})

describe('signed, then encrypted', () => {
  it('is opened and its signature checked with the keys of one set', async () => {
    const signing = pair('ec')
    const { text } = value(
      await make({ key: { text: signing.own }, encrypt: { key: { text: rsa.open }, enc: 'A256GCM' } }),
    )
    const jwk = (pem: string): object => value(readPem(pem)).jwk
    const set = JSON.stringify({ keys: [jwk(rsa.own), jwk(signing.open)] })
    const view = await inspect(text, { text: set })
    expect(find(view, 'encryption')?.state).toBe('valid')
    expect(find(view, 'signature')?.state).toBe('valid')
    expect(userId(view)).toBe('1147953659032899584')
    const [header = ''] = text.split('.')
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toMatchObject({ cty: 'JWT' })
  })
})

describe('in JSON form', () => {
  it.each(['flattened', 'general'] as const)('%s JWS has its members', async (form) => {
    const { text } = value(await make({ key: secret, form }))
    const json = JSON.parse(text) as { payload: string; signature?: string; signatures?: unknown[] }
    expect(Buffer.from(json.payload, 'base64url').toString()).toContain('"user_id":1147953659032899584')
    expect(form === 'flattened' ? typeof json.signature : json.signatures?.length).toBe(
      form === 'flattened' ? 'string' : 1,
    )
  })
})

describe('an encrypted token in JSON form', () => {
  const key = { ...bytes(32), algorithm: 'A256KW' }
  async function read(text: string) {
    const [found] = findTokens(text)
    const given = value(readGivenKey(key, readPem))
    return await inspectToken(found?.text ?? '', {
      now,
      json: found?.json,
      key: { given, text: key.text, writePem },
    })
  }
  it.each(['flattened', 'general'] as const)('%s is made and opened', async (form) => {
    const { text } = value(await make({ form, encrypt: { key, enc: 'A256GCM' } }))
    expect(userId(await read(text))).toBe('1147953659032899584')
  })
  it('is opened where others encrypted it to two recipients, with bound data beside it', async () => {
    const own = new Uint8Array(Buffer.from('ab'.repeat(32), 'hex'))
    const encrypted = await new GeneralEncrypt(new TextEncoder().encode('{"user_id":7}'))
      .setProtectedHeader({ enc: 'A256GCM' })
      .setAdditionalAuthenticatedData(new TextEncoder().encode('bound'))
      .addRecipient(new Uint8Array(16).fill(3))
      .setUnprotectedHeader({ alg: 'A128KW', kid: 'theirs' })
      .addRecipient(own)
      .setUnprotectedHeader({ alg: 'A256KW', kid: 'ours' })
      .encrypt()
    const view = await read(JSON.stringify(encrypted))
    expect(find(view, 'encryption')?.state).toBe('valid')
    expect(userId(view)).toBe('7')
    const changed = await read(JSON.stringify({ ...encrypted, aad: 'b3RoZXI' }))
    expect(find(changed, 'encryption')).toMatchObject({ state: 'invalid', code: 'decryption_failed' })
  })
})

describe('an SD-JWT', () => {
  it('has a digest of each disclosure and its claim no more', async () => {
    const { text } = value(
      await make({
        key: secret,
        payload: '{"sub":"alice","mail":"a@example.org"}',
        disclosable: ['mail', 'none'],
      }),
    )
    const [jwt = '', disclosure = '', end] = text.split('~')
    expect(end).toBe('')
    const claims = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as object
    expect(claims).toEqual({
      sub: 'alice',
      _sd: [createHash('sha256').update(disclosure).digest('base64url')],
      _sd_alg: 'sha-256',
    })
    expect(JSON.parse(Buffer.from(disclosure, 'base64url').toString())).toEqual([
      Buffer.alloc(16, 7).toString('base64url'),
      'mail',
      'a@example.org',
    ])
  })
  it('is not made in JSON form, nor encrypted', async () => {
    for (const further of [{ form: 'general' }, { encrypt: { key: bytes(32), enc: 'A256GCM' } }] as const)
      expect(await make({ key: secret, disclosable: ['sub'], ...further })).toMatchObject({
        error: { code: 'form_unfit' },
      })
  })
})

describe('an unsecured token', () => {
  it('is made where the header asks for it, and no key is given', async () => {
    const { text } = value(await make({ header: '{"alg":"none"}' }))
    expect(text.endsWith('.')).toBe(true)
    expect(find(await inspectToken(text, { now }), 'signature')).toMatchObject({ code: 'alg_none' })
    expect(await make({})).toMatchObject({ error: { code: 'key_missing' } })
  })
})

describe('header and payload of a token', () => {
  it('are given to be edited, numbers as they are written', async () => {
    const { text } = value(await make({ key: secret, header: '{"typ":"JWT"}' }))
    const parts = value(tokenParts(text))
    expect(parts.header).toBe('{\n  "typ": "JWT"\n}')
    expect(parts.payload).toContain('"user_id": 1147953659032899584')
    expect(tokenParts('opaque')).toMatchObject({ error: { code: 'not_signed' } })
  })
})
