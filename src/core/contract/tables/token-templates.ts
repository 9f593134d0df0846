/** A token to begin with: JSON texts, times in words. */
export interface TokenTemplate {
  id: string
  label: string
  header: string
  payload: string
  /** Claims that the holder may keep back (RFC 9901). */
  disclosable?: readonly string[]
}

function json(value: object): string {
  return JSON.stringify(value, null, 2)
}

const issuer = 'https://issuer.example'
const times = { iat: 'now', exp: 'now + 5m', jti: 'random' }

/** What the bench offers to begin with. In a header `jwk: "public key"` becomes the public half of the key, and
 *  `jti: "random"` a value that was never used before; names and addresses belong to no one (RFC 2606). */
export const tokenTemplates: readonly TokenTemplate[] = [
  {
    id: 'plain',
    label: 'Plain JWT',
    header: json({ typ: 'JWT' }),
    payload: json({ user_id: 42, exp: 'now + 1h' }),
  },
  {
    id: 'access',
    label: 'Access token (RFC 9068)',
    header: json({ typ: 'at+jwt' }),
    payload: json({
      iss: 'https://issuer.example',
      aud: 'https://api.example',
      sub: 'alice',
      client_id: 'my-client',
      scope: 'orders:read',
      iat: 'now',
      exp: 'now + 15m',
      jti: 'random',
    }),
  },
  {
    id: 'id',
    label: 'ID token',
    header: json({ typ: 'JWT' }),
    payload: json({
      iss: 'https://issuer.example',
      sub: 'alice',
      aud: 'my-client',
      iat: 'now',
      exp: 'now + 1h',
      auth_time: 'now - 1m',
      nonce: 'from-the-request',
    }),
  },
  {
    id: 'client_assertion',
    label: 'Client assertion (RFC 7523)',
    header: json({ typ: 'JWT' }),
    payload: json({
      iss: 'my-client',
      sub: 'my-client',
      aud: 'https://issuer.example',
      iat: 'now',
      exp: 'now + 5m',
      jti: 'random',
    }),
  },
  {
    id: 'jwt_bearer',
    label: 'JWT bearer grant (RFC 7523)',
    header: json({ typ: 'JWT' }),
    payload: json({
      iss: 'my-client',
      sub: 'alice',
      aud: 'https://issuer.example/token',
      iat: 'now',
      exp: 'now + 5m',
      jti: 'random',
    }),
  },
  {
    id: 'logout',
    label: 'Logout token',
    header: json({ typ: 'logout+jwt' }),
    payload: json({
      iss: 'https://issuer.example',
      aud: 'my-client',
      sub: 'alice',
      iat: 'now',
      exp: 'now + 2m',
      jti: 'random',
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    }),
  },
  {
    id: 'dpop',
    label: 'DPoP proof (RFC 9449)',
    header: json({ typ: 'dpop+jwt', jwk: 'public key' }),
    payload: json({ htm: 'GET', htu: 'https://api.example/orders', iat: 'now', jti: 'random' }),
  },
  {
    id: 'bound_access',
    label: 'Access token bound to a key (RFC 9449)',
    header: json({ typ: 'at+jwt' }),
    payload: json({
      iss: issuer,
      aud: 'https://api.example',
      sub: 'alice',
      client_id: 'my-client',
      scope: 'orders:read',
      cnf: { jkt: 'thumbprint-of-the-key' },
      ...times,
    }),
  },
  {
    id: 'delegated',
    label: 'Delegated access token (RFC 8693)',
    header: json({ typ: 'at+jwt' }),
    payload: json({
      iss: issuer,
      aud: 'https://api.example',
      sub: 'alice',
      client_id: 'my-client',
      act: { sub: 'order-service' },
      ...times,
    }),
  },
  {
    id: 'request_object',
    label: 'Request object (RFC 9101)',
    header: json({ typ: 'oauth-authz-req+jwt' }),
    payload: json({
      iss: 'my-client',
      aud: issuer,
      client_id: 'my-client',
      response_type: 'code',
      redirect_uri: 'https://app.example/callback',
      scope: 'openid',
      state: 'random-state',
      code_challenge: 'challenge',
      code_challenge_method: 'S256',
      ...times,
    }),
  },
  {
    id: 'authorization_response',
    label: 'Authorization response (JARM)',
    header: json({ typ: 'JWT' }),
    payload: json({
      iss: issuer,
      aud: 'my-client',
      code: 'the-code',
      state: 'random-state',
      exp: 'now + 5m',
    }),
  },
  {
    id: 'introspection',
    label: 'Introspection response (RFC 9701)',
    header: json({ typ: 'token-introspection+jwt' }),
    payload: json({
      iss: issuer,
      aud: 'https://api.example',
      iat: 'now',
      token_introspection: { active: true, sub: 'alice', scope: 'orders:read' },
    }),
  },
  {
    id: 'security_event',
    label: 'Security event (RFC 8417)',
    header: json({ typ: 'secevent+jwt' }),
    payload: json({
      iss: issuer,
      aud: 'https://api.example',
      iat: 'now',
      jti: 'random',
      sub_id: { format: 'iss_sub', iss: issuer, sub: 'alice' },
      events: { 'https://schemas.openid.net/secevent/caep/event-type/session-revoked': {} },
    }),
  },
  {
    id: 'sd_jwt',
    label: 'SD-JWT (RFC 9901)',
    header: json({ typ: 'dc+sd-jwt' }),
    payload: json({
      iss: issuer,
      vct: 'https://issuer.example/employee',
      given_name: 'Alice',
      family_name: 'Example',
      iat: 'now',
      exp: 'now + 1d',
    }),
    disclosable: ['given_name', 'family_name'],
  },
]
