import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defined } from '../../../../../src/core/contract/defined.ts'
import type { Result } from '../../../../../src/core/contract/result.ts'
import { tokenTemplates } from '../../../../../src/core/contract/tables/token-templates.ts'
import type { JwtView } from '../../../../../src/core/contract/tokens/tokens.ts'
import { inspectToken } from '../../../../../src/core/jwt/explain/inspect-token.ts'
import { readGivenKey, type KeyInput } from '../../../../../src/core/jwt/keys/given-key.ts'
import { makeToken } from '../../../../../src/core/jwt/make/make-token.ts'
import { readTimeWords } from '../../../../../src/core/jwt/make/time-words.ts'
import { readPem } from '../../../../../src/node/crypto/read-pem.ts'
import { writePem } from '../../../../../src/node/crypto/write-pem.ts'

const now = Date.UTC(2026, 10, 26, 12)
const context = { now, randomBytes: (length: number) => new Uint8Array(length).fill(7) }
const secret: KeyInput = { text: 'a-secret-that-only-this-test-knows' }

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}
const code = (result: Result<unknown>): string => (result.ok ? 'ok' : result.error.code)
const make = (payload: string, key: KeyInput = secret, header = '{}') =>
  makeToken({ header, payload, key }, context, readPem)
async function read(text: string, key: KeyInput, at = now) {
  const given = value(readGivenKey(key, readPem))
  const view = await inspectToken(text, { now: at, key: { given, text: key.text, writePem } })
  if (view.format !== 'jwt') throw new Error(view.format)
  const state = (id: string) => view.checks.find((check) => check.id === id)
  return { view: view satisfies JwtView, signature: state('signature'), time: state('time') }
}

/** A private key on P-256 as PEM. */
function ec(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

describe('the classic task: user_id, one hour, HS256', () => {
  it('is made and read back', async () => {
    const { text } = value(await make('{ "user_id": 42, "exp": "now + 1h" }'))
    const { view, signature, time } = await read(text, secret)
    expect(view.kind).toMatchObject({ id: 'plain' })
    expect(view.claims.find(({ name }) => name === 'user_id')?.text).toBe('42')
    expect(view.life.expiresAt).toBe(now + 3_600_000)
    expect([signature?.state, time?.state]).toEqual(['valid', 'valid'])
    expect(view.checks.filter(({ state }) => state === 'invalid')).toEqual([])
  })

  it('says that the secret is too short for its hash', async () => {
    const short = { text: 'sixteen letters!' }
    const { text } = value(await make('{ "user_id": 42 }', short))
    const codes = async (key: KeyInput) => (await read(text, key)).view.checks.map(({ code }) => code)
    expect(await codes(short)).toContain('secret_short')
    expect(await codes(secret)).not.toContain('secret_short')
  })

  it('says that it has expired', async () => {
    const { text } = value(await make('{ "user_id": 42, "exp": "now + 1h" }'))
    const { signature, time } = await read(text, secret, now + 3_700_000)
    expect([signature?.state, time?.code]).toEqual(['valid', 'expired'])
  })

  it('says that the signature is wrong under another secret or after a change', async () => {
    const { text } = value(await make('{ "user_id": 42, "exp": "now + 1h" }'))
    expect((await read(text, { text: 'another-secret' })).signature).toMatchObject({
      state: 'invalid',
      code: 'signature_wrong',
    })
    const [header, , signature] = text.split('.')
    const forged = `${header}.${Buffer.from('{"user_id":43}').toString('base64url')}.${signature}`
    expect((await read(forged, secret)).signature?.state).toBe('invalid')
  })
})

describe('every algorithm family', () => {
  const pem = (type: 'rsa' | 'ec' | 'ed25519', curve = 'P-256') => {
    const { privateKey, publicKey } =
      type === 'rsa'
        ? generateKeyPairSync('rsa', { modulusLength: 2048 })
        : type === 'ec'
          ? generateKeyPairSync('ec', { namedCurve: curve })
          : generateKeyPairSync('ed25519')
    return {
      secret: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      open: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    }
  }
  const rsa = pem('rsa')
  const cases = [
    ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'].map((alg) => [alg, rsa] as const),
    ['ES256', pem('ec')] as const,
    ['ES384', pem('ec', 'P-384')] as const,
    ['ES512', pem('ec', 'P-521')] as const,
    ['EdDSA', pem('ed25519')] as const,
  ]
  it.each(cases)(
    '%s signs with the private key and verifies with the public one',
    async (algorithm, pair) => {
      const { text } = value(await make('{"sub":"alice"}', { text: pair.secret, algorithm }))
      const { view, signature } = await read(text, { text: pair.open, algorithm })
      expect(view.algorithm).toBe(algorithm)
      expect(signature?.state).toBe('valid')
    },
  )
  it.each(['HS256', 'HS384', 'HS512'])('%s', async (algorithm) => {
    const { text } = value(await make('{"sub":"alice"}', { ...secret, algorithm }))
    expect((await read(text, { ...secret, algorithm })).signature?.state).toBe('valid')
  })
  it('refuses to sign with a public key', async () => {
    expect(code(await make('{}', { text: rsa.open }))).toBe('key_cannot_sign')
  })
  it('never lets the token choose where the key names no algorithm', async () => {
    const { text } = value(await make('{"sub":"alice"}', { text: rsa.secret, algorithm: 'PS256' }))
    const { signature } = await read(text, { text: rsa.open })
    expect(signature).toMatchObject({ state: 'invalid', code: 'alg_refused' })
  })
})

/** Kinds by template, where they differ in name. */
const kindOf: Record<string, string> = {
  jwt_bearer: 'plain',
  bound_access: 'access',
  delegated: 'access',
}

describe('templates', () => {
  const key = { text: ec() }
  it.each(tokenTemplates.map((template) => [template.label, template] as const))(
    '%s is made and recognised as what it is',
    async (_label, { id, header, payload, disclosable }) => {
      const { text } = value(
        await makeToken({ header, payload, key, ...defined({ disclosable }) }, context, readPem),
      )
      const [compact = '', ...disclosures] = text.split('~')
      const { view, signature } = await read(compact, key)
      expect(view.kind?.id).toBe(kindOf[id] ?? id)
      expect(signature?.state).toBe('valid')
      const bad = view.checks.filter(({ state }) => state === 'invalid')
      expect(bad.map(({ id: check, detail }) => `${check}: ${detail}`)).toEqual([])
      expect(disclosures.filter((each) => each !== '')).toHaveLength(disclosable?.length ?? 0)
    },
  )
  it('are fourteen', () => {
    expect(new Set(tokenTemplates.map(({ id }) => id)).size).toBe(14)
  })
})

it('says what cannot be read', async () => {
  expect(code(await make('[1]'))).toBe('payload_unreadable')
  expect(code(await make('{'))).toBe('payload_unreadable')
  expect(code(await make('{}', secret, 'x'))).toBe('header_unreadable')
  expect(code(await make('{}', { text: '' }))).toBe('key_missing')
  expect(code(await make('{}', { text: 'zz', encoding: 'hex' }))).toBe('secret_unreadable')
  expect(code(await make('{}', { ...secret, algorithm: 'RS256' }))).toBe('key_no_algorithm')
  expect(code(await make('{}', secret, '{"alg":"RS256"}'))).toBe('key_unfit')
})

it('reads the same secret in every spelling', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), (bytes) => {
      for (const encoding of ['hex', 'base64', 'base64url'] as const) {
        const given = value(readGivenKey({ text: Buffer.from(bytes).toString(encoding), encoding }, readPem))
        expect(Buffer.from(given.secret ?? []).equals(Buffer.from(bytes))).toBe(true)
      }
    }),
  )
})

it('reads times in words', () => {
  const seconds = Math.floor(now / 1000)
  expect(readTimeWords('now', now)).toBe(seconds)
  expect(readTimeWords('now + 1h', now)).toBe(seconds + 3_600)
  expect(readTimeWords('NOW-5m', now)).toBe(seconds - 300)
  expect(readTimeWords('now + 1h 30m', now)).toBe(seconds + 5_400)
  for (const odd of ['later', 'now + ', 'now + 1y', 'now ++ 1h', 'now + 1h x']) {
    expect(readTimeWords(odd, now)).toBeUndefined()
  }
})

it('never throws on what is typed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string(),
      fc.string(),
      fc.string({ maxLength: 60 }),
      async (header, payload, text) => {
        const made = await makeToken({ header, payload, key: { text } }, context, readPem)
        expect(made.ok || made.error.next !== undefined).toBe(true)
      },
    ),
  )
})
