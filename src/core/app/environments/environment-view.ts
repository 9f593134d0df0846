import { defined } from '@contract/defined'
import type { EnvironmentView } from '@contract/environments'
import type { EnvironmentStore } from '../../records/environment-store.ts'
import type { Environment } from '../../records/model.ts'
import type { ConnectionStore } from '../../records/ports.ts'
import type { CurrentSession } from '../vault/session.ts'

interface Dependencies {
  session: CurrentSession
  environments: EnvironmentStore
  connections: ConnectionStore
}

/** What the page sees of an environment: of a secret variable only that it is there. */
export function createEnvironmentView(deps: Dependencies) {
  return (environment: Environment): EnvironmentView => {
    const { user, environment: current } = deps.session()
    return {
      id: environment.id,
      name: environment.name,
      current: environment.id === current.id,
      variables: deps.environments.variables(user.id, environment.id).map(({ name, value, sealedValue }) => ({
        name,
        secret: sealedValue !== undefined,
        ...defined({ value }),
      })),
      connections: deps.connections
        .list(user.id)
        .filter(({ environmentId }) => environmentId === environment.id).length,
    }
  }
}
