import type { Net, Notices, Randomness, Stores, Time } from '../ports.ts'
import type { Services } from '../services.ts'
import { createDirectGrants } from '../sign-in/direct-grants.ts'
import { createStoreTokens } from '../sign-in/store-tokens.ts'
import { createRefreshAccount } from './refresh-account.ts'

interface Dependencies {
  services: Services
  time: Pick<Time, 'clock' | 'wait'>
  random: Randomness
  net: Pick<Net, 'fetch'>
  stores: Pick<Stores, 'connections' | 'tokens' | 'refreshStates'>
  notices: Pick<Notices, 'changed'>
}

/** How tokens are got without a browser, stored and refreshed. */
export function createTokens({ services, time, random, net, stores, notices }: Dependencies) {
  const { session } = services
  const { clock } = time
  const { newId } = random
  const { connections, tokens } = stores
  const changed = () => notices.changed('accounts')
  const storeTokens = createStoreTokens({ session, clock, newId, tokens, wait: time.wait, changed })
  const refreshAccount = createRefreshAccount({
    ...services,
    ...random,
    clock,
    wait: time.wait,
    fetch: net.fetch,
    connections,
    tokens,
    refreshStates: stores.refreshStates,
    changed,
  })
  const directGrants = createDirectGrants({
    ...services,
    clock,
    newId,
    connections,
    refreshAccount,
    storeTokens,
  })
  return { storeTokens, refreshAccount, directGrants }
}

export type TokenParts = ReturnType<typeof createTokens>
