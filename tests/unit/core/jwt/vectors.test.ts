import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { decodeBase64url } from '../../../../src/core/jwt/text/base64url.ts'
import { readCompactJws } from '../../../../src/core/jwt/text/compact.ts'
import { decodeToken } from '../../../../src/core/jwt/text/decode.ts'
import { verifySignature } from '../../../../src/core/jwt/keys/verify-signature.ts'
import type { SignatureOutcome } from '../../../../src/core/jwt/keys/verify-signature.ts'

const folder = resolve('../shared/vectors')
const there = existsSync(folder)
const title = there ? 'public vectors' : `public vectors (skipped: ${folder} is not there)`
const json = (...path: string[]): unknown => JSON.parse(readFileSync(join(folder, ...path), 'utf8'))

interface Vector {
  tcId: number
  comment: string
  result: 'valid' | 'invalid'
  jws?: unknown
  jwe?: unknown
}
interface Group {
  comment: string
  public?: Record<string, unknown>
  private?: Record<string, unknown>
  tests: Vector[]
}

const groups = (file: string): Group[] => (json('wycheproof', file) as { testGroups: Group[] }).testGroups

/** The group's key is the issuer's published key; a single symmetric key is the client secret. */
const verify = async (
  text: string,
  key: Record<string, unknown>,
): Promise<SignatureOutcome | 'malformed'> => {
  const jws = readCompactJws(text)
  if (!jws.ok) return 'malformed'
  if (key.kty === 'oct') {
    const secret = decodeBase64url(String(key.k))
    if (!secret.ok) throw new Error('the vector holds a bad secret')
    return verifySignature(jws.value, {
      secret: secret.bytes,
      ...(typeof key.alg === 'string' && { algorithms: [key.alg] }),
    })
  }
  return verifySignature(jws.value, { keys: { keys: Array.isArray(key.keys) ? key.keys : [key] } })
}

const differences = async (file: string): Promise<{ compared: number; different: Map<number, string> }> => {
  const different = new Map<number, string>()
  let compared = 0
  for (const group of groups(file))
    for (const { tcId, comment, result, jws } of group.tests) {
      if (typeof jws !== 'string') continue
      compared++
      const outcome = await verify(jws, group.public ?? group.private ?? {})
      const accepted = outcome !== 'malformed' && outcome.state === 'valid'
      if (accepted !== (result === 'valid'))
        different.set(tcId, `${result} ${comment} ${JSON.stringify(outcome)}`)
    }
  return { compared, different }
}

/** Vectors with whose result Gatehouse does not agree, and why. */
const defective = {
  346: 'the key is reserved for PS256, the token says PS384',
  347: 'the key is reserved for ES521, which is no algorithm',
  350: 'the key is reserved for PS256, the token says PS384',
  351: 'the key is reserved for ES521, which is no algorithm',
  367: 'named after a defect, but its text is the sound token',
  370: 'named after a defect, but its text is the sound token',
  372: 'a character outside base64url is in the header and the vector calls it valid',
  373: 'a character outside base64url is in the payload and the vector calls it valid',
}
const symmetricInSet = 'a shared secret in a published key set is no secret: refused by design'

describe.skipIf(!there)(title, () => {
  it.each([
    ['json_web_signature_test.json', 401, defective],
    ['json_web_crypto_test.json', 48, { 48: symmetricInSet }],
    [
      'json_web_key_test.json',
      26,
      { 2: symmetricInSet, 13: symmetricInSet, 14: symmetricInSet, 15: symmetricInSet },
    ],
  ])('Wycheproof %s: agrees on all of %d but those listed', async (file, count, known) => {
    const { compared, different } = await differences(file)
    expect(compared).toBe(count)
    expect(Object.fromEntries(different), 'unexpected differences').toEqual(
      Object.fromEntries(Object.keys(known).map((tcId) => [tcId, expect.any(String)])),
    )
  })

  it('recognises every valid encrypted token as one', () => {
    const texts = groups('json_web_encryption_test.json').flatMap(({ tests }) =>
      tests.filter(({ result }) => result === 'valid').map(({ jwe }) => jwe),
    )
    expect(texts.length).toBeGreaterThan(30)
    for (const text of texts) if (typeof text === 'string') expect(decodeToken(text).format, text).toBe('jwe')
  })

  const cookbook = there
    ? [
        ...readdirSync(join(folder, 'ietf-jose-cookbook/jws')).map((name) => `jws/${name}`),
        'curve25519/jws.json',
      ].filter((name) => !/4_[5678]/.test(name))
    : []
  it.each(cookbook)('RFC 7520 and RFC 8037 cookbook: %s verifies, and not when changed', async (name) => {
    const vector = json('ietf-jose-cookbook', name) as {
      input: { key: Record<string, unknown> }
      output: { compact: string }
    }
    const text = vector.output.compact
    expect(await verify(text, vector.input.key)).toMatchObject({ state: 'valid' })
    const [header = '', payload = '', signature = ''] = text.split('.')
    const changed = `${header}.${payload.startsWith('A') ? 'B' : 'A'}${payload.slice(1)}.${signature}`
    expect(await verify(changed, vector.input.key)).toMatchObject({
      state: 'invalid',
      code: 'signature_wrong',
    })
  })

  const latchset = there
    ? readdirSync(join(folder, 'rfc-latchset-jose')).filter((name) => name.endsWith('.jwsc'))
    : []
  it.each(latchset)('latchset %s', async (name) => {
    const text = readFileSync(join(folder, 'rfc-latchset-jose', name), 'utf8').trim()
    const keyFile = name.replace('jwsc', 'jwk')
    if (name === 'rfc7515_A.5.jwsc') {
      expect(await verify(text, { kty: 'RSA' })).toMatchObject({ state: 'invalid', code: 'alg_none' })
      return
    }
    // Some of the files only name another one.
    const content = readFileSync(join(folder, 'rfc-latchset-jose', keyFile), 'utf8').trim()
    const key = content.startsWith('{') ? JSON.parse(content) : json('rfc-latchset-jose', content)
    const outcome = await verify(text, key as Record<string, unknown>)
    // 4.5 is a detached payload, which no token has.
    if (name === 'rfc7520_4.5.jwsc')
      expect(outcome).toMatchObject({ state: 'invalid', code: 'signature_wrong' })
    else expect(outcome).toMatchObject({ state: 'valid' })
  })
})
