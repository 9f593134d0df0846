import type { Configuration, ConfiguredResource } from '../config/schema.ts'
import { allScopes, apiScopes, identityScopes, scopeInWords } from './scopes.ts'

export type Resource = {
  /** What is in `aud`. */
  identifier: string
  /** Where it is below the API's address; '' for the orders. */
  path: string
  name: string
  scopes: readonly string[]
  accessTokenFormat: 'jwt' | 'opaque' | 'encrypted'
  /** The public key (JWK) with which it reads encrypted tokens itself; without one they are for the API here. */
  encryptionKey: Readonly<Record<string, unknown>> | undefined
  accessTokenSeconds: number
  operations: ConfiguredResource['operations']
}

/** The scopes and resources that a configuration makes. */
export type Catalog = {
  scopes: readonly string[]
  apiScopes: readonly string[]
  wordsOf: (scope: string) => { title: string; detail: string }
  /** Whether someone with these roles may grant the scope. */
  mayGrant: (scope: string, roles: readonly string[]) => boolean
  /** What a client may have for itself. */
  clientScopes: readonly string[]
  resources: readonly Resource[]
  /** By its indicator (RFC 8707), with or without the slash at its end. */
  find: (indicator: string) => Resource | undefined
}

export function createCatalog(configuration: Configuration, apiBase: string): Catalog {
  const { scopes: added, tokens } = configuration
  const own = Object.keys(added)
  const api: string[] = [...new Set([...apiScopes, ...own])]
  const scopes = [...identityScopes, ...api]
  const orders: Resource = {
    identifier: apiBase,
    path: '',
    name: 'Gatehouse Playground API',
    scopes,
    accessTokenFormat: tokens.accessTokenFormat,
    encryptionKey: undefined,
    accessTokenSeconds: tokens.accessTokenSeconds,
    operations: [],
  }
  const resources = [
    orders,
    ...configuration.resources.map((one) => ({
      identifier: one.identifier ?? `${apiBase}${one.path}`,
      path: one.path,
      name: one.name ?? one.path.slice(1),
      scopes: [...new Set([...identityScopes, ...one.operations.flatMap((operation) => operation.scopes)])],
      accessTokenFormat: one.accessTokenFormat ?? tokens.accessTokenFormat,
      encryptionKey: one.encryptionKey,
      accessTokenSeconds: one.accessTokenSeconds ?? tokens.accessTokenSeconds,
      operations: one.operations,
    })),
  ]
  const bare = (text: string) => text.replace(/\/$/, '')
  return {
    scopes,
    apiScopes: api,
    wordsOf: (scope) => {
      const { title, detail } = added[scope] ?? {}
      const known = scopeInWords[scope]
      return { title: title ?? known?.title ?? scope, detail: detail ?? known?.detail ?? '' }
    },
    mayGrant: (scope, roles) => {
      const wanted = added[scope]?.roles ?? (scope === 'admin' ? ['admin'] : [])
      return wanted.length === 0 || wanted.some((role) => roles.includes(role))
    },
    // A machine has no profile and no role.
    clientScopes: api.filter((scope) => {
      const { clientCredentials, roles } = added[scope] ?? {
        clientCredentials: allScopes.includes(scope),
        roles: [],
      }
      return clientCredentials && roles.length === 0 && scope !== 'admin'
    }),
    resources,
    find: (indicator) => resources.find(({ identifier }) => bare(identifier) === bare(indicator)),
  }
}
