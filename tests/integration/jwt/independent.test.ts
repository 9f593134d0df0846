import { spawnSync } from 'node:child_process'
import { generateKeyPairSync, type JsonWebKey } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Result } from '../../../src/core/contract/result.ts'
import { contentEncryptionNames, contentEncryptions } from '../../../src/core/contract/tables/token-forms.ts'
import { tokenTemplates } from '../../../src/core/contract/tables/token-templates.ts'
import { inspectToken } from '../../../src/core/jwt/explain/inspect-token.ts'
import { readGivenKey, type KeyInput } from '../../../src/core/jwt/keys/given-key.ts'
import { makeToken } from '../../../src/core/jwt/make/make-token.ts'
import type { TokenDraft } from '../../../src/core/jwt/make/token-draft.ts'
import { findTokens } from '../../../src/core/jwt/text/find-tokens.ts'
import { readPem } from '../../../src/node/crypto/read-pem.ts'
import { writePem } from '../../../src/node/crypto/write-pem.ts'

const script = join(import.meta.dirname, 'independent.py')
/** A Python that has jwcrypto and PyJWT (Debian: python3-jwcrypto, python3-jwt); undefined where there is none. */
const python = ['/usr/bin/python3', 'python3'].find(
  (each) => spawnSync(each, ['-c', 'import jwcrypto, jwt; jwt.PyJWK']).status === 0,
)

type Answer = { ok: true; value: unknown } | { ok: false; error: string }

function ask(asked: { verify?: object[]; make?: object[] }): { verified: Answer[]; made: Answer[] } {
  const input = JSON.stringify({ verify: [], make: [], ...asked })
  const { stdout, stderr, status } = spawnSync(python ?? '', ['-I', script], { input, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as ReturnType<typeof ask>
}

const now = Date.UTC(2026, 10, 26, 12)
const context = { now, randomBytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) }
const claims = { iss: 'https://issuer.example', user_id: 42, exp: now / 1000 + 600 }

function pair(type: 'RSA' | 'EC' | 'OKP', crv = ''): { own: JsonWebKey; open: JsonWebKey } {
  const { privateKey, publicKey } =
    type === 'RSA'
      ? generateKeyPairSync('rsa', { modulusLength: 2_048 })
      : type === 'EC'
        ? generateKeyPairSync('ec', { namedCurve: crv })
        : crv === 'X25519'
          ? generateKeyPairSync('x25519')
          : generateKeyPairSync('ed25519')
  return { own: privateKey.export({ format: 'jwk' }), open: publicKey.export({ format: 'jwk' }) }
}
function secret(length: number) {
  const key = { kty: 'oct', k: Buffer.alloc(length, 'gatehouse').toString('base64url') }
  return { own: key, open: key }
}

const rsa = pair('RSA')
const [p256, p384, p521] = ['P-256', 'P-384', 'P-521'].map((crv) => pair('EC', crv)) as [Pair, Pair, Pair]
type Pair = ReturnType<typeof pair>

/** Every signature that Gatehouse makes but three. The other side, in these versions, knows neither `Ed25519` as an `alg`
 *  (RFC 9864), though EdDSA is the same, nor ML-DSA; ES256K and Ed448 are not made here. */
const signatures: [alg: string, pair: Pair][] = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'].map((alg): [string, Pair] => [alg, rsa]),
  ['ES256', p256],
  ['ES384', p384],
  ['ES512', p521],
  ['EdDSA', pair('OKP', 'Ed25519')],
  ['HS256', secret(32)],
  ['HS384', secret(48)],
  ['HS512', secret(64)],
]

/** Every key management but RSA-OAEP-384 and RSA-OAEP-512, which the other side does not know. */
const encryptions: [alg: string, pair: Pair][] = [
  ['RSA-OAEP', rsa],
  ['RSA-OAEP-256', rsa],
  ['ECDH-ES', p256],
  ['ECDH-ES', p521],
  ['ECDH-ES', pair('OKP', 'X25519')],
  ['ECDH-ES+A128KW', p256],
  ['ECDH-ES+A192KW', p384],
  ['ECDH-ES+A256KW', p521],
  ['A128KW', secret(16)],
  ['A192KW', secret(24)],
  ['A256KW', secret(32)],
  ['A128GCMKW', secret(16)],
  ['A192GCMKW', secret(24)],
  ['A256GCMKW', secret(32)],
  ['PBES2-HS256+A128KW', secret(20)],
  ['PBES2-HS384+A192KW', secret(20)],
  ['PBES2-HS512+A256KW', secret(20)],
]

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}
const keyOf = (jwk: object, algorithm: string): KeyInput => ({ text: JSON.stringify(jwk), algorithm })
const make = async (draft: Partial<TokenDraft>): Promise<string> =>
  value(await makeToken({ header: '{}', payload: JSON.stringify(claims), ...draft }, context, readPem)).text
async function read(text: string, key: KeyInput) {
  const [found] = findTokens(text)
  return inspectToken(found?.text ?? '', {
    now,
    json: found?.json,
    key: { given: value(readGivenKey(key, readPem)), text: key.text, writePem },
  })
}
const refused = (answers: Answer[]) =>
  answers.flatMap((each, at) => (each.ok ? [] : [`${at}: ${each.error}`]))

describe.skipIf(python === undefined)('an independent implementation (jwcrypto, PyJWT)', () => {
  it('verifies every template, signed with every algorithm', async () => {
    const verify: { token: string; key: object; alg: string; payload: string }[] = []
    for (const { header, payload, disclosable } of tokenTemplates)
      for (const [alg, { own, open }] of signatures) {
        const made = await make({
          header,
          payload,
          key: keyOf(own, alg),
          ...(disclosable && { disclosable }),
        })
        const [token = ''] = made.split('~')
        verify.push({ token, key: open, alg, payload: token.split('.')[1] ?? '' })
      }
    expect(verify).toHaveLength(tokenTemplates.length * signatures.length)
    const { verified } = ask({ verify })
    expect(refused(verified)).toEqual([])
    expect(verified).toEqual(
      verify.map(({ payload }) => ({
        ok: true,
        value: JSON.parse(Buffer.from(payload, 'base64url').toString()),
      })),
    )
    const altered = verify.map((each) => ({
      ...each,
      token: each.token.replace(
        `.${each.payload}.`,
        `.${Buffer.from('{"sub":"eve"}').toString('base64url')}.`,
      ),
    }))
    expect(ask({ verify: altered }).verified.filter(({ ok }) => ok)).toEqual([])
  })

  it('reads the JSON forms', async () => {
    const forms = (['flattened', 'general'] as const).flatMap((form) =>
      signatures.map(async ([alg, { own, open }]) => ({
        token: await make({ form, key: keyOf(own, alg) }),
        key: open,
        alg,
      })),
    )
    expect(refused(ask({ verify: await Promise.all(forms) }).verified)).toEqual([])
  })

  it('decrypts every key management and content encryption, and verifies what is inside', async () => {
    const [signing, signer] = signatures[6] ?? ['', rsa]
    const cases = [
      ...encryptions.map(([alg, key]) => ({ alg, key, enc: 'A256GCM' as const })),
      ...contentEncryptionNames.flatMap((enc) => [
        { alg: 'RSA-OAEP-256', key: rsa, enc },
        { alg: 'dir', key: secret(contentEncryptions[enc]), enc },
      ]),
    ]
    const verify = await Promise.all(
      cases.map(async ({ alg, key, enc }) => ({
        token: await make({
          key: keyOf(signer.own, signing),
          encrypt: { key: keyOf(key.open, alg), enc },
        }),
        key: key.own,
        alg,
        enc,
        inside: { key: signer.open, alg: signing },
      })),
    )
    const { verified } = ask({ verify })
    expect(refused(verified)).toEqual([])
    expect(verified).toEqual(cases.map(() => ({ ok: true, value: claims })))
  })

  it('makes what Gatehouse verifies and decrypts, in compact and JSON form', async () => {
    const cases = [true, false].flatMap((compact) => [
      ...signatures.map(([alg, key]) => ({ alg, key, compact })),
      ...encryptions.map(([alg, key]) => ({ alg, key, enc: 'A128CBC-HS256', compact })),
      ...contentEncryptionNames.map((enc) => ({
        alg: 'dir',
        key: secret(contentEncryptions[enc]),
        enc,
        compact,
      })),
    ])
    const { made } = ask({
      make: cases.map(({ key, ...rest }) => ({
        ...rest,
        key: 'enc' in rest ? key.open : key.own,
        payload: claims,
      })),
    })
    expect(refused(made)).toEqual([])
    for (const [at, each] of cases.entries()) {
      const answer = made[at]
      const text = answer?.ok ? String(answer.value) : ''
      const key = keyOf('enc' in each ? each.key.own : each.key.open, each.alg)
      const view = await read(text, key)
      const inside = view.format === 'jwt' ? view.claims.find(({ name }) => name === 'user_id')?.text : ''
      expect([each.alg, inside]).toEqual([each.alg, '42'])
      // Encrypted without a signature: anyone with the public key could have made it.
      if (!('enc' in each)) expect([each.alg, view.verdict.state]).toEqual([each.alg, 'holds'])
      const check = view.checks.find(({ id }) => id === ('enc' in each ? 'encryption' : 'signature'))
      expect([each.alg, check?.state]).toEqual([each.alg, 'valid'])
    }
  })
})
