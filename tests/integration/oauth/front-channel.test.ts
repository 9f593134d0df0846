import type { ClientMetadata } from 'oidc-provider'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionDraft } from '../../../src/core/contract/connections.ts'
import type { ConnectionSettings, FrontChannelType } from '../../../src/core/contract/connection-settings.ts'
import { startStrictProvider, signInAtStrict, type StrictProvider } from '../../support/strict-provider.ts'
import { openWorkbench, type Workbench } from '../../support/workbench.ts'

const everyType = [
  'code id_token',
  'code token',
  'code id_token token',
  'id_token',
  'id_token token',
] as const satisfies FrontChannelType[]

let bench: Workbench
let strict: StrictProvider
beforeEach(async () => {
  bench = await openWorkbench()
})
afterEach(async () => {
  await bench.close()
  await strict.stop()
})

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

const client: ClientMetadata = {
  client_id: 'old',
  application_type: 'native',
  token_endpoint_auth_method: 'none',
  redirect_uris: ['app.gatehouse.desktop:/oauth/callback', 'http://127.0.0.1/oauth/callback'],
  grant_types: ['authorization_code', 'implicit', 'refresh_token'],
  response_types: ['code', ...everyType],
  scope: 'openid offline_access read write',
}

const startProvider = async (): Promise<void> => {
  strict = await startStrictProvider({ clients: [client], responseTypes: ['code', ...everyType] })
}

const connect = async (settings: ConnectionSettings, change: Partial<ConnectionDraft> = {}) =>
  bench.app.connections.save({
    name: 'Old',
    provider: { issuer: strict.issuer },
    clientId: 'old',
    clientAuthentication: 'none',
    scope: 'openid',
    redirectKind: 'custom-scheme',
    allowInsecure: false,
    settings,
    ...change,
  })

const ask = async (settings: ConnectionSettings, change: Partial<ConnectionDraft> = {}) => {
  const { id } = value(await connect(settings, change))
  value(await bench.app.signIn.start({ connectionId: id }))
  const url = bench.opened.at(-1) ?? ''
  return { asked: new URL(url).searchParams, ...(await signInAtStrict(url)) }
}

/** The redirect with another value of one parameter of its fragment; `undefined` takes it out. */
const changed = (redirect: string, name: string, to: string | undefined): string => {
  const [base, fragment = ''] = redirect.split('#')
  const parameters = new URLSearchParams(fragment)
  if (to === undefined) parameters.delete(name)
  else parameters.set(name, to)
  return `${base}#${parameters}`
}

const fragmentOf = (redirect: string) => new URLSearchParams(redirect.split('#')[1])
const everyFlow = () =>
  value(bench.app.flows.list({ limit: 50 })).map(({ id }) => value(bench.app.flows.get(id)))
const stored = () => value(bench.app.first.accounts())

describe('response types for old servers', () => {
  it.each(everyType)('%s, in the fragment of the custom scheme', async (responseType) => {
    await startProvider()
    const { asked, redirect } = await ask({ responseType })
    expect(asked.get('response_type')).toBe(responseType)
    expect(asked.has('response_mode')).toBe(false)
    expect(asked.has('code_challenge')).toBe(responseType.includes('code'))
    const came = fragmentOf(redirect)
    expect(new URL(redirect).search).toBe('')
    for (const [part, name] of [
      ['code', 'code'],
      ['id_token', 'id_token'],
      ['token', 'access_token'],
    ] as const)
      expect([name, came.has(name)]).toEqual([name, responseType.split(' ').includes(part)])

    const { accountId } = value(await bench.app.signIn.receive(redirect))
    const account = value(await bench.app.accounts.get(accountId))
    expect(account.lineage[0]?.reason).toContain(responseType)
    expect(account.subject).toBe('alice')
    expect(account.id_token !== undefined).toBe(true)
    const text = bench.app.tokens.reveal({ accountId, kind: 'access' })
    if (responseType === 'id_token') {
      expect(text).toMatchObject({ ok: false, error: { code: 'token_missing' } })
      expect(account.access).toBeUndefined()
      expect(await bench.app.accountActions.userinfo(accountId)).toMatchObject({
        ok: false,
        error: { code: 'account_no_access_token' },
      })
    } else {
      // The token endpoint's access token is preferred over the one that the browser saw.
      expect(value(text).text === came.get('access_token')).toBe(!responseType.includes('code'))
      expect(await bench.app.accountActions.userinfo(accountId)).toMatchObject({ ok: true })
    }
    expect(strict.tokenRequests).toHaveLength(responseType.includes('code') ? 1 : 0)

    const kept = JSON.stringify(everyFlow())
    for (const name of ['id_token', 'access_token', 'code']) {
      const secret = came.get(name)
      if (secret) expect(kept).not.toContain(secret)
    }
    expect(kept).toContain('app.gatehouse.desktop:/oauth/callback#')
  })

  it.each(['code id_token', 'id_token token'] as const)('%s, posted to loopback', async (responseType) => {
    await startProvider()
    const { asked, redirect, form } = await ask(
      { responseType, responseMode: 'form_post' },
      { redirectKind: 'loopback' },
    )
    expect(asked.get('response_mode')).toBe('form_post')
    const parameters = new URLSearchParams(form)
    // The same in the query is not taken, and the sign-in goes on waiting.
    expect((await fetch(`${redirect}?${parameters}`)).status).toBe(405)
    expect(stored()).toEqual([])
    expect((await fetch(redirect, { method: 'POST', body: parameters })).status).toBe(200)
    await expect.poll(() => bench.ended.at(-1)).toMatchObject({ accountId: expect.any(String) })
  })

  it('takes its tokens neither in the query nor in parts, and goes on waiting for the genuine answer', async () => {
    await startProvider()
    const { redirect } = await ask({ responseType: 'code id_token' })
    const refused: [string, string][] = [
      [redirect.replace('#', '?'), 'callback_in_query'],
      [changed(redirect, 'id_token', undefined), 'callback_part_missing'],
      [changed(redirect, 'code', undefined), 'callback_part_missing'],
      [changed(redirect, 'access_token', 'planted'), 'callback_part_unasked'],
      [changed(redirect, 'state', 'other'), 'callback_state_unknown'],
      [changed(redirect, 'iss', 'https://other.example'), 'callback_iss_mismatch'],
    ]
    for (const [url, code] of refused) {
      expect(await bench.app.signIn.receive(url)).toMatchObject({ ok: false, error: { code } })
      expect(value(bench.app.signIn.list())).toHaveLength(1)
    }
    expect(await bench.app.signIn.receive(redirect)).toMatchObject({ ok: true })
  })

  it.each([
    ['code id_token', 'code', 'another', 'id_token_c_hash'],
    ['id_token token', 'access_token', 'another', 'id_token_at_hash'],
    ['id_token token', 'token_type', undefined, 'token_type_unknown'],
    ['id_token token', 'token_type', 'mac', 'token_type_unknown'],
    ['id_token', 'id_token', 'a.b.c', 'id_token_format'],
  ] as const)('%s with another %s: %s is %s', async (responseType, name, to, code) => {
    await startProvider()
    const { redirect } = await ask({ responseType })
    expect(await bench.app.signIn.receive(changed(redirect, name, to))).toMatchObject({
      ok: false,
      error: { code },
    })
    expect(stored()).toEqual([])
    expect(strict.tokenRequests).toEqual([])
  })

  it('refuses the ID token of another sign-in by its nonce', async () => {
    await startProvider()
    const first = await ask({ responseType: 'id_token' })
    const second = await ask({ responseType: 'id_token' })
    const swapped = changed(second.redirect, 'id_token', fragmentOf(first.redirect).get('id_token') ?? '')
    expect(await bench.app.signIn.receive(swapped)).toMatchObject({
      ok: false,
      error: { code: 'id_token_nonce' },
    })
    expect(stored()).toEqual([])
  })

  it('wants iss where no ID token in the response names the issuer', async () => {
    await startProvider()
    const { redirect } = await ask({ responseType: 'code token' })
    expect(await bench.app.signIn.receive(changed(redirect, 'iss', undefined))).toMatchObject({
      ok: false,
      error: { code: 'callback_iss_missing' },
    })
    expect(await bench.app.signIn.receive(redirect)).toMatchObject({ ok: true })
  })

  it('takes no tokens for a plain code', async () => {
    await startProvider()
    const { redirect } = await ask({})
    const more = `${redirect}&access_token=planted&token_type=Bearer`
    expect(await bench.app.signIn.receive(more)).toMatchObject({
      ok: false,
      error: { code: 'callback_part_unasked' },
    })
    expect(await bench.app.signIn.receive(redirect)).toMatchObject({ ok: true })
  })

  it('refuses settings that do not hold together', async () => {
    await startProvider()
    const codeOf = async (settings: ConnectionSettings, change: Partial<ConnectionDraft> = {}) => {
      const saved = await connect(settings, change)
      return saved.ok ? 'saved' : saved.error.code
    }
    const responseType = 'id_token token'
    expect(await codeOf({ responseType, responseMode: 'query' })).toBe('connection_response_mode')
    expect(await codeOf({ responseType, responseMode: 'query.jwt' })).toBe('connection_response_mode')
    expect(await codeOf({ responseType, dpop: true })).toBe('connection_dpop_without_code')
    expect(await codeOf({ responseType }, { redirectKind: 'loopback' })).toBe(
      'connection_fragment_on_loopback',
    )
    const { id } = value(await connect({ responseType }, { scope: 'read' }))
    expect(await bench.app.signIn.start({ connectionId: id })).toMatchObject({
      ok: false,
      error: { code: 'sign_in_needs_openid' },
    })
  })
})
