import graphqlAddress from '../graphql/graphql-worker.ts?worker&url'
import outlineAddress from '../json/outline-worker.ts?worker&url'

interface ScriptPolicy {
  createScriptURL: (text: string) => string
}
interface PolicyFactory {
  createPolicy: (name: string, rules: ScriptPolicy) => ScriptPolicy
}

let policy: ScriptPolicy | undefined

/** Starts a worker that lays out JSON. */
export function startOutlineWorker(): Worker {
  return new Worker(trustedAddress('outline'))
}

/** Starts a worker that knows GraphQL. */
export function startGraphqlWorker(): Worker {
  return new Worker(trustedAddress('graphql'))
}

const addresses = { outline: outlineAddress, graphql: graphqlAddress }

/** The page's rules (Trusted Types) let workers start from these addresses, whatever is asked for. */
function trustedAddress(which: keyof typeof addresses): string {
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes
  policy ??= factory?.createPolicy('gatehouse-worker', {
    createScriptURL: (name) => (name === 'graphql' ? addresses.graphql : addresses.outline),
  })
  return policy?.createScriptURL(which) ?? addresses[which]
}
