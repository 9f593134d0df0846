import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { metadataOf } from '../../support/odd-provider.ts'
import { openOddBench, value, type OddBench } from '../../support/odd-workbench.ts'

let odd: OddBench
beforeEach(async () => {
  odd = await openOddBench()
})
afterEach(() => odd.close())

const tid = '11111111-2222-3333-4444-555555555555'

describe('metadata with a hole in the issuer', () => {
  const issuerOf = (tenant: string) => `${odd.odd.issuer}/${tenant}/v2.0`
  const connect = async () => {
    odd.odd.answers['/common/v2.0/.well-known/openid-configuration'] = () => ({
      body: { ...metadataOf(odd.odd.issuer), issuer: issuerOf('{tenantid}') },
    })
    return odd.connect({ provider: { issuer: issuerOf('common') }, scope: 'openid' })
  }
  const issue = (claims: Record<string, unknown>) => {
    odd.odd.answers['/token'] = async () => ({
      body: { access_token: 'a', token_type: 'Bearer', id_token: await odd.odd.idToken(claims) },
    })
  }

  it('signs in, the issuer computed from tid', async () => {
    const connectionId = await connect()
    issue({ iss: issuerOf(tid), tid })
    const { accountId } = value(await odd.signIn(connectionId))
    const issuer = (await odd.account(accountId)).id_token?.checks.find(({ id }) => id === 'issuer')
    expect(issuer).toMatchObject({
      state: 'valid',
      detail: expect.stringMatching(/computed from tid/) as string,
    })
  })

  it('refuses another GUID than tid', async () => {
    const connectionId = await connect()
    issue({ iss: issuerOf('99999999-2222-3333-4444-555555555555'), tid })
    expect(await odd.signIn(connectionId)).toMatchObject({ error: { code: 'id_token_issuer' } })
    issue({ iss: issuerOf('common'), tid: 'common' })
    expect(await odd.signIn(connectionId)).toMatchObject({ error: { code: 'id_token_issuer' } })
  })

  it('can be saved again as it is shown', async () => {
    const id = await connect()
    const [view] = value(odd.bench.app.first.connections())
    expect(view?.provider.issuer).toBe(issuerOf('{tenantid}'))
    expect(await odd.connect({ id, provider: { issuer: view?.provider.issuer ?? '' } })).toBe(id)
  })
})

describe('a second issuer for access tokens', () => {
  const judge = async (iss: string) => {
    odd.odd.answers['/.well-known/openid-configuration'] = () => ({
      body: { ...metadataOf(odd.odd.issuer), access_token_issuer: `${odd.odd.issuer}/services/trust` },
    })
    const access = await odd.odd.jwt({ iss, sub: 'alice', exp: Math.floor(Date.now() / 1000) + 60 })
    odd.odd.answers['/token'] = () => ({ body: { access_token: access, token_type: 'Bearer' } })
    const { accountId } = value(await odd.signIn(await odd.connect()))
    return (await odd.account(accountId)).access?.checks.find(({ id }) => id === 'issuer')
  }
  it('is valid, and named', async () => {
    expect(await judge(`${odd.odd.issuer}/services/trust`)).toMatchObject({
      state: 'valid',
      detail: expect.stringContaining('access_token_issuer') as string,
    })
  })
  it('is no door for a third', async () => {
    expect(await judge(`${odd.odd.issuer}/services/other`)).toMatchObject({
      state: 'invalid',
      code: 'iss_wrong',
    })
  })
})

describe('an access token with a nonce in its header', () => {
  const part = (of: unknown) => Buffer.from(JSON.stringify(of)).toString('base64url')
  const nonce = 'sxaGHMtTGXKAxUZRBHkPKBxJmSq0w6HdD1wTcrP7kyo'
  const claims = () => ({
    iss: odd.odd.issuer,
    aud: 'https://graph.microsoft.com',
    sub: 'alice',
    exp: Math.floor(Date.now() / 1000) + 60,
  })
  const token = (key: KeyObject, payload = claims()) => {
    const header = { typ: 'JWT', nonce, alg: 'RS256', kid: 'graph' }
    const hashed = createHash('sha256').update(nonce).digest('base64url')
    const signed = `${part({ ...header, nonce: hashed })}.${part(payload)}`
    return { header: part(header), signature: sign('sha256', Buffer.from(signed), key).toString('base64url') }
  }
  const judge = async (change: (payload: ReturnType<typeof claims>) => object) => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    odd.odd.answers['/jwks'] = () => ({
      body: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'graph', use: 'sig', alg: 'RS256' }] },
    })
    const payload = claims()
    const { header, signature } = token(privateKey, payload)
    const access = `${header}.${part(change(payload))}.${signature}`
    odd.odd.answers['/token'] = () => ({ body: { access_token: access, token_type: 'Bearer' } })
    const { accountId } = value(await odd.signIn(await odd.connect()))
    return (await odd.account(accountId)).access
  }

  it('is verified by the known rule, its nonce explained', async () => {
    const view = await judge((payload) => payload)
    expect(view?.checks.find(({ id }) => id === 'signature')).toMatchObject({ state: 'valid' })
    expect(JSON.stringify(view)).toMatch(/only the API/)
  })
  it('is never called valid with another payload, nor forged', async () => {
    const view = await judge((payload) => ({ ...payload, sub: 'mallory' }))
    expect(view?.checks.find(({ id }) => id === 'signature')).toMatchObject({
      state: 'not-checked',
      code: 'only_its_api',
    })
  })
})
