import type { Server } from './start.ts'

/** A client's registration, with the names of RFC 7591. */
export type PlaygroundClient = {
  client_id: string
  client_secret?: string
  token_endpoint_auth_method: string
  redirect_uris: string[]
  grant_types: string[]
}

/** What the start says: secrets only where they are well known or were made just now. */
export function described({ issuer, apiBase, people }: Server) {
  return {
    issuer,
    apiBase,
    clients: people.clients.map((client): PlaygroundClient => {
      const secret = people.secretOf(client.client_id)
      return {
        client_id: client.client_id,
        ...(secret === undefined ? {} : { client_secret: secret }),
        token_endpoint_auth_method: client.token_endpoint_auth_method ?? 'client_secret_basic',
        redirect_uris: [...(client.redirect_uris ?? [])],
        grant_types: [...(client.grant_types ?? [])],
      }
    }),
    users: people.sayable.map(({ username, password, roles }) => ({ username, password, roles: [...roles] })),
  }
}
