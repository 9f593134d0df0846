import type { AccountSummary } from '@contract/accounts'
import type { PlaygroundState } from '@contract/app'
import type { ConnectionView } from '@contract/connections'
import type { EnvironmentView } from '@contract/environments'
import { ok, type Result } from '@contract/result'
import { accountSummary } from '../accounts/account-summary.ts'
import { createBootstrap } from './bootstrap.ts'
import { confirmConnection } from '../connections/connection-proof.ts'
import type { Account, TokenSet } from '../../records/model.ts'
import { connectionView } from '../connections/connection-view.ts'
import { createEnvironmentView } from '../environments/environment-view.ts'
import { createKeptPage } from '../vault/kept-page.ts'
import type { Preferences, Program, Stores } from '../ports.ts'
import type { Sessions } from '../vault/sessions.ts'

/** What the first picture is made from. */
export interface FirstPicturePorts {
  sessions: Sessions
  program: Program
  stores: Pick<Stores, 'environments' | 'connections' | 'tokens' | 'keptPages'>
  theme: Preferences['theme']
  listWidth: Preferences['listWidth']
  /** The page has its first picture in hand and listens. */
  pageListens: () => void
}

/** What the page asks for before it draws anything. It needs the database and the session alone, so that the
 *  window need not wait for the rest of the app to be loaded. */
export function createFirstPicture(deps: FirstPicturePorts) {
  const { environments, connections, tokens, keptPages } = deps.stores
  const session = deps.sessions.current
  const environmentView = createEnvironmentView({ environments, connections, session })
  const keptPage = createKeptPage({ session, keptPages })
  deps.sessions.onCarried(keptPage.carry)
  let playground: PlaygroundState = { state: 'stopped' }

  /** The connections of the environment that is worked in. */
  function connectionsHere() {
    const { user, environment } = session()
    return connections.list(user.id).filter(({ environmentId }) => environmentId === environment.id)
  }

  return {
    bootstrap: createBootstrap({ ...deps, playgroundState: () => playground }),

    connections: (): Result<ConnectionView[]> => ok(connectionsHere().map(connectionView)),

    accounts(): Result<AccountSummary[]> {
      const { user, box } = session()
      const here = new Map(connectionsHere().map((each) => [each.id, confirmConnection(session, each).ok]))
      const storageOf = (account: Account, { sealedAccessToken }: TokenSet) =>
        here.get(account.connectionId) === true ? box.storageOf(sealedAccessToken) : 'unreadable'
      return ok(
        tokens
          .listAccounts(user.id)
          .filter(({ account }) => here.has(account.connectionId))
          .flatMap(({ account, tokenSet }) =>
            tokenSet ? accountSummary(account, tokenSet, storageOf(account, tokenSet)) : [],
          ),
      )
    },

    environments(): Result<EnvironmentView[]> {
      const all = environments.list(session().user.id)
      return ok(all.toSorted((one, other) => one.name.localeCompare(other.name)).map(environmentView))
    },

    keptPage,

    /** Notes what the playground is doing. */
    notePlayground: (state: PlaygroundState): void => void (playground = state),
  }
}

export type FirstPicture = ReturnType<typeof createFirstPicture>
