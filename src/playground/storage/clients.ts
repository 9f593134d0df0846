import type { Adapter, AdapterPayload, ClientMetadata } from 'oidc-provider'

export type ClientStore = {
  /** Those of the start, then those of the admin API. */
  list: () => ClientMetadata[]
  put: (client: ClientMetadata) => Promise<void>
  remove: (id: string) => Promise<boolean>
  reset: () => Promise<void>
  /** Wraps what oidc-provider stores its own registrations in. */
  adapterOver: (registered: Adapter) => Adapter
}

const listKey = 'admin-clients'

/** The clients that all issuers know. Those of the admin API are kept as one sealed record. */
export async function openClientStore(fixed: readonly ClientMetadata[], kept: Adapter): Promise<ClientStore> {
  const configured = new Map(fixed.map((client) => [client.client_id, client]))
  const stored = (await kept.find(listKey)) as { clients?: ClientMetadata[] } | undefined
  const added = new Map((stored?.clients ?? []).map((client) => [client.client_id, client]))

  async function keep(): Promise<void> {
    const payload = { clients: [...added.values()] } as unknown as AdapterPayload
    await kept.upsert(listKey, payload, undefined)
  }
  const find = (id: string) => added.get(id) ?? configured.get(id)
  return {
    list: () => [
      ...[...configured.values()].filter(({ client_id }) => !added.has(client_id)),
      ...added.values(),
    ],
    put: async (client) => {
      added.set(client.client_id, client)
      await keep()
    },
    remove: async (id) => {
      const was = added.delete(id) || configured.delete(id)
      await keep()
      return was
    },
    reset: async () => {
      added.clear()
      configured.clear()
      for (const client of fixed) configured.set(client.client_id, client)
      await keep()
    },
    adapterOver: (registered) => ({
      ...registered,
      find: async (id) => find(id) ?? registered.find(id),
    }),
  }
}
