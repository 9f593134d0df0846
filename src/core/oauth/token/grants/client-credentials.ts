import type { DirectGrantWay } from './direct-grant.ts'

export interface ClientCredentialsInput {
  grant: 'client_credentials'
}

/** The client asks for itself (RFC 6749 section 4.4). */
export const clientCredentials: DirectGrantWay<ClientCredentialsInput> = {
  ask: ({ openid, configuration }, parameters) => openid.clientCredentialsGrant(configuration, parameters),
}
