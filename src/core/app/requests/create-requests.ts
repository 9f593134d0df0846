import { defined } from '@contract/defined'
import type { CookieJars } from '../cookies/cookie-jars.ts'
import type { Environments } from '../environments/environments.ts'
import type { LongBodyPort, Net, Notices, Randomness, Stores, Time } from '../ports.ts'
import type { Services } from '../services.ts'
import type { TokenParts } from '../tokens/create-tokens.ts'
import { createClientTokens } from './client-tokens.ts'
import { createLongBodies } from './long/long-bodies.ts'
import { createProposeAccounts } from './propose-accounts.ts'
import { createRequestVariables } from './scope/request-variables.ts'
import { createRehearseSending } from './rehearse-sending.ts'
import { createSendRequest } from './send-request.ts'
import type { SendDependencies } from './sending.ts'

interface Dependencies {
  services: Services
  cookieJars: CookieJars
  tokens: Pick<TokenParts, 'refreshAccount' | 'directGrants'>
  environments: Environments
  time: Pick<Time, 'clock' | 'elapsed' | 'after' | 'wait'>
  random: Randomness
  net: Pick<Net, 'send' | 'rehearse' | 'judge' | 'capture'>
  longBodies?: LongBodyPort | undefined
  notices: Pick<Notices, 'sendProgress'>
  stores: Pick<Stores, 'connections' | 'tokens' | 'environments' | 'tokenOrigins'>
}

/** Sending requests as an account. */
export function createRequests({
  services,
  cookieJars,
  tokens,
  environments,
  time,
  random,
  net,
  notices,
  stores,
  longBodies,
}: Dependencies) {
  const arrivals = longBodies && {
    told: longBodies.arriving,
    bodies: createLongBodies({
      session: services.session,
      shelf: longBodies.shelf,
      exchanges: services.exchanges,
      wait: time.wait,
      newId: random.newId,
    }),
  }
  const { session, clientKeys, providerKeys, recorder, exchanges, heldParts } = services
  const requestVariables = createRequestVariables({ ...time, ...random, variables: environments })
  const sending: SendDependencies = {
    session,
    clock: time.clock,
    elapsed: time.elapsed,
    after: time.after,
    newId: random.newId,
    connections: stores.connections,
    tokens: stores.tokens,
    environments: stores.environments,
    exchanges,
    heldParts,
    tokenOrigins: stores.tokenOrigins,
    refreshAccount: tokens.refreshAccount,
    directGrants: tokens.directGrants,
    requestVariables,
    progress: notices.sendProgress,
    clientTokens: createClientTokens({ session, clock: time.clock, recorder }),
    clientKeys,
    cookieJars,
    providerKeys,
    wait: time.wait,
    recorder,
    send: net.send,
    ...defined({ arrivals }),
    judge: net.judge,
    capture: net.capture,
  }
  return {
    requestVariables,
    longBodies: arrivals?.bodies,
    proposeAccounts: createProposeAccounts({ ...stores, session, variables: environments }),
    sendRequest: createSendRequest(sending),
    rehearseSending: createRehearseSending(sending, net.rehearse),
  }
}
