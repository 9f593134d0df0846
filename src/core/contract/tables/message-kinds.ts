/** The messages that a connection can have further headers and parameters put to, as they are typed, and what they are
 *  called among the facts. */
export const messageKindTable = {
  authorization: 'the authorization request',
  pushed: 'the pushed request',
  token: 'the token request',
  refresh: 'a refresh',
  device: 'the device request',
  client_credentials: 'the client’s token request',
  introspection: 'an introspection',
  revocation: 'a revocation',
  userinfo: 'the userinfo request',
  api: 'an API request',
} as const satisfies Record<string, string>

export type MessageKind = keyof typeof messageKindTable
