import { keyIn } from './keys-of.ts'

interface Row {
  /** In the form. */
  choice: string
  /** Among the facts of a connection. */
  fact: string
  /** What has to be kept for it; `key` is one that signs. */
  needs: 'nothing' | 'secret' | 'key' | 'certificate'
  /** Whether Gatehouse registers itself with it (RFC 7591); only what needs no key of our own. */
  registers: boolean
}

/** How the client proves who it is: RFC 6749 section 2.3, RFC 7523, RFC 8705, OpenID Connect Core section 9. The names are
 *  those of `token_endpoint_auth_method` (RFC 7591 section 2). How each one does it: oauth/client/authenticators.ts. */
export const clientAuthenticationTable = {
  none: {
    choice: 'None: a public client',
    fact: 'none: a public client',
    needs: 'nothing',
    registers: true,
  },
  client_secret_basic: {
    choice: 'Secret in the Authorization header (basic)',
    fact: 'client secret in the Authorization header',
    needs: 'secret',
    registers: true,
  },
  client_secret_post: {
    choice: 'Secret in the form (post)',
    fact: 'client secret in the form',
    needs: 'secret',
    registers: true,
  },
  client_secret_jwt: {
    choice: 'JWT signed with the secret (client_secret_jwt)',
    fact: 'a JWT made with the client secret',
    needs: 'secret',
    registers: false,
  },
  private_key_jwt: {
    choice: 'JWT signed with a key (private_key_jwt)',
    fact: 'a JWT signed with a private key',
    needs: 'key',
    registers: false,
  },
  tls_client_auth: {
    choice: 'Certificate (mutual TLS)',
    fact: 'a client certificate',
    needs: 'certificate',
    registers: false,
  },
  self_signed_tls_client_auth: {
    choice: 'Self-signed certificate (mutual TLS)',
    fact: 'a self-signed client certificate',
    needs: 'certificate',
    registers: false,
  },
} as const satisfies Record<string, Row>

type Table = typeof clientAuthenticationTable
export type ClientAuthentication = keyof Table

/** Those that Gatehouse registers itself with. */
export type RegistrableAuthentication = {
  [K in ClientAuthentication]: Table[K]['registers'] extends true ? K : never
}[ClientAuthentication]

export function isRegistrable(method: ClientAuthentication): method is RegistrableAuthentication {
  return clientAuthenticationTable[method].registers
}

/** What has to be kept for a way of authentication. */
export function needsOf({ clientAuthentication }: { clientAuthentication: ClientAuthentication }) {
  return clientAuthenticationTable[clientAuthentication].needs
}

/** Whether a method that a provider announces shares no secret with the client. */
export function isByKey(method: string): boolean {
  const known = keyIn(clientAuthenticationTable, method)
  return known !== undefined && ['key', 'certificate'].includes(clientAuthenticationTable[known].needs)
}
