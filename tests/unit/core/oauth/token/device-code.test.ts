import { describe, expect, it } from 'vitest'
import { pollDeviceCode, requestDeviceCode } from '../../../../../src/core/oauth/token/device-code.ts'
import { believe, connection, fakeFetch, issuer } from '../fake.ts'

const endpoint = `${issuer}/device`
const at = (change: Record<string, unknown> = {}) => ({
  connection: connection({
    scope: 'read',
    metadata: { ...connection().metadata, device_authorization_endpoint: endpoint },
  }),
  now: () => 0,
  judgeIdToken: believe,
  ...change,
})
const answer = {
  device_code: 'device-secret',
  user_code: 'WDJB-MJHT',
  verification_uri: `${issuer}/enter`,
  expires_in: 1800,
}
const ask = async (body: unknown, status = 200) => {
  const asked = await requestDeviceCode({ ...at(), fetch: fakeFetch({ [endpoint]: { body, status } }) })
  return asked.ok ? asked.value : asked.error.code
}

describe('requestDeviceCode', () => {
  it('reads the response of RFC 8628 section 3.2; five seconds where no interval is named', async () => {
    expect(await ask(answer)).toEqual({
      expiresInSeconds: 1800,
      secrets: {
        deviceCode: 'device-secret',
        userCode: 'WDJB-MJHT',
        verificationUri: `${issuer}/enter`,
        intervalSeconds: 5,
        scopeAsked: 'read',
      },
    })
  })

  it('believes no endless life and no endless interval', async () => {
    expect(await ask({ ...answer, expires_in: 1e8, interval: 1e8 })).toMatchObject({
      expiresInSeconds: 3600,
      secrets: { intervalSeconds: 300 },
    })
  })

  it.each([
    [
      'an address that is no web page',
      { ...answer, verification_uri: 'javascript:alert(1)' },
      'endpoint_scheme',
    ],
    ['plain http elsewhere', { ...answer, verification_uri: 'http://evil.example/' }, 'endpoint_insecure'],
    ['no user code', { ...answer, user_code: undefined }, 'device_answer'],
    ['a user code of nothing to see', { ...answer, user_code: '\u0000\u202e' }, 'device_answer'],
    ['a refusal', { error: 'unauthorized_client' }, 'token_unauthorized_client'],
  ])('refuses %s', async (_name, body, code) => {
    expect(await ask(body, 'error' in body ? 400 : 200)).toBe(code)
  })

  it('leaves out a second address that is not safe to open', async () => {
    const asked = await ask({ ...answer, verification_uri_complete: 'file:///etc/passwd' })
    expect(JSON.stringify(asked)).not.toContain('passwd')
  })

  it('says that the provider offers none', async () => {
    const asked = await requestDeviceCode({ ...at(), connection: connection(), fetch: fakeFetch({}) })
    expect(asked).toMatchObject({ ok: false, error: { code: 'device_no_endpoint' } })
  })
})

describe('pollDeviceCode', () => {
  const secrets = {
    deviceCode: 'device-secret',
    userCode: 'WDJB-MJHT',
    verificationUri: `${issuer}/enter`,
    intervalSeconds: 5,
    scopeAsked: 'read',
  }
  const poll = async (body: unknown, status = 400) => {
    const fetch = fakeFetch({ [`${issuer}/token`]: { body, status } })
    const polled = await pollDeviceCode(secrets, { ...at(), fetch })
    return { polled, form: fetch.sent[0]?.form }
  }

  it('asks with the device code', async () => {
    const { form } = await poll({ error: 'authorization_pending' })
    expect(Object.fromEntries(form ?? [])).toEqual({
      client_id: 'client-1',
      device_code: 'device-secret',
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    })
  })

  it('tells waiting, slower, expired, refused and granted apart (RFC 8628 section 3.5)', async () => {
    const outcome = async (body: unknown, status?: number) => {
      const { polled } = await poll(body, status)
      if (!polled.ok) return `${polled.error.code} ${polled.error.remedy}`
      return polled.value.state === 'waiting'
        ? `waiting ${polled.value.slower}`
        : polled.value.granted.accessToken
    }
    expect(await outcome({ error: 'authorization_pending' })).toBe('waiting false')
    expect(await outcome({ error: 'slow_down' })).toBe('waiting true')
    expect(await outcome({ error: 'expired_token' })).toBe('device_expired sign-in-again')
    expect(await outcome({ error: 'access_denied' })).toBe('device_denied sign-in-again')
    expect(await outcome('', 503)).toBe('token_server_error try-later')
    expect(await outcome({ error: 'invalid_grant' })).toBe('token_invalid_grant sign-in-again')
    const granted = { access_token: 'at', token_type: 'Bearer', expires_in: 60 }
    expect(await outcome(granted, 200)).toBe('at')
  })
})
