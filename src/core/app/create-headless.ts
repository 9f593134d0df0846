import { defined } from '@contract/defined'
import type { ChangedArea } from '@contract/app'
import type { BinKind } from '@contract/bin'
import { createAccountParts } from './accounts/create-account-parts.ts'
import { partKinds, type PartKind } from '../records/deleted-part-store.ts'
import type { SignInWindow } from '../records/ports.ts'
import { createBin } from './bin/bin.ts'
import { createDeletedParts } from './bin/deleted-parts.ts'
import { createConnectionParts } from './connections/create-connection-parts.ts'
import { createCookieDesk } from './cookies/cookie-desk.ts'
import { createCookieJars } from './cookies/cookie-jars.ts'
import { createEnvironments } from './environments/environments.ts'
import type { LongBodyPort, Net, Notices, Program, Randomness, Stores, Time } from './ports.ts'
import { createNetworkDesk } from './network/network-desk.ts'
import { createOpenNetwork } from './network/open-network.ts'
import { throughProxy } from './network/window-proxy.ts'
import { createFindWay } from './network/ways.ts'
import { withWays } from './network/with-ways.ts'
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
  /** Left out, long bodies are held in memory and cut off. */
  longBodies?: LongBodyPort
}

/** What a thing of each kind shows itself in when it comes back. */
const areasOf: Record<BinKind, readonly ChangedArea[]> = {
  request: ['collections'],
  file: ['collections'],
  exchange: ['exchanges'],
  history: ['exchanges'],
  flow: ['flows'],
  flows: ['flows'],
  account: ['accounts'],
  connection: ['connections', 'accounts', 'environments'],
  environment: ['environments'],
  key: ['keys'],
  pin: ['pins'],
  variable: ['environments'],
  cookie: [],
  server: [],
  login: [],
  captured: [],
}

/** All use cases that need neither window nor browser: connections, grants without a browser, refresh, accounts,
 *  environments, sending. A program in a terminal or a pipeline is composed of these alone. */
export function createHeadless(given: HeadlessPorts) {
  const { sessions, time, random, stores, notices } = given
  const opened = createOpenNetwork({ session: sessions.current, network: stores.network })
  const openNetwork = opened.open
  const findWay = createFindWay({
    openNetwork,
    findProxy: given.net.findProxy,
    openIdentity: given.net.openIdentity,
  })
  const ports = { ...given, net: withWays(given.net, { openNetwork, findWay }) }
  const services = createServices({ ...ports, session: sessions.current })
  const tokens = createTokens({ ...ports, services })
  const bin = createBin({
    session: services.session,
    clock: time.clock,
    newId: random.newId,
    bin: stores.bin,
    restored: (kind) => {
      const isLost = isPart(kind) && deletedParts.lose(kind)
      if (kind === 'server' || kind === 'login') network.takeBack(kind)
      if (kind === 'cookie') void cookies.takeBack()
      for (const area of areasOf[kind]) notices.changed(area)
      return isLost
    },
    deleted: notices.deleted,
    changed: () => notices.changed('bin'),
  })
  const deletedParts = createDeletedParts({
    session: services.session,
    newId: random.newId,
    parts: stores.deletedParts,
    bin,
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
      for (const area of ['environments', 'connections', 'accounts'] as const) notices.changed(area)
    },
  })
  const network = createNetworkDesk({
    session: services.session,
    network: stores.network,
    openNetwork,
    findWay,
    readIdentity: given.net.readIdentity,
    variables: () => environments.values(),
    deletedParts,
    changed: () => notices.changed('network'),
  })
  const cookieJars = createCookieJars({
    session: services.session,
    clock: time.clock,
    wait: time.wait,
    newId: random.newId,
    cookies: stores.cookies,
    hasAccount: (userId, accountId) => stores.tokens.getAccount(userId, accountId) !== undefined,
    openNetwork,
  })
  const cookies = createCookieDesk({
    jars: cookieJars,
    clock: time.clock,
    network,
    deletedParts,
    changed: () => notices.changed('cookies'),
  })
  const requests = createRequests({ ...ports, services, cookieJars, tokens, environments })
  return {
    services,
    bin,
    deletedParts,
    net: ports.net,
    throughProxy: (window: SignInWindow) =>
      throughProxy(window, {
        openNetwork,
        findWay,
        ...defined({ vouches: given.net.vouches, openRelay: given.net.openRelay }),
      }),
    network,
    cookies,
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
      network.forget()
      opened.forget()
      given.net.forget()
      services.heldParts.forget()
      services.recorder.flush()
      await services.exchanges.forget()
    },
  }
}

function isPart(kind: BinKind): kind is PartKind {
  return partKinds.some((each) => each === kind)
}
