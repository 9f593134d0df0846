import type { Bin } from '../bin/bin.ts'
import type { Notices, Stores, Time } from '../ports.ts'
import type { Services } from '../services.ts'
import type { TokenParts } from '../tokens/create-tokens.ts'
import { createAccountActions } from './account-actions.ts'
import { createAccounts } from './accounts.ts'

interface Dependencies {
  services: Services
  tokens: Pick<TokenParts, 'refreshAccount'>
  time: Pick<Time, 'clock'>
  stores: Pick<Stores, 'connections' | 'tokens' | 'refreshStates'>
  notices: Pick<Notices, 'changed'>
  bin: Bin
}

/** Who is signed in, and what can be asked of the provider about them. */
export function createAccountParts({
  services,
  tokens: { refreshAccount },
  time,
  stores,
  notices,
  bin,
}: Dependencies) {
  const { clock } = time
  const { connections, tokens } = stores
  const parts = { ...services, clock, connections, tokens, refreshAccount }
  const changed = () => notices.changed('accounts')
  return {
    accounts: createAccounts({ ...parts, bin, changed }),
    accountActions: createAccountActions({ ...parts, refreshStates: stores.refreshStates, changed }),
  }
}
