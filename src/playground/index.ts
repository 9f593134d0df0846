import { configurationFrom } from './config/load.ts'
import type { ConfigurationInput } from './config/schema.ts'
import { appFaults, type AppFault, type FaultName } from './faults/table.ts'
import { described, type PlaygroundClient } from './server/described.ts'
import { startServer } from './server/start.ts'
import { openBetterSqlite } from './storage/better-sqlite.ts'

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
  /** Everything else, as in a configuration file. */
  configuration?: ConfigurationInput
  /** The clock of the API and of the wait after wrong passwords, in milliseconds. */
  now?: () => number
  log?: (line: string) => void
}

export type Playground = {
  issuer: string
  apiBase: string
  clients: PlaygroundClient[]
  users: { username: string; password: string; roles: string[] }[]
  /** Those of the app's page that are on. */
  faults: () => AppFault[]
  setFault: (name: FaultName, on: boolean) => Promise<void>
  stop: () => Promise<void>
}

/** Starts the provider and the protected API for a program that has it in its own process. */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const given = options.configuration ?? {}
  const { accessTokenLifetimeSeconds, requestsPerMinute, log = () => undefined } = options
  const configuration = configurationFrom({
    ...given,
    data: options.dataDirectory,
    listen: { ...given.listen, port: options.issuerPort, apiPort: options.apiPort },
    tokens: {
      ...given.tokens,
      ...(accessTokenLifetimeSeconds === undefined ? {} : { accessTokenSeconds: accessTokenLifetimeSeconds }),
    },
    limits: {
      ...given.limits,
      ...(requestsPerMinute === undefined ? {} : { apiRequestsPerMinute: requestsPerMinute }),
    },
  })
  const server = await startServer({
    configuration,
    openSqlite: openBetterSqlite,
    mayMovePorts: options.mayMovePorts ?? false,
    now: options.now,
    write: log,
  })
  return {
    ...described(server),
    faults: () => appFaults.filter(server.faults.has),
    setFault: server.setFault,
    stop: server.stop,
  }
}
