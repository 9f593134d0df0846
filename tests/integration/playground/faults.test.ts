import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as client from 'openid-client'
import { faultNames, faults, type FaultName } from '../../../src/playground/faults/table.ts'
import type { Playground } from '../../../src/playground/index.ts'
import { signInAtProvider } from '../../support/playground-browser.ts'
import { alice, call, redirectUri, start } from './support.ts'

let playground: Playground
beforeAll(async () => {
  playground = await start({ configuration: { consent: 'skip' } })
})
afterAll(() => playground.stop())

/** Signs in at the issuer of a fault with a library that is sound, signatures checked too. */
const signInAt = async (fault: FaultName) => {
  const config = await client.discovery(
    new URL(`${playground.issuer}/f/${fault}`),
    'gatehouse-desktop',
    undefined,
    client.None(),
    { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks], timeout: 3 },
  )
  const verifier = client.randomPKCECodeVerifier()
  const [state, nonce] = [client.randomState(), client.randomNonce()]
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: 'openid offline_access orders:read',
    state,
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  })
  const tokens = await client.authorizationCodeGrant(
    config,
    new URL(await signInAtProvider(url.href, alice)),
    {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
    },
  )
  return { config, tokens }
}

const byPath = faultNames.filter((name) => faults[name].at !== 'api')
const refused = byPath.filter(
  (name) =>
    !name.startsWith('refresh-') &&
    // Left to the client in the code flow (OpenID Connect Core 3.1.3.8).
    !name.endsWith('-at-hash') &&
    !['access', 'token'].includes(faults[name].at),
)

describe('an issuer that is nothing but its fault', () => {
  it.each(refused)('is refused by a sound client: %s', async (fault) => {
    await expect(signInAt(fault)).rejects.toThrow()
  })

  it.each(['cut-answer', 'html-answer', 'rate-limited', 'unavailable', 'slow-answer'] as const)(
    'gives no tokens: %s',
    async (fault) => {
      await expect(signInAt(fault)).rejects.toThrow()
    },
  )

  it('says when to come again', async () => {
    for (const [fault, status] of [
      ['rate-limited', 429],
      ['unavailable', 503],
    ] as const) {
      const answer = await fetch(`${playground.issuer}/f/${fault}/token`, {
        method: 'POST',
        body: new URLSearchParams({ a: 'b' }),
      })
      expect(answer.status).toBe(status)
      expect(answer.headers.get('retry-after')).toBe('2')
    }
  })

  it('sends more than anyone should read', async () => {
    const answer = await fetch(`${playground.issuer}/f/huge-answer/token`, {
      method: 'POST',
      body: new URLSearchParams({ a: 'b' }),
    })
    let length = 0
    const reader = answer.body?.getReader()
    while (reader && length < 5_000_000) length += (await reader.read()).value?.length ?? 0
    await reader?.cancel()
    expect(length).toBeGreaterThanOrEqual(5_000_000)
  })

  it.each(byPath.filter((name) => faults[name].at === 'access'))(
    'gives a token that the API refuses: %s',
    async (fault) => {
      const { tokens } = await signInAt(fault)
      expect((await call(playground, '/orders', tokens.access_token)).status).toBe(401)
    },
  )

  it.each([
    ['refresh-expired', 'invalid_grant'],
    ['refresh-refused', 'unauthorized_client'],
    ['refresh-reuse', 'invalid_grant'],
  ] as const)('refuses to refresh: %s', async (fault, error) => {
    const { config, tokens } = await signInAt(fault)
    await expect(client.refreshTokenGrant(config, tokens.refresh_token ?? '')).rejects.toMatchObject({
      error,
    })
  })

  it('is not there for what is no fault, or of the API', async () => {
    for (const name of ['chaos', 'clock-skew', 'constructor'])
      expect((await fetch(`${playground.issuer}/f/${name}/.well-known/openid-configuration`)).status).toBe(
        404,
      )
  })

  it('leaves the first issuer alone', async () => {
    const config = await client.discovery(
      new URL(playground.issuer),
      'gatehouse-desktop',
      undefined,
      client.None(),
      {
        execute: [client.allowInsecureRequests],
      },
    )
    expect(config.serverMetadata().issuer).toBe(playground.issuer)
  })
})
