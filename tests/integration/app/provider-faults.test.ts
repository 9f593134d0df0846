import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Failure } from '../../../src/core/contract/result.ts'
import { faultNames, faults, type AppFault, type FaultName } from '../../../src/playground/faults/table.ts'
import { startPlayground, type Playground } from '../../../src/playground/index.ts'
import { signInAtProvider } from '../../support/playground-browser.ts'
import { openWorkbench, type Workbench } from '../../support/workbench.ts'

/** What Gatehouse does at a provider with a fault; docs/playground.md says what a sound client does. */
type Deed = {
  /** The code of the failure with which the sign-in is refused. */
  signIn?: string
  /** What the refusal says to do next, where the page promises something of it. */
  next?: RegExp
  /** The headline over the API's refusal of the token. */
  call?: RegExp
  /** The code with which a refresh fails. */
  refresh?: string
  /** How often the token endpoint is asked until then; once where nothing is said. */
  asked?: number
  /** How often the key set is fetched, where the page says something of it. */
  keys?: number
}

// What the API itself does wrong has tests in playground-faults.test.ts.
type ProviderFault = Exclude<FaultName, Exclude<AppFault, 'expired-tokens' | 'wrong-audience'>>

const deeds: Record<ProviderFault, Deed> = {
  // After the 401 it refreshes once, and does not go on.
  'expired-tokens': { call: /expired/, asked: 2 },
  'wrong-audience': { call: /another API/, asked: 2 },
  'access-bad-signature': { call: /signature/, asked: 2 },
  'access-unknown-kid': { call: /key that signed/, asked: 2 },
  'access-wrong-issuer': { call: /issuer/, asked: 2 },
  'id-wrong-issuer': { signIn: 'id_token_issuer' },
  'id-missing-issuer': { signIn: 'id_token_claim_missing' },
  'id-wrong-audience': { signIn: 'id_token_audience' },
  'id-missing-audience': { signIn: 'id_token_claim_missing' },
  'id-wrong-nonce': { signIn: 'id_token_nonce' },
  'id-missing-nonce': { signIn: 'id_token_nonce' },
  'id-wrong-azp': { signIn: 'id_token_azp' },
  'id-missing-azp': { signIn: 'id_token_azp' },
  'id-wrong-at-hash': { signIn: 'id_token_at_hash' },
  'id-missing-at-hash': {},
  'id-expired': { signIn: 'id_token_expired' },
  'id-unsigned': { signIn: 'id_token_algorithm' },
  'id-bad-signature': { signIn: 'id_token_signature' },
  'id-unknown-kid': { signIn: 'id_token_signature_unverifiable', keys: 2 },
  'empty-jwks': { signIn: 'id_token_signature_unverifiable' },
  // The code goes nowhere.
  'response-wrong-issuer': { signIn: 'callback_iss_mismatch', asked: 0 },
  'response-missing-issuer': { signIn: 'callback_iss_missing', asked: 0 },
  'response-wrong-state': { signIn: 'callback_state_unknown', asked: 0 },
  'slow-answer': {},
  'cut-answer': { signIn: 'token_network_cut', next: /Try again/ },
  'huge-answer': { signIn: 'token_network_too_large' },
  'html-answer': { signIn: 'token_html' },
  'rate-limited': { signIn: 'token_provider_error', next: /Try again in a moment/ },
  unavailable: { signIn: 'token_temporarily_unavailable', next: /Try again in a moment/ },
  'refresh-expired': { refresh: 'token_invalid_grant', asked: 2 },
  // The client may be allowed meanwhile: each request of the user tries once.
  'refresh-refused': { refresh: 'token_unauthorized_client', asked: 3 },
  'refresh-reuse': { refresh: 'token_invalid_grant', asked: 2 },
}

const key = 'an-admin-key-of-some-length'
let bench: Workbench
let playground: Playground
beforeAll(async () => {
  playground = await startPlayground({
    dataDirectory: ':memory:',
    issuerPort: 0,
    apiPort: 0,
    configuration: { consent: 'skip', admin: { key } },
    now: () => bench.clock.now(),
  })
  bench = await openWorkbench({ playground })
})
afterAll(async () => {
  await bench.close()
  await playground.stop()
})
beforeEach(() => admin('POST', '/reset'))

async function admin(method: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${playground.issuer}/admin${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: body ? JSON.stringify(body) : method === 'GET' ? null : '{}',
  })
  return answer.status === 204 ? undefined : answer.json()
}

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const failure = (result: { ok: true } | { ok: false; error: Failure }): Failure => {
  if (result.ok) throw new Error('it did not fail')
  return result.error
}

async function signInAt(path: string) {
  const saved = await bench.app.connections.save({
    name: `Playground${path}`,
    provider: { issuer: `${playground.issuer}${path}` },
    clientId: 'gatehouse-desktop',
    clientAuthentication: 'none',
    scope: 'openid profile offline_access orders:read',
    redirectKind: 'custom-scheme',
    resource: playground.apiBase,
    allowInsecure: false,
  })
  value(await bench.app.signIn.start({ connectionId: value(saved).id }))
  const who = { username: 'alice', password: 'alice-password' }
  return bench.app.signIn.receive(await signInAtProvider(bench.opened.at(-1) ?? '', who))
}

/** By the user's word also where the token is meant for another API. */
const send = async (accountId: string) =>
  value(
    await bench.app.sendRequest.send({
      sendId: randomUUID(),
      draft: {
        method: 'GET',
        url: `${playground.apiBase}/orders`,
        query: [],
        headers: [],
        body: { kind: 'none' },
        accountId,
      },
      allowToken: { accountId, origin: new URL(playground.apiBase).origin },
    }),
  )

/** The token expires, and a request that needs another gets none: it is not sent. */
async function expectNoToken(accountId: string): Promise<void> {
  bench.clock.forward(150_000)
  try {
    expect((await send(accountId)).status).toBeUndefined()
  } finally {
    bench.clock.forward(-150_000)
  }
}

/** What came to an endpoint, by the playground's log. */
async function askedOf(endpoint: string): Promise<number> {
  const { entries } = (await admin('GET', '/log')) as { entries: { endpoint: string }[] }
  return entries.filter((entry) => entry.endpoint === endpoint).length
}

/** What the playground found wrong with Gatehouse. */
async function findings() {
  const { verdict, checks } = (await admin('GET', '/verdicts/gatehouse-desktop')) as {
    verdict: string
    checks: { check: string; status: string }[]
  }
  return { verdict, failed: checks.flatMap(({ check, status }) => (status === 'failed' ? [check] : [])) }
}
const nothingFound = { verdict: 'passed', failed: [] }

describe('at a provider with a fault', () => {
  it.each(faultNames.filter((name): name is ProviderFault => faults[name].at !== 'api'))(
    'Gatehouse does what a sound client does: %s',
    async (name) => {
      const { signIn, next, call, refresh, asked = 1, keys } = deeds[name]
      const received = await signInAt(`/f/${name}`)
      if (signIn !== undefined) {
        const refused = failure(received)
        expect(refused.code).toBe(signIn)
        if (next) expect(refused.next).toMatch(next)
      } else {
        const { accountId } = value(received)
        const sent = await send(accountId)
        if (call) {
          expect(sent.status).toBe(401)
          expect(sent.refusal?.headline).toMatch(call)
        } else expect(sent.status).toBe(200)
        if (refresh !== undefined) {
          expect(failure(await bench.app.accounts.refresh(accountId)).code).toBe(refresh)
          await expectNoToken(accountId)
        }
      }
      // A response that the client broke off is written down once that is seen.
      await expect.poll(() => askedOf('token')).toBe(asked)
      if (keys !== undefined) expect(await askedOf('jwks')).toBe(keys)
      expect(await findings()).toEqual(nothingFound)
    },
  )
})

describe('a refresh at a provider with a fault', () => {
  it.each(['rate-limited', 'unavailable'] as const)(
    'comes again when Retry-After has passed: %s',
    async (fault) => {
      const { accountId } = value(await signInAt(''))
      await admin('POST', '/faults', { fault, client: 'gatehouse-desktop', next: 1 })
      const before = bench.clock.now()
      value(await bench.app.accounts.refresh(accountId))
      expect(bench.clock.now() - before).toBeGreaterThanOrEqual(2000)
      expect(await askedOf('token')).toBe(3)
      expect(await findings()).toEqual(nothingFound)
      expect((await send(accountId)).status).toBe(200)
    },
  )

  it('whose response is cut is tried once more, and then given up', async () => {
    const { accountId } = value(await signInAt(''))
    await admin('POST', '/faults', { fault: 'cut-answer', client: 'gatehouse-desktop', next: 1 })
    expect(failure(await bench.app.accounts.refresh(accountId)).code).toBe('refresh_answer_lost')
    await expectNoToken(accountId)
    expect(await askedOf('token')).toBe(3)
    expect(await findings()).toEqual(nothingFound)
  })
})

it('has a row for every fault on the page, in the words of the program', () => {
  const page = readFileSync('docs/playground.md', 'utf8')
  const rows = [...page.matchAll(/^\| `([a-z-]+)` +\| (.+?) +\| (.+?) +\| ([^|]+?) +\|$/gm)].map(
    ([, name = '', what, sound, section]) => [name, { what, sound, section }] as const,
  )
  const told = faultNames.map((name) => {
    const { what, sound, section } = faults[name]
    return [name, { what, sound, section }] as const
  })
  expect(rows.slice(0, told.length)).toEqual(told)
})
