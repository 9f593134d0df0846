import { createPrivateKey } from 'node:crypto'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { createBenchKeys, type BenchKey } from '../../../../../src/core/app/tokens/bench-keys.ts'
import { createTokenBench } from '../../../../../src/core/app/tokens/token-bench.ts'
import { fail } from '../../../../../src/core/contract/result.ts'
import { createProviderKeys } from '../../../../../src/core/oauth/discovery/jwks.ts'
import { readChain } from '../../../../../src/node/crypto/read-chain.ts'
import { readPem } from '../../../../../src/node/crypto/read-pem.ts'
import { writePem } from '../../../../../src/node/crypto/write-pem.ts'
import { leafCertificate, leafKey } from '../../jwt/certificates.ts'
import { fakeFetch, issuer } from '../../oauth/fake.ts'

const now = Date.UTC(2026, 5, 1)
const { publicKey, privateKey } = await generateKeyPair('RS256')
const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256' }
const jwks = `${issuer}/jwks`
/** Self-signed, of no one's key here. */
const certificate = `MIIBdjCCAR2gAwIBAgIUIEP9N55FgaMI8iM1m0gkWWXY0a8wCgYIKoZIzj0EAwIw`

const world = (replies: Parameters<typeof fakeFetch>[0]) => {
  const fetch = fakeFetch(replies)
  const providerKeys = createProviderKeys({ fetch, now: () => now })
  const bench = createTokenBench({
    keys: createBenchKeys({ fetch, providerKeys, readPem, ringKey: () => fail('key_unknown', 'none') }),
    randomBytes: (length) => new Uint8Array(length),
    session: () => ({ user: { id: 'u' }, environment: { id: 'here' } }) as never,
    clock: { now: () => now },
    connections: { list: () => [], get: () => undefined } as never,
    providerKeys,
    readPem,
    writePem,
    readChain,
    readClipboard: async () => '',
  })
  async function read(text: string, key: BenchKey) {
    const answer = await bench.inspect({ text, key, kind: 'access' })
    if (!answer.ok) throw new Error(answer.error.code)
    const checks = Object.fromEntries(answer.value.token.checks.map((check) => [check.id, check]))
    return { ...answer.value, checks, verdict: answer.value.token.verdict.state }
  }
  return { bench, read, sent: () => fetch.sent.map(({ url }) => url) }
}

async function token(header = {}, iss = issuer): Promise<string> {
  return new SignJWT({ iss, exp: now / 1000 + 60 })
    .setProtectedHeader({ alg: 'RS256', kid: 'one', ...header })
    .sign(privateKey)
}
const metadata = {
  issuer,
  jwks_uri: jwks,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  response_types_supported: ['code'],
}
const published = {
  [`${issuer}/.well-known/openid-configuration`]: { body: metadata },
  [jwks]: { body: { keys: [jwk] } },
}

describe('keys at an address', () => {
  it('come from an issuer, at a press, and the issuer is expected', async () => {
    const { bench, read, sent } = world(published)
    const address = 'as.example'
    const before = await read(await token(), { address })
    expect([before.keyTrouble?.code, sent()]).toEqual(['keys_not_fetched', []])
    expect(await bench.fetchKeys({ address })).toMatchObject({ value: { says: `the key at ${jwks}` } })
    expect(sent()).toEqual([`${issuer}/.well-known/openid-configuration`, jwks])
    const { checks } = await read(await token(), { address })
    expect(checks['signature']).toMatchObject({ state: 'valid', detail: expect.stringContaining(jwks) })
    expect(checks['issuer']?.state).toBe('valid')
    expect((await read(await token({}, 'https://evil.example'), { address })).checks['issuer']).toMatchObject(
      {
        code: 'iss_wrong',
      },
    )
    expect(sent()).toHaveLength(2)
  })

  it('come from a key set, under their names alone', async () => {
    const { bench, read } = world(published)
    await bench.fetchKeys({ address: jwks })
    expect((await read(await token(), { address: jwks })).checks['signature']?.state).toBe('valid')
    const other = await read(await token({ kid: 'two' }), { address: jwks })
    expect(other.checks['signature']).toMatchObject({ state: 'not-checked', code: 'kid_unknown' })
    const pinned = await read(await token(), { address: jwks, algorithm: 'PS256' })
    expect(pinned.keyTrouble?.code).toBe('key_no_algorithm')
  })

  it.each([
    ['plain http to another computer', 'http://as.example/jwks', 'endpoint_insecure', 0],
    ['another scheme', 'file:///etc/passwd', 'endpoint_scheme', 0],
    ['a set without keys', `${issuer}/empty-jwks`, 'keys_none', 5],
    ['nothing there', `${issuer}/none`, 'discovery_not_found', 5],
  ])('refuses %s', async (_what, address, code, messages) => {
    const { bench, sent } = world({ [`${issuer}/empty-jwks`]: { body: { keys: [] } } })
    expect(await bench.fetchKeys({ address })).toMatchObject({ error: { code } })
    expect(sent()).toHaveLength(messages)
  })

  it('asks again at every press, and forgets the oldest of twenty addresses', async () => {
    const { bench, read, sent } = world({
      ...Object.fromEntries(
        Array.from({ length: 21 }, (_, at) => [`${jwks}${at}`, { body: { keys: [jwk] } }]),
      ),
    })
    for (let at = 0; at < 21; at += 1) await bench.fetchKeys({ address: `${jwks}${at}` })
    await bench.fetchKeys({ address: `${jwks}20` })
    expect(sent()).toHaveLength(22)
    expect((await read(await token(), { address: `${jwks}0` })).keyTrouble?.code).toBe('keys_not_fetched')
    expect((await read(await token(), { address: `${jwks}1` })).checks['signature']?.state).toBe('valid')
  })
})

describe('keys that a token names itself', () => {
  it('are named, and not used', async () => {
    const { bench, sent } = world(published)
    const text = await token({ jku: jwks, jwk, x5u: `${issuer}/cert`, x5c: [certificate] })
    const answer = await bench.inspect({ text })
    expect(answer.ok && answer.value.named).toEqual([
      { by: 'jwk' },
      { by: 'x5c' },
      { by: 'jku', address: jwks },
      { by: 'x5u', address: `${issuer}/cert` },
    ])
    expect(sent()).toEqual([])
  })

  it.each([
    ['jwk', { jwk }],
    ['jku', { jku: jwks }],
  ] as const)('prove nothing if they fit: %s', async (named, header) => {
    const { bench, read } = world(published)
    const text = await token(header)
    if (named === 'jku') await bench.fetchKeys({ text, named })
    const { checks, verdict } = await read(text, { named })
    expect(checks['signature']).toMatchObject({ state: 'notice', code: 'key_untrusted' })
    expect(verdict).toBe('not_checked')
    const [signed] = text.split(/\.(?=[^.]*$)/)
    const forged = await read(`${signed}.${'A'.repeat(342)}`, { named })
    expect(forged.checks['signature']).toMatchObject({ state: 'invalid', code: 'signature_wrong' })
  })

  it('are fetched from the address that the token names and from no other, which makes no issuer right', async () => {
    const { bench, read, sent } = world({
      ...published,
      'https://evil.example/.well-known/openid-configuration': { body: metadata },
    })
    const elsewhere = await token({ jku: 'https://evil.example/' })
    expect(await bench.fetchKeys({ text: elsewhere, named: 'jku' })).toMatchObject({ ok: false })
    expect(sent().every((url) => url === 'https://evil.example/')).toBe(true)
    await bench.fetchKeys({ address: issuer })
    const named = await read(await token({ jku: issuer }), { named: 'jku' })
    expect(named.checks['issuer']?.state).not.toBe('valid')
  })

  it('are the public half of what is inside alone', async () => {
    const { read } = world({})
    const { key } = await read(await token({ jwk: { ...(await exportJWK(publicKey)), d: 'AA' } }), {
      named: 'jwk',
    })
    expect(key?.canSign).toBe(false)
    expect((await read(await token(), { named: 'jwk' })).keyTrouble?.code).toBe('key_missing')
    expect((await read(await token({ x5c: [certificate] }), { named: 'x5c' })).keyTrouble?.code).toBe(
      'key_unreadable',
    )
  })

  it('may be certificates, inside or at an address', async () => {
    const pem = `-----BEGIN CERTIFICATE-----\n${leafCertificate}\n-----END CERTIFICATE-----\n`
    const { bench, read, sent } = world({ [`${issuer}/cert`]: { body: pem } })
    const signed = (header: object) =>
      new SignJWT({ iss: issuer })
        .setProtectedHeader({ alg: 'ES256', ...header })
        .sign(createPrivateKey(leafKey))
    const inside = await signed({ x5c: [leafCertificate] })
    expect((await read(inside, { named: 'x5c' })).checks['signature']?.code).toBe('key_untrusted')
    const elsewhere = await signed({ x5u: `${issuer}/cert` })
    expect(sent()).toEqual([])
    expect(await bench.fetchKeys({ text: elsewhere, named: 'x5u' })).toMatchObject({
      value: { says: `the certificate at ${issuer}/cert` },
    })
    expect((await read(elsewhere, { named: 'x5u' })).checks['signature']?.code).toBe('key_untrusted')
    const plain = await signed({ x5u: 'http://as.example/cert' })
    expect(await bench.fetchKeys({ text: plain, named: 'x5u' })).toMatchObject({
      error: { code: 'endpoint_insecure' },
    })
    expect(sent()).toEqual([`${issuer}/cert`])
  })

  it('are no certificate where the address has none', async () => {
    const { bench } = world({ [`${issuer}/cert`]: { body: 'no' } })
    const text = await token({ x5u: `${issuer}/cert` })
    expect(await bench.fetchKeys({ text, named: 'x5u' })).toMatchObject({
      error: { code: 'keys_no_certificate' },
    })
    expect(await bench.fetchKeys({ text, named: 'jku' })).toMatchObject({ error: { code: 'keys_none' } })
  })
})
