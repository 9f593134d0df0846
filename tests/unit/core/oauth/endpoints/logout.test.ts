import { describe, expect, it } from 'vitest'
import {
  buildLogoutRequest,
  isLogoutReturn,
  logoutRedirectUri,
  readLogoutReturn,
} from '../../../../../src/core/oauth/endpoints/logout.ts'
import { connection, issuer } from '../fake.ts'

const lengths: number[] = []
const randomBytes = (length: number) => {
  lengths.push(length)
  return new Uint8Array(length).fill(1)
}
const state = Buffer.from(new Uint8Array(32).fill(1)).toString('base64url')

const build = (
  endpoint: string | undefined,
  asked: { idToken?: string; wayBack?: string },
  change: Parameters<typeof connection>[0] = {},
) => {
  const { metadata } = connection()
  const offers = endpoint === undefined ? metadata : { ...metadata, end_session_endpoint: endpoint }
  return buildLogoutRequest(connection({ metadata: offers, ...change }), { ...asked, randomBytes })
}

/** The address before its query, and what the query asks. */
const read = async (built: ReturnType<typeof build>) => {
  const result = await built
  if (!result.ok) return result.error.code
  const { url, ...rest } = result.value
  const [base] = url.split('?', 1)
  return { base, asked: [...new URL(url).searchParams].sort(), ...rest }
}

describe('buildLogoutRequest (OpenID Connect RP-Initiated Logout 1.0 section 2)', () => {
  it('names the client and its ID token, and no way back where none is asked for', async () => {
    expect(await read(build(`${issuer}/logout`, { idToken: 'the.id.token' }))).toEqual({
      base: `${issuer}/logout`,
      asked: [
        ['client_id', 'client-1'],
        ['id_token_hint', 'the.id.token'],
      ],
    })
  })

  it('asks to come back with a state of 256 bits, with or without an ID token', async () => {
    expect(await read(build(`${issuer}/logout`, { wayBack: logoutRedirectUri }))).toEqual({
      base: `${issuer}/logout`,
      asked: [
        ['client_id', 'client-1'],
        ['post_logout_redirect_uri', 'app.gatehouse.desktop:/oauth/logout'],
        ['state', state],
      ],
      state,
    })
    expect(lengths).toEqual([32])
  })

  it('keeps the query of the endpoint as it is written, but for names of its own', async () => {
    const built = await build(`${issuer}/logout?tenant=a%2fb&client_id=other`, {})
    expect(built).toEqual({ ok: true, value: { url: `${issuer}/logout?tenant=a%2fb&client_id=client-1` } })
  })

  it('says that the provider offers none', async () => {
    expect(await read(build(undefined, {}))).toBe('logout_not_offered')
  })

  it('opens no plain http elsewhere, unless the connection allows it', async () => {
    const insecure = await build('http://as.example/logout', {})
    expect(insecure).toMatchObject({ ok: false, error: { code: 'endpoint_insecure' } })
    expect(insecure).toMatchObject({
      error: { message: expect.stringContaining('The logout endpoint uses') },
    })
    const allowed = await build('http://as.example/logout', {}, { allowInsecure: true })
    expect(allowed).toMatchObject({ ok: true, value: { url: 'http://as.example/logout?client_id=client-1' } })
  })
})

describe('the way back from a log-out', () => {
  it.each([
    [logoutRedirectUri, true],
    [`${logoutRedirectUri}?state=1`, true],
    ['app.gatehouse.desktop:///oauth/logout#state=1', true],
    ['app.gatehouse.desktop:/oauth/logout/more', false],
    ['app.gatehouse.desktop:/oauth/callback?state=1', false],
    ['', false],
  ])('is known by its address: %s', (url, ours) => {
    expect(isLogoutReturn(url)).toBe(ours)
  })

  it.each([
    [`${logoutRedirectUri}?state=the-state`, 'the-state'],
    [`${logoutRedirectUri}?a=1&state=x%20y#fragment`, 'x y'],
    [`${logoutRedirectUri}?state=1&state=1`, 'logout_state_missing'],
    [`${logoutRedirectUri}?state=`, 'logout_state_missing'],
    [`${logoutRedirectUri}#state=1`, 'logout_state_missing'],
    [`${logoutRedirectUri}?a=1#&state=1`, 'logout_state_missing'],
    [logoutRedirectUri, 'logout_state_missing'],
    [`${logoutRedirectUri}?state=a b`, 'logout_malformed'],
    [` ${logoutRedirectUri}?state=1`, 'logout_malformed'],
    [`${logoutRedirectUri}?state=1\u00e9`, 'logout_malformed'],
    [`${logoutRedirectUri}?state=1&a=${'x'.repeat(65_536)}`, 'logout_malformed'],
  ])('brings one state: %s', (url, expected) => {
    const result = readLogoutReturn(url)
    expect(result.ok ? result.value : result.error.code).toBe(expected)
  })

  it('may be as long as 64 KB', () => {
    const start = `${logoutRedirectUri}?state=1&a=`
    const url = start + 'x'.repeat(65_536 - start.length)
    expect(readLogoutReturn(url)).toEqual({ ok: true, value: '1' })
    expect(readLogoutReturn(`${url}x`)).toMatchObject({ ok: false, error: { code: 'logout_malformed' } })
  })
})
