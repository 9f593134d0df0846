import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { redactBody, redactHeader, redactText, redactUrl } from '../../../../src/core/secrecy/redact.ts'

const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJlLXRleHQ'
const secret = 'S3cr3t-value_42~x'

describe('redaction', () => {
  it('takes secrets out of URLs and leaves the rest', () => {
    expect(
      redactUrl(`https://as.example/cb?code=${secret}&scope=openid+email&code_challenge=abc#id_token=${jwt}`),
    ).toBe('https://as.example/cb?code=•••&scope=openid+email&code_challenge=abc#id_token=•••')
    expect(redactUrl(`https://u:${secret}@as.example/`)).toBe('https://as.example/')
    expect(redactUrl(`app.gatehouse.desktop:/oauth/callback?state=${secret}`)).not.toContain(secret)
  })

  it('takes the tokens of a response in the fragment out, and leaves what explains it', () => {
    const answer = `code=${secret}&access_token=${secret}&id_token=${jwt}&token_type=Bearer&expires_in=60&state=${secret}`
    expect(redactUrl(`app.gatehouse.desktop:/oauth/callback#${answer}`)).toBe(
      'app.gatehouse.desktop:/oauth/callback#code=•••&access_token=•••&id_token=•••&token_type=Bearer&expires_in=60&state=•••',
    )
  })

  it('takes secrets out of headers', () => {
    expect(redactHeader('Authorization', `Bearer ${secret}`)).toBe('Bearer •••')
    expect(redactHeader('authorization', secret)).toBe('•••')
    expect(redactHeader('Set-Cookie', `sid=${secret}`)).toBe('•••')
    expect(redactHeader('Location', `https://c/cb?code=${secret}`)).toBe('https://c/cb?code=•••')
    expect(redactHeader('Content-Type', 'text/html')).toBe('text/html')
  })

  const texts: [string, string, string][] = [
    [
      'form',
      `grant_type=refresh_token&refresh_token=${secret}&client_secret=${secret}`,
      'application/x-www-form-urlencoded',
    ],
    [
      'json',
      JSON.stringify({ access_token: secret, nested: [{ id_token: jwt, refresh_token: secret }] }),
      'application/json',
    ],
    ['json in text', `oops {"access_token": "${secret}", "expires_in": 3`, 'text/html'],
    ['words', `the code=${secret} was refused, Bearer ${secret}, token ${jwt}`, 'text/plain'],
    ['json string with escapes', `{"password":"a\\"${secret}" , "x":1`, 'text/plain'],
  ]
  it.each(texts)('takes secrets out of a body: %s', (_name, body, contentType) => {
    const text = redactBody(body, contentType)
    expect(text).not.toContain(secret)
    expect(text).not.toContain(jwt)
    expect(text).toContain('•••')
  })

  it('keeps what is no secret', () => {
    const body = JSON.stringify({
      error: 'invalid_grant',
      error_description: 'The code expired',
      expires_in: 3600,
    })
    expect(redactBody(body, 'application/json')).toBe(body)
    expect(redactText('code_challenge_method=S256')).toBe('code_challenge_method=S256')
  })

  it('lets no token through wherever it is', () => {
    const token = fc.string({ unit: fc.constantFrom(...'abcdefXYZ0189'), minLength: 12, maxLength: 40 })
    fc.assert(
      fc.property(
        token,
        fc.constantFrom('access_token', 'refresh_token', 'client_secret', 'code_verifier'),
        fc.nat(3),
        (value, name, form) => {
          const shown = [
            redactUrl(`https://x.example/?a=1&${name}=${value}`),
            redactBody(`${name}=${value}&b=2`, 'application/x-www-form-urlencoded'),
            redactBody(JSON.stringify({ a: { [name]: value } }), 'application/json'),
            redactText(`"${name}" : "${value}"`),
          ][form]
          return shown !== undefined && !shown.includes(value)
        },
      ),
    )
  })
})
