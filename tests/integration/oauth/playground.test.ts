import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createLoopbackListener } from '../../../src/node/net/loopback-listener.ts'
import { createRequestEngine } from '../../../src/node/net/send.ts'
import { explainRefusal, type TokenFacts } from '../../../src/core/diagnosis/refusal.ts'
import { discoverProvider } from '../../../src/core/oauth/discovery/discover.ts'
import { refreshTokens } from '../../../src/core/oauth/token/refresh.ts'
import { createSingleFlight } from '../../../src/core/oauth/token/single-flight.ts'
import { exchangeCode } from '../../../src/core/oauth/token/token-exchange.ts'
import { notKnown } from '../../../src/core/text/known.ts'
import { startPlayground, type Playground } from '../../../src/playground/index.ts'
import { alice, authorize, connect, contextOf, createHouse, signIn, type House } from './flow.ts'

let playground: Playground
let house: House
const engine = createRequestEngine()

beforeAll(async () => {
  playground = await startPlayground({ dataDirectory: ':memory:', issuerPort: 0, apiPort: 0 })
  house = createHouse()
})
afterEach(async () => {
  for (const fault of playground.faults()) await playground.setFault(fault, false)
})
afterAll(async () => {
  await Promise.all([playground.stop(), engine.close(), house.fetch.close()])
})

describe('against a real provider', () => {
  it('discovers it from the issuer and from the document', async () => {
    for (const from of [
      playground.issuer,
      `${playground.issuer}/`,
      `${playground.issuer}/.well-known/openid-configuration`,
    ]) {
      const found = await discoverProvider(from, { fetch: house.fetch, allowInsecure: false })
      expect(found).toMatchObject({
        ok: true,
        value: {
          metadata: { issuer: playground.issuer, authorization_response_iss_parameter_supported: true },
          notes: [],
        },
      })
    }
  })

  it('signs in with code and PKCE, and gets all three tokens', async () => {
    const { granted } = await signIn(house, await connect(house, playground))
    expect(granted).toMatchObject({ tokenType: 'Bearer', expiresInSeconds: 120, notes: [] })
    expect(granted.refreshToken).toBeTruthy()
    expect(granted.idTokenClaims).toMatchObject({ iss: playground.issuer, aud: 'gatehouse-desktop' })
    expect(granted.scope?.split(' ')).toContain('orders:write')
  })

  it('authenticates a confidential client by header', async () => {
    const connection = await connect(house, playground, {
      clientId: 'gatehouse-confidential',
      clientAuthentication: 'client_secret_basic',
    })
    const { granted } = await signIn(house, connection, 'gatehouse-playground-secret')
    expect(granted.accessToken).toBeTruthy()
    const { callback, secrets } = await authorize(connection)
    expect(await exchangeCode(callback, secrets, contextOf(house, connection, 'wrong'))).toMatchObject({
      ok: false,
      error: { code: 'token_invalid_client', remedy: 'repair-connection', providerError: 'invalid_client' },
    })
  })

  it('takes the response over loopback', async () => {
    const got: string[] = []
    const listening = await createLoopbackListener().listen((url) => got.push(url))
    if (!listening.ok) throw new Error(listening.error.message)
    const { redirectUri, close } = listening.value
    const connection = await connect(house, playground, { redirectKind: 'loopback' })
    const { redirect, callback, secrets } = await authorize(connection, { redirectUri })
    expect((await fetch(redirect)).status).toBe(200)
    close()
    expect(got).toEqual([redirect])
    expect(await exchangeCode(callback, secrets, contextOf(house, connection))).toMatchObject({ ok: true })
  })

  it('explains a sign-in that the person refuses', async () => {
    const connection = await connect(house, playground)
    const { callback, secrets } = await authorize(connection, { who: { ...alice, decision: 'deny' } })
    expect(callback).toMatchObject({ kind: 'error', issuer: playground.issuer })
    expect(await exchangeCode(callback, secrets, contextOf(house, connection))).toMatchObject({
      ok: false,
      error: { code: 'callback_provider_error', providerError: 'access_denied', remedy: 'sign-in-again' },
    })
  })

  it('can use a code once, and only with its verifier', async () => {
    const connection = await connect(house, playground)
    const first = await authorize(connection)
    const other = { ...first.secrets, codeVerifier: 'x'.repeat(43) }
    const invalid = { ok: false, error: { code: 'token_invalid_grant', remedy: 'sign-in-again' } }
    expect(await exchangeCode(first.callback, other, contextOf(house, connection))).toMatchObject(invalid)
    const second = await authorize(connection)
    const context = contextOf(house, connection)
    expect(await exchangeCode(second.callback, second.secrets, context)).toMatchObject({ ok: true })
    expect(await exchangeCode(second.callback, second.secrets, context)).toMatchObject(invalid)
  })

  it('puts no secret into the trace', async () => {
    const { granted, secrets } = await signIn(house, await connect(house, playground))
    const trace = JSON.stringify(house.traced)
    expect(trace.includes('grant_type=authorization_code')).toBe(true)
    expect(trace.includes('"user-agent","Gatehouse"')).toBe(true)
    for (const secret of [
      granted.accessToken,
      granted.refreshToken,
      granted.idToken,
      secrets.codeVerifier,
      secrets.state,
    ]) {
      expect(secret !== undefined && trace.includes(secret)).toBe(false)
    }
  })
})

describe('refresh', () => {
  it('rotates; the used one is dead, and that is final', async () => {
    const connection = await connect(house, playground)
    const { granted } = await signIn(house, connection)
    const before = {
      refreshToken: granted.refreshToken ?? '',
      subject: String(granted.idTokenClaims?.sub),
      resource: connection.resource,
      nonce: notKnown,
      authTime: notKnown,
    } as const
    const context = contextOf(house, connection)
    const refreshed = await refreshTokens(before, context)
    expect(refreshed).toMatchObject({ ok: true, value: { rotated: true, expiresInSeconds: 120 } })
    expect(await refreshTokens(before, context)).toMatchObject({
      ok: false,
      error: { code: 'token_invalid_grant', remedy: 'sign-in-again' },
    })
  })

  it('runs once for 200 who ask at the same time', async () => {
    const connection = await connect(house, playground)
    const { granted } = await signIn(house, connection)
    const before = {
      refreshToken: granted.refreshToken ?? '',
      subject: String(granted.idTokenClaims?.sub),
      nonce: notKnown,
      authTime: notKnown,
    } as const
    const flight = createSingleFlight<Awaited<ReturnType<typeof refreshTokens>>>()
    const sentBefore = house.traced.length
    const all = await Promise.all(
      Array.from({ length: 200 }, () =>
        flight('account', () => refreshTokens(before, contextOf(house, connection))),
      ),
    )
    expect(all.every(({ ok }) => ok)).toBe(true)
    const toToken = house.traced
      .slice(sentBefore)
      .filter(({ url }) => url === connection.metadata.token_endpoint)
    expect(toToken).toHaveLength(1)
  })

  it('finds keys that were rotated a moment ago', async () => {
    const connection = await connect(house, playground)
    await signIn(house, connection)
    await playground.setFault('rotated-keys', true)
    const { granted } = await signIn(house, connection)
    expect(granted.idToken).toBeTruthy()
  })
})

describe('why the API refuses', () => {
  const ask = async (path: string, token: string | undefined, facts: TokenFacts | undefined) => {
    const answer = await engine.send(
      { method: 'GET', url: `${playground.apiBase}${path}`, headers: [] },
      token === undefined ? {} : { credential: { type: 'Bearer', text: token, allowInsecure: false } },
    )
    if (!answer.ok) throw new Error(answer.error.message)
    const { status, headers, body, url } = answer.value
    const bodyText = new TextDecoder().decode(body)
    return { status, view: explainRefusal({ status, url, headers, bodyText, token: facts, now: Date.now() }) }
  }
  const tokenWith = async (scope?: string) => {
    const { granted } = await signIn(
      house,
      await connect(house, playground, scope === undefined ? {} : { scope }),
    )
    const claims = JSON.parse(
      Buffer.from(granted.accessToken.split('.')[1] ?? '', 'base64url').toString(),
    ) as {
      aud: string | string[]
      exp: number
    }
    const facts: TokenFacts = {
      scopes: (granted.scope ?? '').split(' '),
      audience: [claims.aud].flat(),
      expiresAt: claims.exp * 1000,
    }
    return { token: granted.accessToken, facts }
  }

  it('says nothing of a call that went well', async () => {
    const { token, facts } = await tokenWith()
    expect(await ask('/orders', token, facts)).toEqual({ status: 200, view: undefined })
  })

  it('no token', async () => {
    expect(await ask('/orders', undefined, undefined)).toMatchObject({
      status: 401,
      view: { headline: 'No token was sent', certainty: 'certain' },
    })
  })

  it('a scope that is lacking', async () => {
    const { token, facts } = await tokenWith('openid profile')
    const { status, view } = await ask('/orders', token, facts)
    expect(status).toBe(403)
    expect(view).toMatchObject({ headline: 'The token lacks a scope: orders:read', certainty: 'certain' })
  })

  it('a token that has expired', async () => {
    await playground.setFault('expired-tokens', true)
    const { token, facts } = await tokenWith()
    const { status, view } = await ask('/orders', token, facts)
    expect(status).toBe(401)
    expect(view?.headline).toMatch(/^The token expired/)
  })

  it('a token for another API', async () => {
    await playground.setFault('wrong-audience', true)
    const { token, facts } = await tokenWith()
    const { view } = await ask('/orders', token, facts)
    expect(view).toMatchObject({ headline: 'The token is meant for another API' })
  })
})
