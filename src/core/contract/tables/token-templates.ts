/** A token to begin with: JSON texts, times in words. */
export interface TokenTemplate {
  id: string
  label: string
  header: string
  payload: string
}

function json(value: object): string {
  return JSON.stringify(value, null, 2)
}

/** What the bench offers to begin with; names and addresses are those of nobody (RFC 2606). */
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
      jti: 'a-unique-id',
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
      jti: 'a-unique-id',
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
      jti: 'a-unique-id',
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
      jti: 'a-unique-id',
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    }),
  },
]
