import { aboutCalls } from './about.ts'
import { accountActionCalls } from './account-actions.ts'
import { accountCalls } from './accounts.ts'
import { appCalls } from './app.ts'
import { authorityCalls } from './authorities.ts'
import { backupCalls } from './backups.ts'
import { binCalls } from './bin.ts'
import { bodyCalls } from './bodies.ts'
import type { Bridge, Call, Handlers } from './call.ts'
import type { ChannelName } from './channels.ts'
import { checkupCalls } from './checkup.ts'
import { connectCalls } from './connect.ts'
import { connectionCalls } from './connections.ts'
import { cookieCalls } from './cookies.ts'
import { environmentCalls } from './environments.ts'
import { flowCalls } from './flows.ts'
import { grantCalls } from './grants.ts'
import { networkCalls } from './network.ts'
import { pinCalls } from './tokens/pins.ts'
import { collectionCalls } from './collections.ts'
import { collectionScopeCalls } from './collection-scope.ts'
import { requestCalls } from './requests.ts'
import { runCalls } from './collections/runs.ts'
import { schemeCalls } from './scheme.ts'
import { keyCalls } from './tokens/keys.ts'
import { tokenCalls } from './tokens/tokens.ts'
import { vaultCalls } from './vault.ts'

/** The one table of calls: every signature on both sides is derived from it. */
export const calls = {
  ...appCalls,
  ...aboutCalls,
  ...authorityCalls,
  ...networkCalls,
  ...cookieCalls,
  ...connectionCalls,
  ...connectCalls,
  ...checkupCalls,
  ...accountCalls,
  ...accountActionCalls,
  ...keyCalls,
  ...tokenCalls,
  ...pinCalls,
  ...requestCalls,
  ...bodyCalls,
  ...collectionCalls,
  ...runCalls,
  ...collectionScopeCalls,
  ...environmentCalls,
  ...flowCalls,
  ...grantCalls,
  ...schemeCalls,
  ...vaultCalls,
  ...backupCalls,
  ...binCalls,
} satisfies Record<ChannelName, Call>

export type Calls = typeof calls
export type BridgeCalls = Bridge<Calls>
export type CallHandlers = Handlers<Calls>
