/** A kind of JWT: how it is called, what it is for, and where its rules are. */
export interface JwtKindRow {
  label: string
  says: string
  source: string
}

/** The kinds that the bench tells apart; each is judged by rules of its own. */
export const jwtKinds = {
  access: {
    label: 'Access token',
    says: 'Opens an API to a client.',
    source: 'RFC 9068',
  },
  id: {
    label: 'ID token',
    says: 'Tells a client who signed in.',
    source: 'OpenID Connect Core section 2',
  },
  refresh: {
    label: 'Refresh token',
    says: 'Gets new access tokens from the server that issued it; no API should accept it.',
    source: 'RFC 6749 section 1.5',
  },
  dpop: {
    label: 'DPoP proof',
    says: 'Proves that the sender of one request holds a key.',
    source: 'RFC 9449 section 4.2',
  },
  client_assertion: {
    label: 'Client assertion',
    says: 'Authenticates a client at the token endpoint.',
    source: 'RFC 7523 section 3',
  },
  request_object: {
    label: 'Request object',
    says: 'Carries the parameters of an authorization request, signed.',
    source: 'RFC 9101 section 4',
  },
  authorization_response: {
    label: 'Authorization response (JARM)',
    says: 'Carries the response of the authorization endpoint, signed.',
    source: 'JARM section 2.1',
  },
  logout: {
    label: 'Logout token',
    says: 'Tells a client that a session has ended.',
    source: 'OpenID Connect Back-Channel Logout section 2.4',
  },
  security_event: {
    label: 'Security event token',
    says: 'Reports something that happened to an account or a session.',
    source: 'RFC 8417 section 2',
  },
  introspection: {
    label: 'Introspection response',
    says: 'Carries what a server says about another token, signed.',
    source: 'RFC 9701 section 5',
  },
  sd_jwt: {
    label: 'SD-JWT',
    says: 'Holds claims that its holder discloses one by one.',
    source: 'RFC 9901 section 4.1',
  },
  key_binding: {
    label: 'Key binding JWT',
    says: 'Proves that whoever presents an SD-JWT holds its key.',
    source: 'RFC 9901 section 4.3',
  },
  plain: {
    label: 'Plain JWT',
    says: 'A JWT of no particular profile: no claim is required.',
    source: 'RFC 7519 section 4.1',
  },
} as const satisfies Record<string, JwtKindRow>

export type JwtKind = keyof typeof jwtKinds

/** All kinds, in the order in which they are offered. */
export const jwtKindNames = Object.keys(jwtKinds) as [JwtKind, ...JwtKind[]]
