import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { inspectToken } from '../../../../../src/core/jwt/explain/inspect-token.ts'
import { readGivenKey } from '../../../../../src/core/jwt/keys/given-key.ts'
import { readPem } from '../../../../../src/node/crypto/read-pem.ts'
import { writePem } from '../../../../../src/node/crypto/write-pem.ts'
import { decodeJwt, encode, now } from '../sample.ts'

function sign(secret: string | Buffer, alg = 'HS256'): string {
  const signed = `${encode({ alg })}.${encode({ sub: 'admin' })}`
  return `${signed}.${createHmac(alg.replace('HS', 'sha'), secret).update(signed).digest('base64url')}`
}
async function attacks(text: string, keyText?: string): Promise<string[]> {
  const given = keyText === undefined ? undefined : readGivenKey({ text: keyText }, readPem)
  if (given?.ok === false) throw new Error(given.error.code)
  const key = given && keyText !== undefined ? { given: given.value, text: keyText, writePem } : undefined
  const view = await inspectToken(decodeJwt(text).text, { now, ...(key && { key }) })
  return view.checks.flatMap(({ id, code }) => (id.startsWith('attack-') && code ? [code] : []))
}

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pemOf = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString()
const spki = pemOf(rsa.publicKey)
const pkcs1 = rsa.publicKey.export({ type: 'pkcs1', format: 'pem' }).toString()
const jwk = rsa.publicKey.export({ format: 'jwk' })
const json = JSON.stringify(jwk)
const certificate = `-----BEGIN CERTIFICATE-----\n${'QUJD'.repeat(16)}\nQUJD\n-----END CERTIFICATE-----`
const withCertificate = JSON.stringify({ ...jwk, x5c: ['QUJD'.repeat(17)] })
const named = JSON.stringify({ ...jwk, kid: 'one', use: 'sig', alg: 'RS256' })

/** The texts in which the same public key can have been the secret. */
const secrets: [name: string, secret: string][] = [
  ['SPKI', spki],
  ['PKCS#1', pkcs1],
].flatMap(([name = '', pem = '']): [string, string][] => [
  [name, pem],
  [`${name} without its line end`, pem.trim()],
  [`${name} behind a space`, ` ${pem.trim()}`],
  [`${name} behind a space, with its line end`, ` ${pem}`],
  [`${name} with CR LF`, pem.replaceAll('\n', '\r\n')],
  [`${name} with CR LF, without the last`, pem.trim().replaceAll('\n', '\r\n')],
])

describe.each([
  ['SPKI', spki],
  ['PKCS#1', pkcs1],
  ['a JWK', json],
  ['a JWK with a name', named],
  ['a JWK Set', `{"keys":[${named}]}`],
  ['the private key', rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
])('with the key at hand as %s', (_given, keyText) => {
  it.each([...secrets, ['JWK', json], ['JWK Set', `{"keys":[${json}]}`]])(
    'a token whose secret was the public key as %s is algorithm confusion',
    async (_name, secret) => {
      expect(await attacks(sign(secret), keyText)).toEqual(['algorithm_confusion'])
    },
  )
  it('a token with a secret of its own is not', async () => {
    expect(await attacks(sign('a secret of its own'), keyText)).toEqual([])
  })
})

it('is found with the text that was given, whatever it is', async () => {
  const pretty = JSON.stringify({ ...jwk, kid: 'one' }, null, 2)
  for (const secret of [pretty, `${pretty}\n`, `\t${pretty}\t`])
    expect(await attacks(sign(secret), secret)).toEqual(['algorithm_confusion'])
})
it.each([certificate, `${certificate}\n`])('is found with the certificate of the key: %j', async (secret) => {
  expect(await attacks(sign(secret), withCertificate)).toEqual(['algorithm_confusion'])
})
it.each(['HS256', 'HS384', 'HS512'])('is found with %s', async (alg) => {
  expect(await attacks(sign(pkcs1, alg), spki)).toEqual(['algorithm_confusion'])
})
it.each([
  ['P-256', generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey],
  ['P-384', generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey],
  ['P-521', generateKeyPairSync('ec', { namedCurve: 'P-521' }).publicKey],
  ['secp256k1', generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey],
  ['Ed25519', generateKeyPairSync('ed25519').publicKey],
  ['RSA of 1024 bits', generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey],
])('is found with the PEM of a %s key given as JWK', async (_name, publicKey) => {
  const text = JSON.stringify(createPublicKey(pemOf(publicKey)).export({ format: 'jwk' }))
  expect(await attacks(sign(pemOf(publicKey)), text)).toEqual(['algorithm_confusion'])
})
it('is not claimed with the public key of somebody else', async () => {
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey
  expect(await attacks(sign(spki), pemOf(other))).toEqual([])
})

it.each([
  ['a number of a megabit', { ...jwk, n: 'A'.repeat(200_000) }],
  ['no numbers', { kty: 'RSA', n: '', e: '' }],
  ['a point on no curve', { kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA' }],
  ['certificates that are none', { ...jwk, x5c: [7] }],
])('a key with %s does no harm', async (_name, key) => {
  expect(await attacks(sign('x'), JSON.stringify(key))).toEqual([])
})

describe('a secret that is nothing', () => {
  it.each(['', '\u0000', ' ', '\t', '\n', '\r\n'])('%j is named, key or no key', async (secret) => {
    expect(await attacks(sign(secret))).toEqual(['empty_secret'])
    expect(await attacks(sign(secret, 'HS512'), spki)).toEqual(['empty_secret'])
  })
  it.each([
    ['', 'empty'],
    [' ', 'a space'],
    ['\t', 'a tab'],
    ['\n', 'a line break'],
    ['\r\n', 'CR LF'],
  ])('%j is called %s', async (secret, called) => {
    const view = await inspectToken(sign(secret), { now })
    expect(view.checks.find(({ code }) => code === 'empty_secret')?.detail).toContain(
      `a secret that is ${called}.`,
    )
  })
  it.each(['a', 'secret', '0'])('%j is short, and something', async (secret) => {
    expect(await attacks(sign(secret))).toEqual([])
  })
})
