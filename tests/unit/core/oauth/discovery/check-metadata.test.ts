import { describe, expect, it } from 'vitest'
import { checkMetadata } from '../../../../../src/core/oauth/discovery/check-metadata.ts'

const issuer = 'https://as.example'
const sound = { issuer, token_endpoint: `${issuer}/token` }

const check = (document: Record<string, unknown>, allowInsecure = false) => {
  const checked = checkMetadata(document, { allowInsecure })
  return checked.ok ? checked.value : `${checked.error.code}: ${checked.error.message}`
}
const notesOf = (document: Record<string, unknown>) => {
  const checked = check(document)
  return typeof checked === 'string' ? checked : checked.notes
}

describe('checkMetadata', () => {
  it('takes over what is known and what is not', () => {
    const document = {
      ...sound,
      authorization_endpoint: `${issuer}/authorize`,
      scopes_supported: ['openid'],
      claims_parameter_supported: true,
      some_extension: { deep: [1] },
    }
    expect(check(document)).toEqual({ metadata: document, notes: [] })
  })

  it.each([
    ['no issuer', { token_endpoint: `${issuer}/token` }, 'it names no issuer'],
    ['an issuer that is no text', { ...sound, issuer: 7 }, 'it names no issuer'],
    ['an issuer that is no address', { ...sound, issuer: 'as.example' }, 'The issuer is not a URL'],
    [
      'an issuer with a query',
      { ...sound, issuer: `${issuer}?a=1` },
      'its issuer contains a query or fragment',
    ],
    [
      'an issuer with a fragment',
      { ...sound, issuer: `${issuer}#a` },
      'its issuer contains a query or fragment',
    ],
    [
      'neither of the two endpoints',
      { issuer, jwks_uri: `${issuer}/jwks` },
      'it names neither an authorization nor a token endpoint',
    ],
  ])('refuses %s', (_name, document, why) => {
    expect(check(document)).toBe(`discovery_not_metadata: The response is not provider metadata: ${why}.`)
  })

  it('is enough with either endpoint', () => {
    const document = { issuer, authorization_endpoint: `${issuer}/authorize` }
    expect(check(document)).toEqual({ metadata: document, notes: [] })
    expect(check(sound)).toEqual({ metadata: sound, notes: [] })
  })

  it('takes 500 members and no more', () => {
    const more = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`member_${index}`, index]))
    expect(check({ ...sound, ...more(498) })).toMatchObject({ notes: [] })
    expect(check({ ...sound, ...more(499) })).toContain('it has more than 500 members')
  })

  it.each([
    'authorization_endpoint',
    'token_endpoint',
    'jwks_uri',
    'userinfo_endpoint',
    'end_session_endpoint',
    'revocation_endpoint',
    'introspection_endpoint',
    'device_authorization_endpoint',
    'pushed_authorization_request_endpoint',
    'backchannel_authentication_endpoint',
    'registration_endpoint',
  ])('refuses the whole document for an unsafe %s', (name) => {
    for (const address of ['http://as.example/x', 'javascript:alert(1)', 7])
      expect(check({ ...sound, [name]: address })).toMatch(
        new RegExp(`^discovery_endpoint_unsafe: The provider’s metadata was refused. The ${name} `),
      )
  })

  it('takes plain http where the connection allows it', () => {
    const document = { ...sound, userinfo_endpoint: 'http://as.example/userinfo' }
    expect(check(document, true)).toMatchObject({ metadata: document })
  })

  it('lets no remote provider point into this computer, but a local one', () => {
    expect(check({ ...sound, userinfo_endpoint: 'https://localhost/userinfo' })).toBe(
      'discovery_endpoint_unsafe: The provider’s metadata was refused. The userinfo_endpoint points to this computer (localhost), but the issuer does not.',
    )
    const local = { issuer: 'http://127.0.0.1:9000', token_endpoint: 'http://127.0.0.1:9001/token' }
    expect(check(local)).toMatchObject({ metadata: local })
  })

  it('leaves out what came empty', () => {
    const { metadata } = check({ ...sound, userinfo_endpoint: null, jwks_uri: '', other: null }) as never
    expect(metadata).toEqual(sound)
  })

  it.each([
    ['a text', 'openid'],
    ['a number', 7],
    ['an object', { openid: true }],
    ['a list of anything', ['openid', 7]],
    ['an endless list', Array.from({ length: 1001 }, () => 'openid')],
  ])('leaves out a list that is %s, and says so', (_name, value) => {
    expect(check({ ...sound, scopes_supported: value })).toEqual({
      metadata: sound,
      notes: ['scopes_supported has the wrong shape and was left out.'],
    })
  })

  it('keeps a list of a thousand texts, and a switch', () => {
    const scopes = Array.from({ length: 1000 }, () => 'openid')
    expect(notesOf({ ...sound, scopes_supported: scopes, request_parameter_supported: false })).toEqual([])
  })

  it('keeps members of any shape whose names are no lists', () => {
    expect(check({ ...sound, supported_things: 'text' })).toMatchObject({
      metadata: { supported_things: 'text' },
      notes: [],
    })
  })

  it('takes a member named __proto__ for one like any other', () => {
    const document = JSON.parse(
      `{"issuer":"${issuer}","token_endpoint":"${issuer}/token","__proto__":{"a":1}}`,
    ) as Record<string, unknown>
    const { metadata } = check(document) as { metadata: object }
    expect(Object.getPrototypeOf(metadata)).toBe(Object.prototype)
    expect(Object.getOwnPropertyDescriptor(metadata, '__proto__')).toEqual({
      value: { a: 1 },
      enumerable: true,
      writable: true,
      configurable: true,
    })
  })

  it('says which endpoints are elsewhere, each host once, eight at most', () => {
    expect(
      notesOf({
        ...sound,
        jwks_uri: 'https://keys.example/jwks',
        userinfo_endpoint: 'https://users.example:8443/me',
        revocation_endpoint: 'https://keys.example/revoke',
        some_uri: 'https://other.example/',
      }),
    ).toEqual(['Some endpoints are on hosts other than the issuer’s: keys.example, users.example:8443.'])
    const names = [
      'authorization_endpoint',
      'jwks_uri',
      'userinfo_endpoint',
      'end_session_endpoint',
      'revocation_endpoint',
      'introspection_endpoint',
      'device_authorization_endpoint',
      'pushed_authorization_request_endpoint',
      'registration_endpoint',
    ]
    const apart = Object.fromEntries(names.map((name, index) => [name, `https://h${index}.example/`]))
    expect(notesOf({ ...sound, ...apart })).toEqual([
      expect.stringMatching(/issuer’s: h0\.example, .*, h7\.example\.$/),
    ])
  })
})
