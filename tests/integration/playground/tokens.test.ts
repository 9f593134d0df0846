import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import * as client from 'openid-client'
import type { Playground } from '../../../src/playground/index.ts'
import { createBrowser, until } from '../../support/playground-browser.ts'
import { alice, call, discover, redirectUri, signIn, start } from './support.ts'

let playground: Playground
beforeAll(async () => {
  playground = await start()
})
afterAll(() => playground.stop())

const confidential = () => discover(playground, 'gatehouse-confidential', 'gatehouse-playground-secret')

describe('refresh tokens', () => {
  it('rotate, and one used twice ends the whole grant', async () => {
    const { config, tokens } = await signIn(playground, alice)
    const first = tokens.refresh_token ?? ''
    const second = await client.refreshTokenGrant(config, first)
    expect(second.refresh_token).not.toBe(first)
    expect((await call(playground, '/orders', second.access_token)).status).toBe(200)
    await expect(client.refreshTokenGrant(config, first)).rejects.toMatchObject({ error: 'invalid_grant' })
    await expect(client.refreshTokenGrant(config, second.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    })
  })

  it('are not issued without offline_access', async () => {
    const { tokens } = await signIn(playground, alice, { scope: 'openid orders:read' })
    expect(tokens.refresh_token).toBeUndefined()
  })

  it('of another sign-in survive the end of one', async () => {
    const [one, other] = [await signIn(playground, alice), await signIn(playground, alice)]
    await client.tokenRevocation(one.config, one.tokens.refresh_token ?? '')
    await expect(client.refreshTokenGrant(one.config, one.tokens.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    })
    expect(
      (await client.refreshTokenGrant(other.config, other.tokens.refresh_token ?? '')).access_token,
    ).toBeTruthy()
  })
})

describe('introspection and revocation', () => {
  it('know JWT access tokens', async () => {
    const { config, tokens } = await signIn(playground, alice)
    const before = await client.tokenIntrospection(await confidential(), tokens.access_token)
    expect(before).toMatchObject({
      active: true,
      client_id: 'gatehouse-desktop',
      token_type: 'Bearer',
      aud: [playground.apiBase, `${playground.issuer}/userinfo`],
      jti: decodeJwt(tokens.access_token).jti,
    })
    await client.tokenRevocation(config, tokens.access_token)
    expect(await client.tokenIntrospection(await confidential(), tokens.access_token)).toEqual({
      active: false,
    })
  })

  it("tell a public client nothing of another client's token", async () => {
    const machine = await client.clientCredentialsGrant(await confidential(), { scope: 'orders:read' })
    const config = await discover(playground)
    expect(await client.tokenIntrospection(config, machine.access_token)).toEqual({ active: false })
    expect(await client.tokenIntrospection(await confidential(), machine.access_token)).toMatchObject({
      active: true,
    })
  })
})

describe('other grants and requests', () => {
  it('give a client a token of its own', async () => {
    const tokens = await client.clientCredentialsGrant(await confidential(), {
      scope: 'orders:read orders:write',
    })
    expect(decodeJwt(tokens.access_token)).toMatchObject({
      sub: 'gatehouse-confidential',
      aud: playground.apiBase,
    })
    expect(await (await call(playground, '/orders', tokens.access_token)).json()).toEqual({
      orders: [],
      next: null,
    })
    expect((await call(playground, '/profile', tokens.access_token)).status).toBe(403)
  })

  it('never give a client admin', async () => {
    const tokens = await client.clientCredentialsGrant(await confidential(), { scope: 'orders:read admin' })
    expect(tokens.scope).toBe('orders:read')
  })

  it('sign in a device', async () => {
    const config = await discover(playground)
    const device = await client.initiateDeviceAuthorization(config, {
      scope: 'openid offline_access orders:read',
    })
    const browser = createBrowser()
    let page = await browser.open(device.verification_uri)
    page = await browser.submit(page, '/device', { user_code: 'BBBB-BBBB' })
    expect(page.text).toContain('There is no such code')
    page = await browser.submit(page, '/device', { user_code: device.user_code })
    expect(page.text).toContain(device.user_code)
    page = await browser.submit(page, '/device', {})
    page = await browser.submit(page, '/login', alice)
    page = await browser.submit(page, '/consent', {}, ['decision', 'allow'])
    expect(page.text).toContain('The device is signed in')
    const tokens = await client.pollDeviceAuthorizationGrant(config, { ...device, interval: 0.01 })
    expect(tokens.refresh_token).toBeTruthy()
    expect((await call(playground, '/orders', tokens.access_token)).status).toBe(200)
  })

  it('take a pushed authorization request', async () => {
    const config = await discover(playground)
    const verifier = client.randomPKCECodeVerifier()
    const url = await client.buildAuthorizationUrlWithPAR(config, {
      redirect_uri: redirectUri,
      scope: 'openid offline_access orders:read',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    })
    const redirected = await createBrowser().signIn(url.href, alice)
    const tokens = await client.authorizationCodeGrant(config, new URL(redirected), {
      pkceCodeVerifier: verifier,
    })
    expect(tokens.refresh_token).toBeTruthy()
  })

  it('answer by form post on loopback', async () => {
    const config = await discover(playground)
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: 'http://127.0.0.1:50999/oauth/callback',
      response_mode: 'form_post',
      scope: 'openid',
      code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()),
      code_challenge_method: 'S256',
    })
    const browser = createBrowser()
    let page = await browser.submit(await browser.open(url.href), '/login', alice)
    page = await browser.submit(page, '/consent', {}, ['decision', 'allow'])
    expect(page.url).toBe('http://127.0.0.1:50999/oauth/callback')
    expect(page.headers.get('content-security-policy')).toMatch(
      /form-action 'self' http:\/\/127\.0\.0\.1:50999;/,
    )
    expect(page.headers.get('content-security-policy')).toMatch(/script-src 'self' 'sha256-/)
  })

  it('bind tokens to a DPoP key', async () => {
    const config = await discover(playground)
    const dpop = client.getDPoPHandle(config, await client.randomDPoPKeyPair())
    const { tokens } = await signIn(playground, alice, { dpop })
    expect(tokens.token_type).toBe('dpop')
    const url = new URL(`${playground.apiBase}/orders`)
    const answer = await client.fetchProtectedResource(
      config,
      tokens.access_token,
      url,
      'GET',
      null,
      undefined,
      { DPoP: dpop },
    )
    expect(answer.status).toBe(200)
    const stolen = await call(playground, '/orders', tokens.access_token)
    expect(stolen.status).toBe(401)
    expect(stolen.headers.get('www-authenticate')).toMatch(/^DPoP .*error="invalid_token"/)
    const other = client.getDPoPHandle(config, await client.randomDPoPKeyPair())
    await expect(
      client.fetchProtectedResource(config, tokens.access_token, url, 'GET', null, undefined, {
        DPoP: other,
      }),
    ).rejects.toMatchObject({ status: 401 })
  })

  it('refuse an API that is not here', async () => {
    await expect(
      client.clientCredentialsGrant(await confidential(), { resource: 'https://api.example' }),
    ).rejects.toMatchObject({ error: 'invalid_target' })
  })

  it('register a client that then signs in', async () => {
    const answer = await fetch(`${playground.issuer}/reg`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        client_name: 'A <b>new</b> one',
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        redirect_uris: ['com.example.app:/cb'],
        grant_types: ['authorization_code', 'refresh_token'],
      }),
    })
    expect(answer.status).toBe(201)
    const { client_id: clientId } = (await answer.json()) as { client_id: string }
    const config = await discover(playground, clientId)
    const verifier = client.randomPKCECodeVerifier()
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: 'com.example.app:/cb',
      scope: 'openid orders:read',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    })
    const browser = createBrowser()
    const page = await browser.open(url.href)
    expect(page.text).toContain('A &lt;b&gt;new&lt;/b&gt; one')
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self' com.example.app:")
    const redirected = await browser.signIn(url.href, alice)
    const tokens = await client.authorizationCodeGrant(config, new URL(redirected), {
      pkceCodeVerifier: verifier,
    })
    expect((await call(playground, '/orders', tokens.access_token)).status).toBe(200)
  })
})

describe('a restart', () => {
  it('keeps keys, users, sessions, grants and orders, and no token text on disk', async () => {
    const dataDirectory = await mkdtemp(join(tmpdir(), 'playground-'))
    try {
      const first = await start({ dataDirectory })
      const ports = {
        issuerPort: Number(new URL(first.issuer).port),
        apiPort: Number(new URL(first.apiBase).port),
      }
      const { config, tokens } = await signIn(first, alice)
      const created = await call(first, '/orders', tokens.access_token, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ item: 'Kept over a restart', quantity: 2 }),
      })
      expect(created.status).toBe(201)
      const browser = createBrowser()
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid',
        code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()),
        code_challenge_method: 'S256',
      }).href
      await browser.signIn(url, alice)

      const secrets = [
        tokens.access_token,
        tokens.refresh_token ?? '',
        tokens.id_token ?? '',
        alice.password,
        'gatehouse-playground-secret',
      ]
      const files = await Promise.all(
        (await readdir(dataDirectory)).map((name) => readFile(join(dataDirectory, name))),
      )
      expect(files.length).toBeGreaterThan(1)
      for (const secret of secrets) expect(files.some((file) => file.includes(secret))).toBe(false)

      await first.stop()
      const second = await start({ dataDirectory, ...ports })
      try {
        expect(second.issuer).toBe(first.issuer)
        // fetch may still hold connections to the server that stopped, and learns of their end by using them.
        const answers = (url: string) =>
          fetch(url).then(
            (answer) => answer.ok,
            () => false,
          )
        for (const url of [second.issuer, second.apiBase]) await until(() => answers(url))
        expect((await call(second, '/profile', tokens.access_token)).status).toBe(200)
        const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '')
        const { orders } = (await (await call(second, '/orders', refreshed.access_token)).json()) as {
          orders: { item: string }[]
        }
        expect(orders[0]?.item).toBe('Kept over a restart')
        expect((await browser.open(url)).text).toContain('Signed in as')
        expect(decodeJwt(refreshed.access_token).sub).toBe(decodeJwt(tokens.access_token).sub)
      } finally {
        await second.stop()
      }
    } finally {
      await rm(dataDirectory, { recursive: true })
    }
  })
})

describe('faults', () => {
  const refreshed = async (config: client.Configuration, token: string | undefined) =>
    client.refreshTokenGrant(config, token ?? '')

  it('issue expired tokens and tokens for another API, until switched off', async () => {
    const own = await start()
    try {
      const { config, tokens } = await signIn(own, alice)
      await own.setFault('expired-tokens', true)
      const expired = await refreshed(config, tokens.refresh_token)
      const answer = await call(own, '/orders', expired.access_token)
      expect(answer.headers.get('www-authenticate')).toContain('expired at')
      await own.setFault('expired-tokens', false)
      await own.setFault('wrong-audience', true)
      const misdirected = await refreshed(config, expired.refresh_token)
      expect(
        (await call(own, '/orders', misdirected.access_token)).headers.get('www-authenticate'),
      ).toContain('not for this API')
      await own.setFault('wrong-audience', false)
      const good = await refreshed(config, misdirected.refresh_token)
      expect((await call(own, '/orders', good.access_token)).status).toBe(200)
      expect(own.faults()).toEqual([])
    } finally {
      await own.stop()
    }
  })

  it('rotate the keys, set the clock ahead, answer 429', async () => {
    const own = await start()
    try {
      const { config, tokens } = await signIn(own, alice)
      await own.setFault('rotated-keys', true)
      const answer = await call(own, '/orders', tokens.access_token)
      expect(answer.headers.get('www-authenticate')).toContain('does not publish')
      const { keys } = (await (await fetch(`${own.issuer}/jwks.json`)).json()) as { keys: { kid: string }[] }
      expect(keys.map((key) => key.kid)).not.toContain(decodeProtectedHeader(tokens.access_token).kid)
      const fresh = await refreshed(await discover(own), tokens.refresh_token)
      expect((await call(own, '/orders', fresh.access_token)).status).toBe(200)
      await own.setFault('rotated-keys', false)
      expect((await call(own, '/orders', tokens.access_token)).status).toBe(200)

      await own.setFault('clock-skew', true)
      expect((await call(own, '/orders', tokens.access_token)).status).toBe(401)
      await own.setFault('clock-skew', false)

      await own.setFault('too-many-requests', true)
      const refused = await call(own, '/orders', tokens.access_token)
      expect(refused.status).toBe(429)
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
      await own.setFault('too-many-requests', false)
      expect((await call(own, '/orders', tokens.access_token)).status).toBe(200)
      expect(config.serverMetadata().issuer).toBe(own.issuer)
    } finally {
      await own.stop()
    }
  })
})
