import { createHash, X509Certificate } from 'node:crypto'
import type { IncomingMessage, RequestListener } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { JWK } from 'oidc-provider'
import { createApi } from '../api/create-api.ts'
import { isLoopback } from '../config/check.ts'
import { ConfigurationError } from '../config/problems.ts'
import type { Configuration } from '../config/schema.ts'
import { createFaults } from '../faults/rules.ts'
import { answerFaults, spoilAnswer } from '../faults/spoil-answer.ts'
import { createCatalog } from '../provider/catalog.ts'
import { tokenSecret } from '../provider/configuration.ts'
import { createOpenToken } from '../provider/encrypted-tokens.ts'
import { certificateOf } from '../provider/features.ts'
import { clientOf } from '../provider/watch.ts'
import { createLimit } from '../limit.ts'
import { createSignInThrottle } from '../sign-in-throttle.ts'
import { openClientStore } from '../storage/clients.ts'
import type { OpenSqlite } from '../storage/database.ts'
import { openDatabase } from '../storage/open.ts'
import { openOrderStore } from '../storage/orders.ts'
import { createProviderRecords } from '../storage/provider-records.ts'
import { loadSettings } from '../storage/settings.ts'
import { openKeyRing } from '../storage/signing-keys.ts'
import { openUserStore } from '../storage/users.ts'
import { createAdmin } from '../admin/create-admin.ts'
import { createBackchannel } from './backchannel.ts'
import { checkClients, judgeClient } from './check-clients.ts'
import { createClock } from './clock.ts'
import { createFront } from './front.ts'
import { addressOf, createListener, listenAt } from './listen.ts'
import { createLog, type LogOptions } from './log.ts'
import { createMetrics } from './metrics.ts'
import { createObservers } from './observers.ts'
import { createPeople } from './people.ts'
import { createRouter } from './router.ts'
import { createSites } from './sites.ts'
import { createSwitches } from './switches.ts'

export type StartOptions = {
  configuration: Configuration
  openSqlite: OpenSqlite
  /** Take a free port when the wanted one is taken, instead of failing. */
  mayMovePorts: boolean
  now?: (() => number) | undefined
  write: LogOptions['write']
}

const purgeEveryMs = 60_000
const rotateLookEveryMs = 3_600_000

export type Server = Awaited<ReturnType<typeof startServer>>

/** Starts the provider and the protected API. */
export async function startServer({ configuration, openSqlite, mayMovePorts, now, write }: StartOptions) {
  const { listen, limits, features, keys: keySettings } = configuration
  const log = createLog({ ...configuration.log, write })
  const clock = createClock(now)
  const metrics = createMetrics()
  const database = openDatabase(configuration.data ?? ':memory:', openSqlite)
  const faults = createFaults()
  const stopListeners: (() => void)[] = []
  let stopping = false

  // The addresses are in every token and page, so listening comes before what is served.
  let serveIssuer: RequestListener | undefined
  let serveApi: RequestListener | undefined
  let api: FastifyInstance | undefined
  const notReady: RequestListener = (_request, response) =>
    void response.writeHead(503, { 'Retry-After': '1' }).end()
  const issuerListener = createListener(listen, features.mtls, (request, response) =>
    (serveIssuer ?? notReady)(request, response),
  )
  const apiListener = createListener(listen, features.mtls, (request, response) =>
    (serveApi ?? notReady)(request, response),
  )

  async function stop(): Promise<void> {
    stopping = true
    for (const end of stopListeners) end()
    const graceMs = listen.shutdownGraceSeconds * 1000
    await Promise.all([issuerListener.close(graceMs), apiListener.close(graceMs)])
    await api?.close()
    clock.restore()
    database.close()
  }

  try {
    const issuerPort = await listenAt(issuerListener.server, listen.host, listen.port, mayMovePorts)
    const apiPort = await listenAt(apiListener.server, listen.host, listen.apiPort, mayMovePorts)
    const local = addressOf(issuerListener.scheme, listen.host, issuerPort)
    const issuer = bare(configuration.issuer) ?? local
    const apiBase = bare(configuration.api) ?? addressOf(apiListener.scheme, listen.host, apiPort)
    const settings = loadSettings(database)
    const catalog = createCatalog(configuration, apiBase)
    const people = createPeople(configuration, settings, catalog.scopes)
    const records = createProviderRecords(database, settings.sealer)
    const ring = openKeyRing(database, settings.sealer)
    const given = keySettings.jwks?.keys as JWK[] | undefined
    const users = openUserStore(database, people.users, settings.mark)
    // Keys are made by another thread of Node; the API is built meanwhile.
    const keysMade = given ? Promise.resolve(given) : ring.load()
    keysMade.catch(() => undefined)
    const clients = await openClientStore(people.clients, records.adapterFor('Setting'))
    const orders = openOrderStore(database, users.list())
    const usualLimit = isLoopback(listen.host) ? 0 : 6000
    const front = createFront({
      configuration,
      publicUrl: issuer,
      refusal: (url) => ({ error: 'invalid_request', error_description: `this provider is ${url}` }),
      requestsPerMinute: limits.providerRequestsPerMinute ?? usualLimit,
      now: clock.now,
    })
    const apiFront = createFront({
      configuration,
      publicUrl: apiBase,
      refusal: (url) => ({
        type: 'about:blank',
        title: 'Misdirected Request',
        status: 421,
        code: 'wrong_host',
        detail: `This API is ${url}`,
      }),
      requestsPerMinute: 0,
      now: clock.now,
    })
    const idOf = (request: IncomingMessage) =>
      (front.arrivalOf(request) ?? apiFront.arrivalOf(request))?.id ?? 'unknown'

    const { recorder, logbook, observe } = createObservers(clock, metrics, log)
    const backchannel = createBackchannel(features.ciba, apiBase, (message) => log('error', message))
    const throttle = createSignInThrottle(clock.now)

    const sites = createSites({
      issuer,
      apiBase,
      configuration,
      catalog,
      settings,
      users,
      clients,
      records,
      faults,
      observe,
      clientLimit: createLimit(limits.clientRequestsPerMinute ?? usualLimit, clock.now),
      now: clock.now,
      requestIdOf: (ctx) => idOf(ctx.req),
      throttle,
      hints: people.hints,
      onBackchannelRequest: backchannel.onRequest,
      log: (message) => log('error', message),
    })
    api = await createApi({
      issuer,
      apiBase,
      issuers: catalog.resources.some((one) => one.accessTokenFormat === 'opaque') ? sites.all : () => [],
      issuerOf: sites.issuerOf,
      open: createOpenToken(settings.mark(tokenSecret)),
      users,
      orders,
      faults,
      catalog,
      origins: configuration.cors.origins,
      requestsPerMinute: limits.apiRequestsPerMinute,
      certificateOf: (request) => thumbprintOf(certificateOf(request.raw)),
      observe,
      requestIdOf: (request) => idOf(request.raw),
      addressOf: (request) => apiFront.arrivalOf(request.raw)?.address ?? request.ip,
      now: clock.now,
      log: (line) => log('error', line),
    })
    const firstKeys = await keysMade
    const main = withGivenKeys(given !== undefined, () => sites.add('', firstKeys))
    await checkClients(main.provider(), people.clients)
    for (const { path: tenant } of configuration.issuers)
      sites.add(tenant, given ?? (await openKeyRing(database, settings.sealer, tenant).load()))

    const { routing } = api

    const switches = createSwitches({ configuration, ring, firstKeys, sites, faults, clock })
    const { setFault, rotateKeys } = switches
    records.purgeExpired()
    await switches.rotateIfDue()
    await switches.startFaults()
    const purge = setInterval(() => records.purgeExpired(), purgeEveryMs).unref()
    const rotation = setInterval(() => void switches.rotateIfDue(), rotateLookEveryMs).unref()
    stopListeners.push(
      () => clearInterval(purge),
      () => clearInterval(rotation),
    )

    /** As the configuration says: what came since the start is gone. */
    async function reset(): Promise<void> {
      await setFault('rotated-keys', false)
      faults.clear()
      records.clear()
      users.reset()
      await clients.reset()
      orders.reset()
      for (const part of [recorder, logbook, backchannel, throttle]) part.clear()
      clock.restore()
      await switches.startFaults()
    }
    const { key } = configuration.admin
    const admin =
      key === undefined
        ? undefined
        : await createAdmin(
            {
              issuer,
              users,
              clients,
              scopes: catalog.scopes,
              features,
              judgeClient: (metadata) => judgeClient(main.provider(), metadata),
              faults,
              setFault,
              records,
              tenants: () => sites.all().map(({ tenant }) => tenant),
              rotateKeys,
              keyIds: () => main.privateKeys().map(({ kid }) => String(kid)),
              clock,
              recorder,
              logbook,
              backchannel,
              reset,
              log: (line) => log('error', line),
            },
            key,
          )

    serveApi = (request, response) => {
      if (!apiFront.receive(request, response)) return
      if (faults.rules().length === 0) return routing(request, response)
      const client = clientOf(request, new URLSearchParams())
      const taken = faults.take({ place: 'api', client, issuer: '' }).filter((name) => answerFaults.has(name))
      void spoilAnswer(response, taken).then((isGiven) => isGiven || routing(request, response))
    }
    serveIssuer = createRouter({
      basePath: new URL(issuer).pathname.replace(/\/$/, ''),
      front,
      sites,
      metrics,
      isReady: () => {
        database.exec("UPDATE settings SET value = value WHERE name = 'cookie-key'")
        return !stopping
      },
      adminKey: key,
      ...(admin ? { admin: admin.routing } : {}),
    })
    return { issuer, apiBase, people, clients, users, faults, setFault, rotateKeys, log, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** oidc-provider judges the keys that the configuration gives. */
function withGivenKeys<T>(areGiven: boolean, run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (!areGiven) throw error
    const message = error instanceof Error ? error.message : 'cannot be used'
    throw new ConfigurationError([{ place: '/keys/jwks', message }])
  }
}

function bare(url: string | undefined): string | undefined {
  return url?.endsWith('/') ? url.slice(0, -1) : url
}

function thumbprintOf(pem: string | undefined): string | undefined {
  return pem ? createHash('sha256').update(new X509Certificate(pem).raw).digest('base64url') : undefined
}
