import type { Bootstrap, Theme } from '@contract/app'
import type { Result } from '@contract/result'
import type { createAccounts } from './accounts.ts'
import type { createConnections } from './connections.ts'
import type { createExchangeHistory } from './exchange-history.ts'
import type { createPlayground } from './playground.ts'
import type { createSavedRequests } from './saved-requests.ts'
import type { createSendRequest } from './send-request.ts'
import type { createSignIn } from './sign-in.ts'
import type { createTokenActions } from './token-actions.ts'

/** All use cases, as the handlers call them. */
export interface App {
  bootstrap: () => Result<Bootstrap>
  setTheme: (theme: Theme) => Result<null>
  playground: ReturnType<typeof createPlayground>
  connections: ReturnType<typeof createConnections>
  accounts: ReturnType<typeof createAccounts>
  signIn: ReturnType<typeof createSignIn>
  tokens: ReturnType<typeof createTokenActions>
  savedRequests: ReturnType<typeof createSavedRequests>
  sendRequest: ReturnType<typeof createSendRequest>
  history: ReturnType<typeof createExchangeHistory>
}
