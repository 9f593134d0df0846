import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as client from 'openid-client'
import type { CheckName } from '../../../src/playground/grading/checks.ts'
import type { Verdict } from '../../../src/playground/grading/verdict.ts'
import type { Playground } from '../../../src/playground/index.ts'
import { createBrowser, signInAtProvider } from '../../support/playground-browser.ts'
import { alice, call, redirectUri, start } from './support.ts'

const adminKey = 'an-admin-key-of-some-length'
const id = 'gatehouse-desktop'
let playground: Playground
beforeAll(async () => {
  playground = await start({ configuration: { admin: { key: adminKey }, issuers: [{ path: '/second' }] } })
})
afterAll(() => playground.stop())

const admin = (path: string, init: RequestInit = {}) =>
  fetch(`${playground.issuer}/admin${path}`, {
    ...init,
    headers: {
      authorization: `Bearer ${adminKey}`,
      ...(init.body ? { 'content-type': 'application/json' } : {}),
    },
  })
const verdict = async (name = id) => (await (await admin(`/verdicts/${name}`)).json()) as Verdict
const failuresOf = async (name = id) =>
  (await verdict(name)).checks.filter(({ status }) => status === 'failed').map(({ check }) => check)

beforeEach(async () => {
  expect((await admin('/verdicts', { method: 'DELETE' })).status).toBe(204)
})
afterEach(async () => {
  await admin('/faults', { method: 'DELETE' })
})

type Run = {
  asks?: Record<string, string | undefined>
  sends?: Record<string, string | undefined>
  issuer?: string
  scope?: string
}

const random = () => client.randomPKCECodeVerifier()

/** A client made by hand, so that it can be made to err in one thing. */
const authorize = async ({
  asks = {},
  issuer = playground.issuer,
  scope = 'openid offline_access orders:read',
}: Run) => {
  const verifier = random()
  const parameters: Record<string, string | undefined> = {
    client_id: id,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope,
    state: random(),
    nonce: random(),
    resource: playground.apiBase,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...asks,
  }
  const url = `${issuer}/auth?${new URLSearchParams(present(parameters)).toString()}`
  return { verifier, url, parameters }
}
const present = (values: Record<string, string | undefined>) =>
  Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )

const post = (url: string, form: Record<string, string | undefined>, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(present(form)), headers })

const codeFor = async (run: Run) => {
  const asked = await authorize(run)
  const answer = new URL(await signInAtProvider(asked.url, alice))
  return { ...asked, answer, code: answer.searchParams.get('code') ?? '' }
}

const redeem = async (run: Run = {}) => {
  const got = await codeFor(run)
  const form = {
    grant_type: 'authorization_code',
    client_id: id,
    code: got.code,
    redirect_uri: redirectUri,
    code_verifier: got.verifier,
    ...run.sends,
  }
  const answer = await post(`${run.issuer ?? playground.issuer}/token`, form)
  return { ...got, form, status: answer.status, tokens: (await answer.json()) as Record<string, string> }
}
const refresh = async (token: string | undefined) =>
  (await (
    await post(`${playground.issuer}/token`, {
      grant_type: 'refresh_token',
      client_id: id,
      refresh_token: token,
    })
  ).json()) as Record<string, string>

const fault = (name: string, next = 1) =>
  admin('/faults', { method: 'POST', body: JSON.stringify({ fault: name, next }) })

const visit = async (url: string): Promise<void> => {
  await createBrowser().open(url)
}

describe('a sound client', () => {
  it('is passed, with nothing found', async () => {
    const { tokens } = await redeem()
    expect((await call(playground, '/orders', tokens.access_token)).status).toBe(200)
    const next = await refresh(tokens.refresh_token)
    expect((await call(playground, '/orders', next.access_token)).status).toBe(200)
    const again = await redeem()
    expect(again.status).toBe(200)
    const { verdict: word, checks } = await verdict()
    expect(word).toBe('passed')
    expect(checks.filter(({ status }) => status === 'failed')).toEqual([])
    expect(checks.filter(({ status }) => status === 'passed').length).toBeGreaterThan(14)
  })

  it('that is a library is passed too, with DPoP and pushed requests', async () => {
    const config = await client.discovery(new URL(playground.issuer), id, undefined, client.None(), {
      execute: [client.allowInsecureRequests],
    })
    const dpop = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'))
    const verifier = random()
    const [state, nonce] = [client.randomState(), client.randomNonce()]
    const url = await client.buildAuthorizationUrlWithPAR(
      config,
      {
        redirect_uri: redirectUri,
        scope: 'openid offline_access orders:read',
        resource: playground.apiBase,
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      },
      { DPoP: dpop },
    )
    const tokens = await client.authorizationCodeGrant(
      config,
      new URL(await signInAtProvider(url.href, alice)),
      { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce },
      undefined,
      { DPoP: dpop },
    )
    const answer = await client.fetchProtectedResource(
      config,
      tokens.access_token,
      new URL(`${playground.apiBase}/orders`),
      'GET',
      undefined,
      undefined,
      { DPoP: dpop },
    )
    expect(answer.status).toBe(200)
    await client.refreshTokenGrant(config, tokens.refresh_token ?? '', undefined, { DPoP: dpop })
    expect(await failuresOf()).toEqual([])
    const passed = (await verdict()).checks
      .filter(({ status }) => status === 'passed')
      .map(({ check }) => check)
    expect(passed).toEqual(
      expect.arrayContaining(['dpop-proof', 'dpop-used', 'pkce-present', 'resource-named']),
    )
  })
})

// Each makes one error; what else is told has to be told of that error too.
const planted: [error: string, check: CheckName, make: () => Promise<unknown>][] = [
  [
    'no challenge',
    'pkce-present',
    async () =>
      visit((await authorize({ asks: { code_challenge: undefined, code_challenge_method: undefined } })).url),
  ],
  [
    'the challenge in the clear',
    'pkce-s256',
    async () => visit((await authorize({ asks: { code_challenge_method: 'plain' } })).url),
  ],
  [
    'one challenge for two requests',
    'pkce-fresh',
    async () => {
      const { parameters } = await redeem()
      await visit((await authorize({ asks: { code_challenge: parameters.code_challenge } })).url)
    },
  ],
  ['a code without its verifier', 'pkce-verifier', () => redeem({ sends: { code_verifier: undefined } })],
  ['a verifier that is a word', 'pkce-verifier', () => redeem({ sends: { code_verifier: 'secret' } })],
  ['no state', 'state-present', async () => visit((await authorize({ asks: { state: undefined } })).url)],
  [
    'one state for two requests',
    'state-fresh',
    async () => {
      const { parameters } = await redeem()
      await visit((await authorize({ asks: { state: parameters.state } })).url)
    },
  ],
  [
    'a wrong state that is not looked at',
    'state-checked',
    async () => {
      await fault('response-wrong-state')
      await redeem()
    },
  ],
  ['no nonce', 'nonce-present', async () => visit((await authorize({ asks: { nonce: undefined } })).url)],
  [
    'one nonce for two requests',
    'nonce-fresh',
    async () => {
      const { parameters } = await redeem()
      await visit((await authorize({ asks: { nonce: parameters.nonce } })).url)
    },
  ],
  [
    'a token through the browser',
    'code-response',
    async () => visit((await authorize({ asks: { response_type: 'token' } })).url),
  ],
  [
    'the password grant',
    'no-password-grant',
    () => post(`${playground.issuer}/token`, { grant_type: 'password', client_id: id, ...alice }),
  ],
  [
    'a redirect that is not registered',
    'redirect-registered',
    async () => visit((await authorize({ asks: { redirect_uri: 'https://elsewhere.example/' } })).url),
  ],
  [
    'localhost as redirect',
    'redirect-loopback-address',
    async () => visit((await authorize({ asks: { redirect_uri: 'http://localhost/oauth/callback' } })).url),
  ],
  [
    'another redirect when the code is sent',
    'redirect-same',
    () => redeem({ sends: { redirect_uri: 'http://127.0.0.1/oauth/callback' } }),
  ],
  [
    'a code sent twice',
    'code-once',
    async () => {
      const { form } = await redeem()
      await post(`${playground.issuer}/token`, form)
    },
  ],
  [
    'a code sent to another issuer',
    'code-one-place',
    async () => {
      const { code, verifier } = await codeFor({})
      await post(`${playground.issuer}/second/token`, {
        grant_type: 'authorization_code',
        client_id: id,
        code,
        redirect_uri: redirectUri,
        code_verifier: verifier,
      })
    },
  ],
  [
    'a code sent to the API',
    'code-one-place',
    async () => {
      const { code } = await codeFor({})
      await call(playground, `/orders?code=${code}`)
    },
  ],
  [
    'an issuer that is not looked at',
    'issuer-checked',
    async () => {
      await fault('response-wrong-issuer')
      await redeem()
    },
  ],
  [
    'an ID token that is not looked at',
    'id-token-checked',
    async () => {
      await fault('id-wrong-nonce')
      const { tokens } = await redeem()
      await call(playground, '/orders', tokens.access_token)
    },
  ],
  [
    'a secret in the address',
    'secret-not-in-url',
    () =>
      post(`${playground.issuer}/token?client_secret=x`, { grant_type: 'client_credentials', client_id: id }),
  ],
  [
    'two ways to authenticate',
    'one-authentication',
    () =>
      post(
        `${playground.issuer}/token`,
        { grant_type: 'client_credentials', client_id: id, client_secret: 'x' },
        { authorization: `Basic ${Buffer.from(`${id}:x`).toString('base64')}` },
      ),
  ],
  [
    'a token asked for by GET',
    'token-request-post',
    () => fetch(`${playground.issuer}/token?client_id=${id}`),
  ],
  [
    'a token in the address',
    'token-not-in-url',
    async () => {
      const { tokens } = await redeem()
      await call(playground, `/orders?access_token=${tokens.access_token}`)
    },
  ],
  [
    'an expired token sent again',
    'expired-token-dropped',
    async () => {
      await fault('expired-tokens')
      const { tokens } = await redeem()
      await call(playground, '/orders', tokens.access_token)
      await call(playground, '/orders', tokens.access_token)
    },
  ],
  [
    'a refresh token used twice',
    'refresh-once',
    async () => {
      const { tokens } = await redeem()
      await refresh(tokens.refresh_token)
      await refresh(tokens.refresh_token)
    },
  ],
  [
    'a refused refresh token tried again',
    'refresh-gives-up',
    async () => {
      const { tokens } = await redeem()
      await fault('refresh-expired')
      await refresh(tokens.refresh_token)
      await refresh(tokens.refresh_token)
    },
  ],
  [
    'no resource',
    'resource-named',
    async () => visit((await authorize({ asks: { resource: undefined } })).url),
  ],
  [
    'another resource with the code',
    'resource-same',
    () => redeem({ sends: { resource: 'https://other.example' } }),
  ],
  [
    'no waiting for Retry-After',
    'retry-after-kept',
    async () => {
      await fault('rate-limited')
      await refresh('x')
      await refresh('x')
    },
  ],
]

describe('a client with one error', () => {
  it('is there for at least twenty', () => {
    expect(new Set(planted.map(([, check]) => check)).size).toBeGreaterThanOrEqual(20)
  })

  it.each(planted)('is told: %s', async (_error, check, make) => {
    await make()
    expect(await failuresOf()).toContain(check)
    const junit = await (await admin(`/verdicts/${id}?format=junit`)).text()
    expect(junit).toContain(`name="${check}: `)
    const { verdict: word, checks } = await verdict()
    const level = checks.find((one) => one.check === check)?.level
    if (level === 'must') {
      expect(word).toBe('failed')
      expect(junit).toMatch(/<failure /)
    }
    expect((await admin(`/verdicts/${id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await admin(`/verdicts/${id}`)).status).toBe(404)
  })
})
