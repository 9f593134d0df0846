import { describe, expect, it } from 'vitest'
import {
  hintsFor,
  isHandedOut,
  isSecretClaim,
  isSecretHeader,
  isSecretName,
  isSecretParameter,
  mentionsSecret,
} from '../../../../src/core/secrecy/names.ts'
import { findNamed } from '../../../../src/core/secrecy/named-values.ts'

const words =
  'assertion auth authorization bearer cookie credential cvc cvv jwt mnemonic otp pass passkey pin puk pwd recovery samlresponse session sid sig signature totp'.split(
    ' ',
  )
const endings =
  'accesskey apikey passcode passphrase passwd password privatekey secret secretkey sessionid token'.split(
    ' ',
  )
const pairs = [
  'session id',
  'seed phrase',
  'recovery phrase',
  'pass word',
  'security answer',
  ...'access auth authorization backup card device login mfa otp pass pin recovery reset security sms user verification'
    .split(' ')
    .map((word) => `${word} code`),
]
const openKeys =
  'cache foreign group idempotency object order partition primary public routing row sort surrogate socket websocket'.split(
    ' ',
  )

describe('a name whose value acts for someone', () => {
  it.each(words)('ends with the word %s', (word) => {
    for (const name of [
      word,
      `my_${word}`,
      `My-${word.toUpperCase()}`,
      `${word}s`,
      `${word}2`,
      `${word}_999`,
    ])
      expect(isSecretName(name), name).toBe(name !== `${word}_999`)
    expect(isSecretName(`x${word}x`)).toBe(false)
    expect(isSecretName(`${word}_count`)).toBe(false)
  })

  it.each(endings)('ends with %s, whatever is written before it', (ending) => {
    for (const name of [ending, `db${ending}`, `x_db${ending}s`, `${ending}12`])
      expect(isSecretName(name), name).toBe(true)
    expect(isSecretName(`${ending}_count`)).toBe(false)
  })

  it.each(pairs)('ends with %s', (pair) => {
    const [first, second] = pair.split(' ') as [string, string]
    const camel = `${first}${second.charAt(0).toUpperCase()}${second.slice(1)}`
    for (const name of [`${first}_${second}`, `My-${first}-${second}s`, camel])
      expect(isSecretName(name), name).toBe(true)
    expect(isSecretName(second)).toBe(false)
    expect(isSecretName(`other_${second}`)).toBe(false)
  })

  it.each(['again', 'confirm', 'confirmation', 'repeat', 'value'])('may have %s behind it', (word) => {
    expect(isSecretName(`pin_${word}`)).toBe(true)
    expect(isSecretName(`pin_${word}_${word}`)).toBe(true)
    expect(isSecretName(`my_pin_${word}`)).toBe(true)
    expect(isSecretName(`size_${word}`)).toBe(false)
  })

  it('is a key that opens something', () => {
    for (const name of ['key', 'subscription_key', 'x-functions-key', 'keyValue'])
      expect(isSecretName(name), name).toBe(true)
    for (const word of openKeys) expect(isSecretName(`${word}_key`), word).toBe(false)
    expect(isSecretName('keys')).toBe(false)
  })

  it('is judged by its end where it is long', () => {
    expect(isSecretName(`${'x_'.repeat(500)}pin`)).toBe(true)
    expect(isSecretName(`pin_${'x'.repeat(100)}`)).toBe(false)
    expect(isSecretName(`${'x'.repeat(95)}_pass`)).toBe(true)
  })

  it('has a number of three digits at most behind it', () => {
    expect(isSecretName('pin123')).toBe(true)
    expect(isSecretName('pin1234')).toBe(false)
    expect(isSecretName('session1id')).toBe(false)
  })

  it('is found in a long text by what every such name has in it', () => {
    for (const name of [...words, ...endings, ...pairs.map((pair) => pair.replace(' ', '_')), 'key']) {
      const text = `some words before ${name.toUpperCase()}=marked and behind`
      expect(findNamed(text, isSecretName).map(({ start, end }) => text.slice(start, end))).toEqual([
        'marked',
      ])
    }
    for (const isName of [isSecretName, isHandedOut]) expect(hintsFor(isName)?.flags).toBe('gi')
    // Of others nothing is known.
    expect(hintsFor(mentionsSecret)).toBe(undefined)
    for (const name of handedOut) expect(findNamed(`{"${name}":"marked"}`, isHandedOut), name).toHaveLength(1)
  })
})

const handedOut =
  'accesstoken apikey apitoken authtoken bearertoken clientassertion clientsecret codeverifier devicecode idtoken logouttoken passwd password privatekey refreshtoken registrationaccesstoken secretkey sessiontoken token'.split(
    ' ',
  )

describe('a parameter of OAuth', () => {
  it.each([
    'code',
    'code_verifier',
    'id_token_hint',
    'request',
    'response',
    'software_statement',
    'state',
    'access_token',
    'client_secret',
    'device_code',
    'user_code',
    'login_hint_token',
  ])('that is a secret: %s', (name) => {
    expect(isSecretParameter(name)).toBe(true)
    expect(isSecretParameter(name.toUpperCase())).toBe(true)
  })

  it.each(['code_challenge', 'token_type', 'scope', 'nonce', 'client_id', 'redirect_uri', ''])(
    'that is none: %s',
    (name) => expect(isSecretParameter(name)).toBe(false),
  )
})

describe('a header', () => {
  it.each([
    'Authorization',
    'Proxy-Authorization',
    'Cookie',
    'DPoP',
    'Authentication-Info',
    'Proxy-Authentication-Info',
    'X-Access',
    'X-Api-Key',
  ])('that is a secret: %s', (name) => expect(isSecretHeader(name)).toBe(true))
  it.each(['Set-Cookie', 'SET-COOKIE', 'DPoP-Nonce', 'WWW-Authenticate', 'X-Accessed', 'Info'])(
    'of which more may be seen: %s',
    (name) => expect(isSecretHeader(name)).toBe(false),
  )
})

describe('a member that hands out a secret', () => {
  it.each(handedOut)('%s', (name) => {
    expect(isHandedOut(name)).toBe(true)
    expect(isHandedOut(`_${name.toUpperCase()}-_`)).toBe(true)
    expect(isHandedOut(`other${name}`)).toBe(false)
  })
  it('is not just any secret name', () => {
    for (const name of ['pin', 'code', 'state', 'session', '', `token${'_'.repeat(96)}`])
      expect(isHandedOut(name), name).toBe(false)
    expect(isHandedOut(`token${'_'.repeat(95)}`)).toBe(true)
  })
})

describe('a claim', () => {
  it.each(['apiKey', 'client_secret', 'passwd', 'password', 'private-key', 'refreshToken', 'SECRET'])(
    'that has no business in a token: %s',
    (name) => expect(isSecretClaim(name)).toBe(true),
  )
  it.each(['sid', 'at_hash', 'nonce', 'auth_time', '', 'x'.repeat(101), `secret${'_'.repeat(95)}`])(
    'that has: %s',
    (name) => expect(isSecretClaim(name)).toBe(false),
  )
})

describe('a name that mentions a secret', () => {
  it.each([
    'my_password_2',
    'PASSW',
    'tokens_left',
    'secretary',
    'api_key_old',
    'apikeys',
    'my_apikey_count',
    'assertions_x',
    'credentials_of',
    'pin',
  ])('%s', (name) => expect(mentionsSecret(name)).toBe(true))
  it.each(['size', 'name', 'keyboard', `password${'x'.repeat(100)}`])('not %s', (name) =>
    expect(mentionsSecret(name)).toBe(false),
  )
})
