import { createServer, type RequestListener } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { JSONWebKeySet } from 'jose'
import type { JWK } from 'oidc-provider'
import { createApi } from './api/create-api.ts'
import { createFaults, type FaultName } from './faults.ts'
import { closeServer, listenOnLoopback } from './listen.ts'
import { wellKnownClients } from './provider/clients.ts'
import { createProvider } from './provider/create-provider.ts'
import { openDatabase } from './storage/open.ts'
import { openOrderStore } from './storage/orders.ts'
import { createProviderRecords } from './storage/provider-records.ts'
import { loadSettings } from './storage/settings.ts'
import { generateSigningKeys, loadSigningKeys, publicKeys } from './storage/signing-keys.ts'
import { openUserStore, wellKnownUsers } from './storage/users.ts'

export type { FaultName } from './faults.ts'
export { faultDescriptions } from './faults.ts'

export type PlaygroundOptions = {
  /** The folder of its database, or ':memory:'. */
  dataDirectory: string
  /** 0 for any free one. */
  issuerPort: number
  apiPort: number
  /** Take a free port when the wanted one is taken, instead of failing. */
  mayMovePorts?: boolean
  /** 120 when not given. */
  accessTokenLifetimeSeconds?: number
  /** Of one client at the API; 300 when not given. */
  requestsPerMinute?: number
  /** The clock of the API and of the wait after wrong passwords, in milliseconds. */
  now?: () => number
  log?: (line: string) => void
}

/** A client's registration, with the names of RFC 7591. */
export type PlaygroundClient = {
  client_id: string
  client_secret?: string
  token_endpoint_auth_method: string
  redirect_uris: string[]
  grant_types: string[]
}

export type Playground = {
  issuer: string
  apiBase: string
  clients: PlaygroundClient[]
  users: { username: string; password: string; roles: string[] }[]
  faults: () => FaultName[]
  setFault: (name: FaultName, on: boolean) => Promise<void>
  stop: () => Promise<void>
}

const purgeEveryMs = 60_000

const clients: PlaygroundClient[] = wellKnownClients.map((client) => ({
  client_id: client.client_id,
  ...(client.client_secret ? { client_secret: client.client_secret } : {}),
  token_endpoint_auth_method: client.token_endpoint_auth_method ?? 'client_secret_basic',
  redirect_uris: [...(client.redirect_uris ?? [])],
  grant_types: [...(client.grant_types ?? [])],
}))

const users = wellKnownUsers.map(({ username, password, roles }) => ({
  username,
  password,
  roles: [...roles],
}))

/** Starts the provider and the protected API on loopback. */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const now = options.now ?? Date.now
  const log = options.log ?? (() => undefined)
  const mayMove = options.mayMovePorts ?? false
  const database = openDatabase(options.dataDirectory)
  const faults = createFaults()

  // The addresses stand in every token and page, so listening comes before what is served.
  let serveIssuer: RequestListener | undefined
  let api: FastifyInstance | undefined
  const notReady: RequestListener = (_request, response) =>
    void response.writeHead(503, { 'Retry-After': '1' }).end()
  const issuerServer = createServer((request, response) => (serveIssuer ?? notReady)(request, response))
  const apiServer = createServer((request, response) =>
    api ? api.routing(request, response) : notReady(request, response),
  )
  let purge: NodeJS.Timeout | undefined

  async function stop() {
    clearInterval(purge)
    await Promise.all([closeServer(issuerServer), closeServer(apiServer)])
    await api?.close()
    if (database.open) database.close()
  }

  try {
    const issuer = await listenOnLoopback(issuerServer, options.issuerPort, mayMove)
    const apiBase = await listenOnLoopback(apiServer, options.apiPort, mayMove)
    const settings = loadSettings(database)
    const userStore = await openUserStore(database)
    const orders = openOrderStore(database, userStore.list())
    const records = createProviderRecords(database, settings.sealer)
    const keptKeys = await loadSigningKeys(database, settings.sealer)
    let keys: readonly JWK[] = keptKeys

    function serve(wanted: readonly JWK[]) {
      keys = wanted
      const accessTokenLifetimeSeconds = options.accessTokenLifetimeSeconds ?? 120
      const provider = createProvider({
        issuer,
        apiBase,
        accessTokenLifetimeSeconds,
        keys,
        settings,
        users: userStore,
        records,
        faults,
        now,
      })
      provider.on('server_error', (_ctx, error) => log(`Provider: ${error.name}: ${error.message}`))
      const callback = provider.callback()
      serveIssuer = (request, response) => void callback(request, response)
    }
    serve(keptKeys)
    api = await createApi({
      issuer,
      apiBase,
      keys: () => ({ keys: publicKeys(keys) }) as JSONWebKeySet,
      users: userStore,
      orders,
      faults,
      requestsPerMinute: options.requestsPerMinute ?? 300,
      now,
      log,
    })
    records.purgeExpired()
    purge = setInterval(() => records.purgeExpired(), purgeEveryMs).unref()

    async function switchFault(name: FaultName, on: boolean) {
      if (faults.has(name) === on) return
      if (name === 'rotated-keys') serve(on ? await generateSigningKeys() : keptKeys)
      faults.set(name, on)
    }
    // One after the other: keys take a moment to be made, and must not come after they were switched off.
    let switching: Promise<void> = Promise.resolve()
    function setFault(name: FaultName, on: boolean): Promise<void> {
      const switched = switching.then(() => switchFault(name, on))
      switching = switched.catch(() => undefined)
      return switched
    }
    return { issuer, apiBase, clients, users, faults: faults.list, setFault, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
