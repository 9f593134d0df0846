import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import * as client from 'openid-client'
import type { Playground } from '../../../src/playground/index.ts'
import { createBrowser, formsOf } from '../../support/playground-browser.ts'
import { alice, bob, call, discover, everyScope, redirectUri, signIn, start } from './support.ts'

let playground: Playground
beforeAll(async () => {
  playground = await start()
})
afterAll(() => playground.stop())

const authorizationUrl = async (parameters: Record<string, string> = {}) => {
  const config = await discover(playground)
  return client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: everyScope,
    code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()),
    code_challenge_method: 'S256',
    ...parameters,
  }).href
}

describe('signing in', () => {
  it('goes from discovery to a 200 of the protected API', async () => {
    const { tokens, redirected } = await signIn(playground, alice)
    expect(redirected).toMatch(/^app\.gatehouse\.desktop:\/oauth\/callback\?/)
    expect(new URL(redirected).searchParams.get('iss')).toBe(playground.issuer)
    expect(decodeProtectedHeader(tokens.access_token)).toMatchObject({ typ: 'at+jwt', alg: 'ES256' })
    expect(decodeJwt(tokens.access_token)).toMatchObject({
      iss: playground.issuer,
      aud: [playground.apiBase, `${playground.issuer}/userinfo`],
      client_id: 'gatehouse-desktop',
      roles: ['customer'],
    })
    expect(tokens.scope?.split(' ').sort()).toEqual(everyScope.split(' ').sort())
    expect(tokens.claims()).toMatchObject({ preferred_username: 'alice', email: 'alice@playground.example' })
    const profile = await call(playground, '/profile', tokens.access_token)
    expect(profile.status).toBe(200)
    expect(await profile.json()).toMatchObject({ username: 'alice', roles: ['customer'] })
  })

  it.each(['http://127.0.0.1:49152/oauth/callback', 'http://[::1]:49153/oauth/callback'])(
    'redirects to %s on any port',
    async (redirect) => {
      const { redirected } = await signIn(playground, alice, { redirect })
      expect(redirected.startsWith(`${redirect}?code=`)).toBe(true)
    },
  )

  it('answers userinfo with the same access token', async () => {
    const { config, tokens } = await signIn(playground, alice)
    const sub = tokens.claims()?.sub ?? ''
    expect(await client.fetchUserInfo(config, tokens.access_token, sub)).toMatchObject({
      sub,
      name: 'Alice Archer',
      roles: ['customer'],
    })
  })

  it('refuses userinfo to a token without openid, and to the bare id of a token', async () => {
    const { tokens } = await signIn(playground, alice, { scope: 'orders:read' })
    const ask = (token: string) =>
      fetch(`${playground.issuer}/userinfo`, { headers: { authorization: `Bearer ${token}` } })
    expect((await ask(tokens.access_token)).status).toBe(403)
    const full = await signIn(playground, alice)
    expect((await ask(String(decodeJwt(full.tokens.access_token).jti))).status).toBe(401)
    expect((await ask(full.tokens.access_token)).status).toBe(200)
  })

  it('grants admin to bob and not to alice', async () => {
    const scope = `${everyScope} admin`
    const [his, hers] = [await signIn(playground, bob, { scope }), await signIn(playground, alice, { scope })]
    expect((await call(playground, '/admin/users', his.tokens.access_token)).status).toBe(200)
    expect(hers.tokens.scope?.split(' ')).not.toContain('admin')
    expect((await call(playground, '/admin/users', hers.tokens.access_token)).status).toBe(403)
  })

  it('leaves out what was unticked', async () => {
    const { tokens } = await signIn(playground, { ...alice, untick: ['orders:write'] })
    expect(tokens.scope?.split(' ')).toContain('orders:read')
    expect(tokens.scope?.split(' ')).not.toContain('orders:write')
  })

  it('answers access_denied when the user says no', async () => {
    const url = await createBrowser().signIn(await authorizationUrl({ state: 's1' }), {
      ...alice,
      decision: 'deny',
    })
    const answer = new URL(url).searchParams
    expect([answer.get('error'), answer.get('state'), answer.get('iss')]).toEqual([
      'access_denied',
      's1',
      playground.issuer,
    ])
  })

  it('demands PKCE', async () => {
    const config = await discover(playground)
    const url = client.buildAuthorizationUrl(config, { redirect_uri: redirectUri, scope: 'openid' }).href
    const page = await createBrowser().open(url)
    expect(new URL(page.url).searchParams.get('error')).toBe('invalid_request')
  })

  it('signs in a second account in the same browser without harm to the first', async () => {
    const browser = createBrowser()
    const config = await discover(playground)
    const verifier = client.randomPKCECodeVerifier()
    const challenge = await client.calculatePKCECodeChallenge(verifier)
    const exchange = async (url: string) =>
      client.authorizationCodeGrant(config, new URL(url), { pkceCodeVerifier: verifier })
    const url = await authorizationUrl({ code_challenge: challenge })
    const first = await exchange(await browser.signIn(url, alice))

    const consent = await browser.open(url)
    expect(consent.text).toContain('Alice Archer')
    const link = /href="([^"]*account=another)"/.exec(consent.text)?.[1] ?? ''
    const login = await browser.open(new URL(link, consent.url).href)
    const again = await browser.submit(login, '/login', bob)
    expect(again.text).toContain('Bob Baker')
    const second = await exchange((await browser.submit(again, '/consent', {}, ['decision', 'allow'])).url)
    expect(second.claims()?.sub).not.toBe(first.claims()?.sub)
    const refreshed = await client.refreshTokenGrant(config, first.refresh_token ?? '')
    expect(refreshed.access_token).toBeTruthy()
  })
})

describe('the pages', () => {
  it('say that the password was wrong, escape what was typed, and slow down', async () => {
    let now = Date.now()
    const own = await start({ now: () => now })
    try {
      const config = await discover(own)
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid',
        code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
        code_challenge_method: 'S256',
      }).href
      const browser = createBrowser()
      let page = await browser.open(url)
      const hostile = '"><script>alert(1)</script>'
      for (let attempt = 1; attempt <= 3; attempt += 1) {
        page = await browser.submit(page, '/login', { username: hostile, password: 'wrong' })
        expect(page.status).toBe(401)
        expect(page.text).toContain('The username or the password is wrong.')
      }
      expect(page.text).not.toContain('<script>alert')
      expect(formsOf(page)[0]?.fields).toContainEqual(['username', hostile])
      page = await browser.submit(page, '/login', { username: hostile, password: 'wrong' })
      expect([page.status, page.headers.get('retry-after')]).toEqual([429, '1'])
      expect(page.text).toContain('Try again in a second')
      now += 1000
      page = await browser.submit(page, '/login', { username: hostile, password: 'wrong' })
      expect(page.status).toBe(401)
    } finally {
      await own.stop()
    }
  })

  it('allow the custom scheme, and nothing inline, in their content policy', async () => {
    const page = await createBrowser().open(await authorizationUrl())
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("form-action 'self' app.gatehouse.desktop:")
    expect(policy).not.toContain('unsafe')
    expect(page.text).not.toMatch(/<script>|\son\w+=|style="/)
  })

  it('explain a sign-in that is over', async () => {
    const page = await createBrowser().open(`${playground.issuer}/interaction/abcdefghijklmnopqrstu`)
    expect(page.status).toBe(400)
    expect(page.text).toContain('This sign-in is over')
  })

  it('serve no other host name', async () => {
    const { request } = await import('undici')
    const answer = await request(`${playground.issuer}/`, { headers: { host: 'evil.example' } })
    expect(answer.statusCode).toBe(421)
    await answer.body.dump()
  })

  it('log out and return to the application', async () => {
    const { config, tokens } = await signIn(playground, alice)
    const browser = createBrowser()
    await browser.signIn(await authorizationUrl(), alice)
    const url = client.buildEndSessionUrl(config, {
      post_logout_redirect_uri: 'app.gatehouse.desktop:/oauth/logout',
      id_token_hint: tokens.id_token ?? '',
      state: 'out',
    })
    const page = await browser.open(url.href)
    expect(page.headers.get('content-security-policy')).toContain('app.gatehouse.desktop:')
    const left = await browser.submit(page, '/confirm', {}, ['logout', 'yes'])
    expect(left.url).toBe('app.gatehouse.desktop:/oauth/logout?state=out')
    expect((await browser.open(await authorizationUrl())).text).toContain('name="password"')
  })
})
