import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { makeToken } from '../../../../src/core/jwt/make/make-token.ts'
import { tokenTemplates } from '../../../../src/core/contract/tables/token-templates.ts'
import { readPem } from '../../../../src/node/crypto/read-pem.ts'
import { aboveLimit, sizeOf } from '../../../../src/renderer/src/features/token-bench/make/token-size.ts'

const made = async (header: string, payload: string, text: string, algorithm: string) => {
  const answer = await makeToken(
    { header, payload, key: { text, algorithm } },
    { now: Date.UTC(2026, 5, 1), randomBytes: (length) => randomBytes(length) },
    readPem,
  )
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value.text
}
const pem = (pair: { privateKey: { export: (how: { type: 'pkcs8'; format: 'pem' }) => string | Buffer } }) =>
  pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

describe('the size of a token while it is typed', () => {
  it.each([
    ['HS256', 'a-secret-of-mine'],
    ['HS512', 'a-secret-of-mine'],
    ['RS256', pem(generateKeyPairSync('rsa', { modulusLength: 2048 }))],
    ['ES256', pem(generateKeyPairSync('ec', { namedCurve: 'P-256' }))],
    ['ES512', pem(generateKeyPairSync('ec', { namedCurve: 'P-521' }))],
    ['EdDSA', pem(generateKeyPairSync('ed25519'))],
  ])('is that of the token which %s signs', async (algorithm, key) => {
    for (const { header, payload } of tokenTemplates.filter((each) => !each.header.includes('public key'))) {
      const token = await made(header, payload, key, algorithm)
      const size = sizeOf(header, payload, algorithm)
      expect(size?.token).toBe(token.length)
      expect(size?.payload).toBe(Buffer.from(token.split('.')[1] ?? '', 'base64url').length)
    }
  })

  it('counts bytes, not characters, and the lack of a signature', () => {
    expect(sizeOf('', '{"a":"é"}', 'none')).toEqual({ payload: 10, token: 19 + 1 + 14 + 1 })
  })

  it('is not known while there is no JSON object', () => {
    for (const text of ['{"a":', '[]', '1', '', 'null']) expect(sizeOf('{}', text, 'HS256')).toBeNull()
    expect(sizeOf('{', '{}', 'HS256')).toBeNull()
  })

  it('is above the limit that it is above', () => {
    expect([4_096, 4_097, 8_193, 16_385].map((size) => /\d+ KB/.exec(aboveLimit(size))?.[0])).toEqual([
      undefined,
      '4 KB',
      '8 KB',
      '16 KB',
    ])
  })
})
