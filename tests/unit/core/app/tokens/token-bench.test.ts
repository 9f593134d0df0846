import { createHash } from 'node:crypto'
import { readChain } from '../../../../../src/node/crypto/read-chain.ts'
import { readPem } from '../../../../../src/node/crypto/read-pem.ts'
import { writePem } from '../../../../../src/node/crypto/write-pem.ts'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { createBenchKeys } from '../../../../../src/core/app/tokens/bench-keys.ts'
import { createTokenBench, pasteLimit } from '../../../../../src/core/app/tokens/token-bench.ts'
import type { Connection } from '../../../../../src/core/records/model.ts'
import { fail, ok } from '../../../../../src/core/contract/result.ts'
import { sampleToken } from '../../../../../src/renderer/src/features/token-bench/sample.ts'

/** RFC 7519’s own example of an unsecured JWT. */
const unsigned = 'eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UifQ.'
const now = Date.UTC(2026, 5, 1)
const issuer = 'https://sample.example'

const connection = (id: string, part: Partial<Connection> = {}): Connection =>
  ({
    id,
    name: id,
    environmentId: 'here',
    clientId: 'another-client',
    clientAuthentication: 'none',
    scope: 'openid orders:write',
    metadata: { issuer, jwks_uri: `${issuer}/jwks` },
    ...part,
  }) as Connection

const world = (connections: Connection[], clipboard = '', sets: { keys: object[] }[] = [{ keys: [] }]) => {
  const asked: string[] = []
  const bench = createTokenBench({
    keys: createBenchKeys({
      fetch: () => Promise.reject(new Error('offline')),
      providerKeys: () => Promise.reject(new Error('offline')),
      readPem,
      ringKey: () => fail('key_unknown', 'none'),
    }),
    randomBytes: (length) => new Uint8Array(length).fill(7),
    session: () => ({ user: { id: 'u' }, environment: { id: 'here' } }) as never,
    clock: { now: () => now },
    connections: {
      list: () => connections,
      get: (_user: string, id: string) => connections.find((each) => each.id === id),
    } as never,
    // The first question is answered by the first set, every further one by the last; kept keys are always renewed.
    providerKeys: async (url: string, { doubted = false } = {}) => {
      const isFirst = asked.length === 0
      asked.push(url)
      const { keys } = sets[isFirst || (asked.length === 2 && !doubted) ? 0 : sets.length - 1] ?? { keys: [] }
      return ok({
        keys: keys as never,
        fetchedAt: now,
        notes: [],
        ...((isFirst || doubted) && { asked: true as const }),
      })
    },
    readPem,
    writePem,
    readChain,
    readClipboard: async () => clipboard,
  })
  const inspect = async (input: Parameters<typeof bench.inspect>[0]) => {
    const answer = await bench.inspect(input)
    if (!answer.ok) throw new Error(answer.error.code)
    return answer.value
  }
  const states = async (input: Parameters<typeof bench.inspect>[0]) =>
    Object.fromEntries((await inspect(input)).token.checks.map((check) => [check.id, check]))
  return { bench, inspect, states, asked }
}

describe('token bench', () => {
  it('offers the connections of its issuer, its own client first, and asks nobody', async () => {
    const { inspect, asked } = world([
      connection('elsewhere', { environmentId: 'there' }),
      connection('other client'),
      connection('other issuer', { metadata: { issuer: 'https://id.example' } }),
      connection('own', { clientId: 'sample-client' }),
    ])
    const view = await inspect({ text: sampleToken(now) })
    expect(view.connections.map(({ name }) => name)).toEqual(['own', 'other client', 'elsewhere'])
    expect(asked).toEqual([])
  })

  it('offers a connection for all tenants to the token of one, and verifies it', async () => {
    const tid = '9122040d-6c67-4c5b-b112-36a304b66dad'
    const many = {
      issuer: 'https://login.example/{tenantid}/v2.0',
      jwks_uri: 'https://login.example/common/keys',
    }
    const { publicKey, privateKey } = await generateKeyPair('RS256')
    const keys = [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256' }]
    const { inspect, states } = world([connection('many', { metadata: many })], '', [{ keys }])
    const issued = (iss: string, claims = {}) =>
      new SignJWT({ iss, ...claims }).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(privateKey)
    const offered = async (text: string) => (await inspect({ text })).connections.map(({ id }) => id)
    const text = await issued(`https://login.example/${tid}/v2.0`, { tid })
    expect(await offered(text)).toEqual(['many'])
    expect(await states({ text, kind: 'access', connectionId: 'many', withKeys: true })).toMatchObject({
      signature: { state: 'valid' },
      issuer: { state: 'valid' },
    })
    expect(await offered(await issued(`https://login.example/${tid}/v2.0`))).toEqual(['many'])
    const another = tid.replace('9', '8')
    expect(await offered(await issued(`https://login.example/${another}/v2.0`, { tid }))).toEqual([])
    expect(await offered(await issued(`https://login.example.evil/${tid}/v2.0`, { tid }))).toEqual([])
  })

  it('offers a connection to v2 of Entra ID to v1 tokens of the same tenant, and verifies them', async () => {
    const [tid, other] = ['9122040d-6c67-4c5b-b112-36a304b66dad', '8122040d-6c67-4c5b-b112-36a304b66dad']
    const { publicKey, privateKey } = await generateKeyPair('RS256')
    const keys = [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256' }]
    const text = await new SignJWT({ iss: `https://sts.windows.net/${tid}/`, tid, ver: '1.0' })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .sign(privateKey)
    const to = (tenant: string) => ({
      metadata: {
        issuer: `https://login.microsoftonline.com/${tenant}/v2.0`,
        jwks_uri: `https://login.microsoftonline.com/${tenant}/discovery/v2.0/keys`,
      },
    })
    const own = [
      connection('own', to(tid)),
      connection('other', to(other)),
      connection('all', to('{tenantid}')),
    ]
    const { inspect, states } = world(own, '', [{ keys }])
    expect((await inspect({ text })).connections.map(({ id }) => id)).toEqual(['own', 'all'])
    for (const connectionId of ['own', 'all'])
      expect(await states({ text, kind: 'access', connectionId, withKeys: true })).toMatchObject({
        signature: { state: 'valid' },
        issuer: { state: 'valid', detail: expect.stringContaining('v1') },
      })
  })

  it('offers a connection for the issuer that its metadata name for access tokens', async () => {
    const metadata = { issuer, access_token_issuer: 'http://fs.example/services/trust' } as never
    const text = await new SignJWT({ iss: 'http://fs.example/services/trust' })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(Buffer.from('secret'))
    expect((await world([connection('fs', { metadata })]).inspect({ text })).connections).toHaveLength(1)
  })

  it('says that nothing is known of a pasted token', async () => {
    const { states } = world([])
    const { scope, issuer: from } = await states({ text: sampleToken(now) })
    expect(scope).toMatchObject({ state: 'not-checked', code: 'no_expectation' })
    expect(scope?.detail).toMatch(/was pasted/)
    expect(from?.code).toBe('no_expectation')
  })

  it('compares with a connection, offline', async () => {
    const { states, asked } = world([connection('own', { clientId: 'sample-client' }), connection('other')])
    const own = await states({ text: sampleToken(now), connectionId: 'own' })
    expect([own['issuer']?.state, own['client_id']?.state]).toEqual(['valid', 'valid'])
    expect(own['scope']).toMatchObject({ state: 'notice', code: 'scope_reduced' })
    expect(own['signature']).toMatchObject({ state: 'not-checked', detail: expect.stringContaining('asked') })
    const other = await states({ text: sampleToken(now), connectionId: 'other' })
    expect(other['client_id']).toMatchObject({ state: 'invalid', code: 'client_wrong' })
    expect(asked).toEqual([])
  })

  it('asks for the keys only by the second press', async () => {
    const { states, asked } = world([connection('own')])
    await states({ text: sampleToken(now), connectionId: 'own', withKeys: true })
    expect(asked).toEqual([`${issuer}/jwks`])
  })

  it('asks for the keys once more where one was replaced under its name', async () => {
    const [old, renewed] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')])
    const set = async ({ publicKey }: typeof old) => ({
      keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256' }],
    })
    const sets = [await set(old), await set(renewed)]
    const { states, asked } = world([connection('own')], '', sets)
    const signed = ({ privateKey }: typeof old) =>
      new SignJWT({ iss: issuer }).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(privateKey)
    const by = { connectionId: 'own', withKeys: true }
    const first = await states({ text: await signed(renewed), ...by })
    // The keys came just now: nobody is asked twice for one token.
    expect([first['signature']?.code, asked.length]).toEqual(['signature_wrong', 1])
    expect((await states({ text: await signed(renewed), ...by }))['signature']?.state).toBe('valid')
    expect(asked).toHaveLength(3)
    expect((await states({ text: await signed(old), ...by }))['signature']).toMatchObject({
      code: 'signature_wrong',
      detail: expect.stringContaining('was asked for its keys again'),
    })
    expect(asked).toHaveLength(5)
  })

  it.each([
    ['says', undefined, 'RS512', 'key_unpinned'],
    ['says', ['RS256', 'RS512'], 'RS512', 'key_unpinned'],
    ['says', ['RS256'], 'PS512', 'key_unpinned'],
    ['is content', ['RS512', 'ES256'], 'RS512', undefined],
  ])(
    '%s where a key leaves the algorithm open and %s is announced: %s',
    async (_what, announced, alg, code) => {
      const { publicKey, privateKey } = await generateKeyPair(alg)
      const metadata = {
        issuer,
        jwks_uri: `${issuer}/jwks`,
        ...(announced && { id_token_signing_alg_values_supported: announced }),
      }
      const sets = [{ keys: [{ ...(await exportJWK(publicKey)), kid: 'one' }] }]
      const { states } = world([connection('own', { metadata })], '', sets)
      const text = await new SignJWT({ iss: issuer }).setProtectedHeader({ alg, kid: 'one' }).sign(privateKey)
      const checks = await states({ text, connectionId: 'own', withKeys: true, kind: 'access' })
      expect([checks['signature']?.state, checks['key-unpinned']?.code]).toEqual(['valid', code])
    },
  )

  it('knows no connection that is gone', async () => {
    expect(await world([]).bench.inspect({ text: 'abc', connectionId: 'gone' })).toMatchObject({
      error: { code: 'connection_unknown' },
    })
  })

  it('puts an SD-JWT together, and holds its key binding to it', async () => {
    const { inspect, bench } = world([])
    const key = { text: 'a-secret-that-is-long-enough-for-it', algorithm: 'HS256' }
    const made = await bench.make({
      header: '{"alg":"HS256","typ":"dc+sd-jwt"}',
      payload: '{"iss":"https://id.example","given_name":"Ada","family_name":"Lovelace"}',
      disclosable: ['given_name', 'family_name'],
      key,
    })
    if (!made.ok) throw new Error(made.error.message)
    const { text } = made.value
    const read = async (input: Parameters<typeof inspect>[0]) => {
      const { token, disclosures } = await inspect(input)
      const of = (id: string) => token.checks.find((check) => check.id === id)
      const claims = token.format === 'jwt' ? token.claims.map(({ name }) => name) : []
      return {
        claims,
        disclosures,
        state: of('disclosures'),
        hash: of('sd_hash'),
        signature: of('signature'),
      }
    }
    const whole = await read({ text, key })
    expect(whole.claims).toEqual(expect.arrayContaining(['given_name', 'family_name']))
    expect(whole.claims).not.toContain('_sd')
    expect([whole.state?.state, whole.signature?.state]).toEqual(['valid', 'valid'])
    expect(whole.disclosures).toMatchObject([{ fate: 'matched' }, { fate: 'matched' }])

    const [issued = '', first = ''] = text.split('~')
    const forged = Buffer.from('["salt","given_name","Eve"]').toString('base64url')
    expect((await read({ text: `${issued}~${forged}~`, key })).state).toMatchObject({
      state: 'invalid',
      code: 'disclosure_unmatched',
    })
    expect((await read({ text: `${issued}~`, key })).state?.detail).toContain('2 digests remain')

    const hash = (presented: string) => createHash('sha256').update(presented).digest('base64url')
    const binding = async (presented: string, about = presented) =>
      `${presented}${await new SignJWT({ sd_hash: hash(about), nonce: 'n', aud: 'a', iat: now / 1000 })
        .setProtectedHeader({ alg: 'HS256', typ: 'kb+jwt' })
        .sign(Buffer.from(key.text))}`
    const presented = `${issued}~${first}~`
    expect((await read({ text: await binding(presented), pick: 1, key })).hash?.state).toBe('valid')
    expect((await read({ text: await binding(presented, text), pick: 1, key })).hash).toMatchObject({
      state: 'invalid',
      code: 'sd_hash_wrong',
    })

    const [head, payload, signature] = issued.split('.')
    const json = JSON.stringify({
      payload,
      protected: head,
      signature,
      header: { disclosures: [first, forged] },
    })
    expect((await read({ text: json, key })).disclosures).toMatchObject([
      { fate: 'matched' },
      { fate: 'unmatched' },
    ])
  })

  it('tries common secrets only on tokens that have one', async () => {
    const { bench } = world([])
    for (const text of ['', 'abc', unsigned, sampleToken(now)])
      expect(await bench.guess({ text })).toMatchObject({ error: { code: 'not_hmac' } })
    const hmac = await new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from('changeme123'))
    expect(await bench.guess({ text: `Bearer ${hmac}` })).toMatchObject({ value: { secret: 'changeme123' } })
    const [signed] = hmac.split(/\.(?=[^.]*$)/)
    expect(await bench.guess({ text: `${signed}.AAAA` })).toMatchObject({ value: { secret: null } })
  })

  it('pastes a token alone', async () => {
    const token = sampleToken(now)
    for (const text of [token, `Bearer ${token}`, `Authorization: DPoP ${token}`, `"${token}"`])
      expect(await world([], ` ${text}\n`).bench.paste()).toEqual({ ok: true, value: { text } })
    for (const text of [
      'correct horse',
      'a.b.c',
      'eyes.on.me now',
      `${token} and more`,
      'https://a.example/x.y.z',
    ])
      expect(await world([], text).bench.paste()).toMatchObject({ error: { code: 'clipboard_no_token' } })
    expect(await world([], ' ').bench.paste()).toMatchObject({ error: { code: 'clipboard_empty' } })
    expect(await world([], 'a'.repeat(pasteLimit + 1)).bench.paste()).toMatchObject({
      error: { code: 'clipboard_too_large' },
    })
  })
})
