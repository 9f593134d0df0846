import type { GrantKind } from '@contract/connection-settings.ts'

/** What each way to get tokens is called, and what it is good for. */
export const grantWords: Record<GrantKind, { choice: string; hint: string; name: string; action: string }> = {
  authorization_code: {
    choice: 'Sign in through the browser (authorization code + PKCE)',
    hint: 'The way for people. If in doubt, this one.',
    name: 'authorization code + PKCE',
    action: 'Sign in',
  },
  device_code: {
    choice: 'Sign in on another device (device code)',
    hint: 'Gatehouse shows a code and a QR code; somebody enters it on a phone or another computer (RFC 8628).',
    name: 'device code',
    action: 'Get a code',
  },
  client_credentials: {
    choice: 'The client for itself (client credentials)',
    hint: 'No person is involved: the account is the client. The token is renewed by itself.',
    name: 'client credentials',
    action: 'Get a token',
  },
  token_exchange: {
    choice: 'In exchange for another token (token exchange)',
    hint: 'A token of an account, or a pasted one, brings a token for another API (RFC 8693).',
    name: 'token exchange',
    action: 'Get a token',
  },
  jwt_bearer: {
    choice: 'For a signed assertion (JWT bearer)',
    hint: 'An assertion that the provider trusts, signed here with the client key or pasted (RFC 7523).',
    name: 'JWT bearer',
    action: 'Get a token',
  },
  password: {
    choice: 'With user name and password (deprecated)',
    hint: 'For old servers only.',
    name: 'password (deprecated)',
    action: 'Get a token',
  },
}
