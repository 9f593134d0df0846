import { describe, expect, it } from 'vitest'
import { isSecretHeader, isSecretName, remembered } from '../../../../src/core/secrecy/names.ts'

describe('what acts for someone by its name', () => {
  it.each([
    'Ocp-Apim-Subscription-Key',
    'X-RapidAPI-Key',
    'x-functions-key',
    'X-Goog-Api-Key',
    'X-Auth-Key',
    'X-Vault-Token',
    'Private-Token',
    'X-Amz-Signature',
    'X-Access',
    'X-Otp',
    'X-Session-Id',
    'Authentication-Info',
  ])('is the header %s', (name) => {
    expect(isSecretHeader(name)).toBe(true)
  })

  it.each([
    'key',
    'api_key',
    'subscription-key',
    'subscriptionKey',
    'access_token',
    'sig',
    'passcode',
    'otp',
    'pin',
    'recovery',
    'recoveryCodes',
    'mnemonic',
    'cvv',
    'sessionId',
    'user[password]',
    'password_confirmation',
    'newPassword2',
    'dbpassword',
    'refreshTokens',
    'mfa_code',
    'jwt',
    'credentials',
    'SAMLResponse',
    'puk',
    'cvc',
    'bearer',
    'totp',
    'security_answer',
    'seedPhrase',
    'client_assertion',
    'sid',
    'user_pass',
    'dbPwd',
    'set_cookie',
  ])('is the parameter %s', (name) => {
    expect(isSecretName(name)).toBe(true)
  })

  it.each([
    'Idempotency-Key',
    'Sec-WebSocket-Key',
    'X-Cache-Key',
    'public_key',
    'partitionKey',
    'monkey',
    'keyword',
    'Content-Type',
    'X-Request-Id',
    'Accept',
    'pinned',
    'spin',
    'token_type',
    'code',
    'session_count',
    'secretary',
    'author',
    'passenger',
    '',
  ])('is not %s', (name) => {
    expect(isSecretHeader(name)).toBe(false)
  })
})

describe('names that were asked about', () => {
  it('are not judged again, as far as so many are kept', () => {
    const judged: string[] = []
    const isName = remembered((name) => {
      judged.push(name)
      return name === 'pin'
    }, 2)
    expect(['pin', 'a', 'pin', 'a', 'b', 'b'].map(isName)).toEqual([true, false, true, false, false, false])
    expect(judged).toEqual(['pin', 'a', 'b', 'b'])
  })
})
