import fc from 'fast-check'

/** One request that no client means to send. */
export type Malformed = {
  /** Which server: the provider (its admin API too) or the protected API. */
  at: 'issuer' | 'api'
  method: string
  path: string
  headers: Record<string, string>
  body: string | Uint8Array | undefined
}

export type Operation = {
  at: Malformed['at']
  method: string
  /** As OpenAPI writes it: `/orders/{id}`. */
  path: string
  query: string[]
  /** Names of the members that its body may have; undefined where it takes none. */
  members: string[] | undefined
}

type Described = {
  paths: Record<string, Record<string, { parameters?: { name: string; in: string }[]; requestBody?: object }>>
}

/** The operations that a description names. */
export function operationsOf(at: Malformed['at'], document: unknown): Operation[] {
  return Object.entries((document as Described).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => ({
      at,
      method: method.toUpperCase(),
      path,
      query: parameters.filter((one) => one.in === 'query').map(({ name }) => name),
      members:
        requestBody &&
        [...JSON.stringify(requestBody).matchAll(/"(\w{2,40})":\{/g)].map(([, name = '']) => name),
    })),
  )
}

/** The provider's own endpoints, which no OpenAPI document describes: forms and queries of these names. */
const parameters = [
  ...[
    'client_id',
    'client_secret',
    'response_type',
    'response_mode',
    'redirect_uri',
    'scope',
    'state',
    'nonce',
  ],
  ...[
    'code',
    'code_verifier',
    'code_challenge',
    'code_challenge_method',
    'grant_type',
    'refresh_token',
    'token',
  ],
  ...[
    'resource',
    'request',
    'request_uri',
    'claims',
    'prompt',
    'max_age',
    'id_token_hint',
    'login_hint',
    'acr_values',
  ],
  ...['client_assertion', 'client_assertion_type', 'user_code', 'device_code', 'auth_req_id', 'dpop_jkt'],
  ...[
    'authorization_details',
    'username',
    'password',
    'decision',
    'post_logout_redirect_uri',
    'subject_token',
  ],
]
const endpoints = [
  ...[
    '/',
    '/auth',
    '/token',
    '/request',
    '/userinfo',
    '/token/introspection',
    '/token/revocation',
    '/jwks.json',
  ],
  ...['/device', '/device/auth', '/backchannel', '/reg', '/reg/{id}', '/session/end', '/session/end/confirm'],
  ...[
    '/interaction/{id}',
    '/interaction/{id}/login',
    '/interaction/{id}/consent',
    '/auth/{id}',
    '/assets/{id}',
  ],
  ...['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server/{id}', '/f/{id}/token'],
  ...['/f/id-expired/token', '/healthz', '/readyz', '/metrics', '/admin/{id}', '/{id}'],
]

const nasty = [
  ...['', ' ', '0', '-1', '1e999', 'NaN', 'null', 'true', '[]', '{}', '__proto__', 'constructor', 'toString'],
  ...[
    '\u0000',
    '%00',
    '%',
    '%zz',
    '%2e%2e%2f',
    '../../etc/passwd',
    '..\\..',
    "' OR 1=1 --",
    '"><script>alert(1)</script>',
  ],
  ...['\r\nX-Injected: 1', '\ud800', '\u202e', '\ufeff', '😀'.repeat(20), 'a'.repeat(5000), '9'.repeat(400)],
  ...[
    'http://127.0.0.1:1/',
    'javascript:alert(1)',
    'data:,x',
    'file:///etc/passwd',
    'https://[::1',
    '//evil.example',
  ],
  ...[
    'a.b.c',
    'eyJhbGciOiJub25lIn0.e30.',
    'eyJhbGciOiJub25lIn0.bnVsbA.',
    '.....',
    'a.b.c.d.e',
    '${7*7}',
    '%s%n%x',
  ],
  ...[
    'authorization_code',
    'client_credentials',
    'refresh_token',
    'password',
    'S256',
    'code',
    'code id_token',
    'openid',
  ],
  ...[
    'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    'urn:ietf:params:oauth:grant-type:device_code',
  ],
  ...[
    'query',
    'fragment',
    'form_post',
    'jwt',
    'app.gatehouse.desktop:/oauth/callback',
    '{"id_token":{"sub":null}}',
  ],
]

const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...nasty) },
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
)
/** What a header may carry on the wire at all. */
const headerValue = text.map((value) =>
  value
    .replace(/[^\t\x20-\x7e\x80-\xff]/g, '?')
    .slice(0, 2000)
    .trim(),
)
const segment = fc.oneof(
  text.map((value) => encodeURIComponent(Buffer.from(value).toString()).slice(0, 1000)),
  text.map((value) => value.replace(/[^\x21-\x7e]|[?#]/g, '').slice(0, 1000)),
)
const query = (names: readonly string[]) =>
  fc
    .array(fc.tuple(fc.oneof(fc.constantFrom('x', ...names), text), text), { maxLength: 8 })
    .map((pairs) =>
      new URLSearchParams(pairs.map(([name, value]) => [name, value.slice(0, 3000)])).toString(),
    )

const value = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  text,
  fc.constantFrom(0, -0, -1, 1.5, 1e308, 2 ** 53, Number.MAX_SAFE_INTEGER, null, true, [], {}),
)
const brokenJson = fc.constantFrom(
  ...['', '{', '}', '{"a":', '{"a":1,}', "{'a':1}", 'undefined', 'NaN', '{"a":1}{', '\u0000', '[1,'],
  ...[
    '['.repeat(5000),
    '{"a":'.repeat(3000),
    `"${'x'.repeat(70_000)}"`,
    '{"__proto__":{"admin":true}}',
    '1e999',
  ],
  ...['{"constructor":{"prototype":{"x":1}}}', '{"a":"\\ud800"}', `[${'1,'.repeat(20_000)}1]`],
)
const json = (members: readonly string[]) =>
  fc.oneof(
    brokenJson,
    fc.jsonValue({ maxDepth: 4 }).map((one) => JSON.stringify(one)),
    fc
      .array(fc.tuple(fc.oneof(fc.constantFrom('x', ...members), text), value), { maxLength: 8 })
      .map((entries) => JSON.stringify(Object.fromEntries(entries))),
    fc.uint8Array({ maxLength: 60 }),
  )

const type = fc.constantFrom(
  ...[
    'application/json',
    'application/json; charset=utf-16',
    'application/x-www-form-urlencoded',
    'text/plain',
  ],
  ...['multipart/form-data; boundary=x', 'application/json;;;', 'x', 'application/jwt'],
)
const more = fc.dictionary(
  fc.constantFrom(
    'dpop',
    'origin',
    'accept',
    'cookie',
    'x-forwarded-for',
    'x-forwarded-host',
    'x-request-id',
    'forwarded',
  ),
  headerValue,
  { maxKeys: 3 },
)
/** `good` is what lets one in; the other ways to authorize oneself are none. */
const authorization = (good: string) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(`Bearer ${good}`) },
    fc.constant(undefined),
    headerValue,
    headerValue.map((one) => `Bearer ${one}`),
    headerValue.map((one) => `DPoP ${one}`),
    headerValue.map((one) => `Basic ${Buffer.from(one).toString('base64')}`),
    fc.constant(`DPoP ${good}`),
    fc.constant(`Bearer ${good.slice(0, -2)}`),
  )

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND']

function requestOf(operation: Operation, good: string): fc.Arbitrary<Malformed> {
  const { at, path, members } = operation
  const usual = { weight: 6, arbitrary: fc.constant(operation.method) }
  return fc.record({
    at: fc.constant(at),
    method: fc.oneof(usual, fc.constantFrom(...methods)),
    path: fc.tuple(segment, segment, query(operation.query)).map(([one, other, asked]) => {
      const filled = path.replace(/\{\w+\}/, () => one).replace(/\{\w+\}/, () => other)
      return asked === '' ? filled : `${filled}?${asked}`
    }),
    headers: fc.tuple(authorization(good), type, more).map(([authorized, contentType, others]) => ({
      ...others,
      ...(members === undefined ? {} : { 'content-type': contentType }),
      ...(authorized === undefined ? {} : { authorization: authorized }),
    })),
    body: members === undefined ? fc.constant(undefined) : json(members),
  })
}

function formOf(path: string, good: string): fc.Arbitrary<Malformed> {
  return fc.record({
    at: fc.constant('issuer' as const),
    method: fc.oneof({ weight: 4, arbitrary: fc.constantFrom('GET', 'POST') }, fc.constantFrom(...methods)),
    path: fc.tuple(segment, query(parameters)).map(([one, asked]) => {
      const filled = path.replace(/\{\w+\}/, () => one)
      return asked === '' ? filled : `${filled}?${asked}`
    }),
    headers: fc.tuple(authorization(good), type, more).map(([authorized, contentType, others]) => ({
      ...others,
      'content-type': contentType,
      ...(authorized === undefined ? {} : { authorization: authorized }),
    })),
    body: fc.oneof({ weight: 3, arbitrary: query(parameters) }, json(parameters)),
  })
}

/** Requests over what the two descriptions name, and over the provider's endpoints. */
export function malformed(operations: readonly Operation[], keys: { api: string; admin: string }) {
  return fc.oneof(
    ...operations.map((one) => requestOf(one, one.at === 'api' ? keys.api : keys.admin)),
    ...endpoints.map((path) => formOf(path, keys.api)),
  )
}
