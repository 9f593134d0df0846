import type { ChangedArea } from '@contract/app'
import type { BinKind } from '@contract/bin'
import { createAccountParts } from './accounts/create-account-parts.ts'
import { createBin } from './bin/bin.ts'
import { createConnectionParts } from './connections/create-connection-parts.ts'
import { createEnvironments } from './environments/environments.ts'
import type { Net, Notices, Program, Randomness, Stores, Time } from './ports.ts'
import { createRequests } from './requests/create-requests.ts'
import { createServices } from './services.ts'
import { createTokens } from './tokens/create-tokens.ts'
import type { Sessions } from './vault/sessions.ts'

/** What a program without a window has to bring. */
export interface HeadlessPorts {
  sessions: Sessions
  program: Program
  time: Time
  random: Randomness
  stores: Stores
  net: Net
  notices: Notices
}

/** What a thing of each kind shows itself in when it comes back. */
const areasOf: Record<BinKind, readonly ChangedArea[]> = {
  request: ['requests'],
  exchange: ['exchanges'],
  history: ['exchanges'],
  flow: ['flows'],
  flows: ['flows'],
  account: ['accounts'],
  connection: ['connections', 'accounts', 'environments'],
  environment: ['environments'],
  variable: ['environments'],
}

/** All use cases that need neither window nor browser: connections, grants without a browser, refresh, accounts,
 *  environments, sending. A program in a terminal or a pipeline is composed of these alone. */
export function createHeadless(ports: HeadlessPorts) {
  const { sessions, time, random, stores, notices } = ports
  const services = createServices({ ...ports, session: sessions.current })
  const tokens = createTokens({ ...ports, services })
  const bin = createBin({
    session: services.session,
    clock: time.clock,
    newId: random.newId,
    bin: stores.bin,
    restored: (kind) => {
      for (const area of areasOf[kind]) notices.changed(area)
    },
    deleted: notices.deleted,
    changed: () => notices.changed('bin'),
  })
  const environments = createEnvironments({
    bin,
    session: services.session,
    clock: time.clock,
    newId: random.newId,
    environments: stores.environments,
    connections: stores.connections,
    enter: sessions.useEnvironment,
    changed: () => {
      for (const area of ['environments', 'connections', 'accounts', 'requests'] as const)
        notices.changed(area)
    },
  })
  const requests = createRequests({ ...ports, services, tokens, environments })
  return {
    services,
    bin,
    ...tokens,
    ...createConnectionParts({ ...ports, services, bin }),
    ...createAccountParts({ ...ports, services, tokens, bin }),
    environments,
    ...requests,
    /** Ends requests; waits until no refresh is halfway. */
    settle: async (): Promise<void> => {
      await Promise.all([requests.sendRequest.stop(), tokens.refreshAccount.settle()])
      await tokens.refreshAccount.settle()
      services.clientKeys.forget()
      services.recorder.flush()
      await services.exchanges.forget()
    },
  }
}
