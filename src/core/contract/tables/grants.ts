interface Row {
  /** `grant_type` and the name in `grant_types_supported`. */
  type: string
  /** Who gets the tokens going: a person in the browser or on another device, what is typed into a form here, or the
   *  program alone, which therefore also renews them. */
  by: 'browser' | 'device' | 'form' | 'program'
  /** Whether it can sign with the client's key. */
  signs: boolean
  /** In the form. */
  choice: string
  hint: string
  /** Among the facts. */
  name: string
  /** On the button. */
  action: string
  /** Said where it is chosen. */
  warning?: { title: string; says: string }
}

/** How tokens are got. What each one does: oauth/token/grants and app/sign-in. */
export const grantTable = {
  authorization_code: {
    type: 'authorization_code',
    by: 'browser',
    signs: false,
    choice: 'Sign in in the browser (authorization code + PKCE)',
    hint: 'Recommended for people signing in.',
    name: 'authorization code + PKCE',
    action: 'Sign in',
  },
  device_code: {
    type: 'urn:ietf:params:oauth:grant-type:device_code',
    by: 'device',
    signs: false,
    choice: 'Sign in on another device (device code)',
    hint: 'Gatehouse shows a code and a QR code to use on a phone or another computer (RFC 8628).',
    name: 'device code',
    action: 'Get a code',
  },
  client_credentials: {
    type: 'client_credentials',
    by: 'program',
    signs: false,
    choice: 'Client credentials',
    hint: 'No user is involved: the account is the client itself. Its token is renewed automatically.',
    name: 'client credentials',
    action: 'Get a token',
  },
  token_exchange: {
    type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    by: 'form',
    signs: false,
    choice: 'Token exchange',
    hint: 'Exchange an account’s token, or a pasted one, for a token for another API (RFC 8693).',
    name: 'token exchange',
    action: 'Get a token',
  },
  jwt_bearer: {
    type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    by: 'form',
    signs: true,
    choice: 'JWT bearer assertion',
    hint: 'An assertion the provider trusts, signed here with the client key or pasted (RFC 7523).',
    name: 'JWT bearer',
    action: 'Get a token',
  },
  password: {
    type: 'password',
    by: 'form',
    signs: false,
    choice: 'Password (deprecated)',
    hint: 'Only for old servers.',
    name: 'password (deprecated)',
    action: 'Get a token',
    warning: {
      title: 'Deprecated: the app sees the password',
      says: 'RFC 9700 section 2.4 forbids this grant: it teaches users to type their password into apps and rules out a second factor. Use it only for old servers, with a test account.',
    },
  },
} as const satisfies Record<string, Row>

type Table = typeof grantTable
export type GrantKind = keyof Table
type By<B extends Row['by']> = { [K in GrantKind]: Table[K]['by'] extends B ? K : never }[GrantKind]

/** Those that are asked with what a form here was given. */
export type FormGrant = By<'form'>
/** Those without a browser. */
export type DirectGrant = By<'form' | 'program'>
/** What a token request can name as its `grant_type`. */
export type GrantType = Table[GrantKind]['type'] | 'refresh_token'

/** The grant of a connection with these settings. */
export function grantOf(settings: { grant?: GrantKind | undefined } = {}): GrantKind {
  return settings.grant ?? 'authorization_code'
}

/** The same with what its row says. */
export function grantRow(grant: GrantKind): Row {
  return grantTable[grant]
}

export function asksForm(grant: GrantKind): grant is FormGrant {
  return grantTable[grant].by === 'form'
}
export function isProgramAlone(grant: GrantKind): grant is By<'program'> {
  return grantTable[grant].by === 'program'
}
