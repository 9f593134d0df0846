import type { IncomingMessage, ServerResponse } from 'node:http'
import type { JSONWebKeySet } from 'jose'
import type { JWK, Provider } from 'oidc-provider'
import type { TokenIssuer } from '../api/verify-token.ts'
import { faults, isFaultName } from '../faults/table.ts'
import { createProvider, type CreateProviderOptions } from '../provider/create-provider.ts'
import { publicKeys } from '../storage/signing-keys.ts'

export type Site = TokenIssuer & {
  /** '' for the first issuer, else its path below it. */
  tenant: string
  provider: () => Provider
  privateKeys: () => readonly JWK[]
  handle: (request: IncomingMessage, response: ServerResponse) => void
  /** Serves with these keys from now on. */
  use: (keys: readonly JWK[]) => void
}

export type SitesOptions = Omit<CreateProviderOptions, 'issuer' | 'mount' | 'tenant' | 'keys'> & {
  issuer: string
  log: (message: string) => void
}

/** Every issuer of the playground: the first, those of the configuration, and one for each fault at /f/NAME. */
export function createSites(options: SitesOptions) {
  const sites = new Map<string, Site>()

  function add(tenant: string, firstKeys: readonly JWK[]): Site {
    const issuer = `${options.issuer}${tenant}`
    const mount = new URL(issuer).pathname.replace(/\/$/, '')
    let keys = firstKeys
    let provider: Provider
    let callback: (request: IncomingMessage, response: ServerResponse) => Promise<void>
    function use(wanted: readonly JWK[]): void {
      keys = wanted
      provider = createProvider({ ...options, issuer, mount, tenant, keys })
      provider.on('server_error', (_ctx, error) => options.log(`Provider: ${error.name}: ${error.message}`))
      callback = provider.callback()
    }
    use(firstKeys)
    const site: Site = {
      tenant,
      issuer,
      use,
      provider: () => provider,
      privateKeys: () => keys,
      keys: () => ({ keys: publicKeys(keys) }) as JSONWebKeySet,
      handle: (request, response) => {
        // oidc-provider finds out by the difference where it is mounted.
        const whole = request.url ?? '/'
        Object.assign(request, { originalUrl: whole })
        request.url = whole.slice(mount.length) || '/'
        if (!request.url.startsWith('/')) request.url = `/${request.url}`
        void callback(request, response)
      },
      find: async (token) => {
        const found =
          (await provider.AccessToken.find(token)) ?? (await provider.ClientCredentials.find(token))
        if (!found?.isValid) return undefined
        const { aud, exp, clientId, scope } = found as typeof found & { aud?: string; exp?: number }
        const accountId = 'accountId' in found ? found.accountId : undefined
        const user = accountId === undefined ? undefined : options.users.findById(accountId)
        const bound = found as { jkt?: string; 'x5t#S256'?: string }
        return {
          sub: accountId ?? clientId,
          client_id: clientId,
          ...(user ? { roles: user.roles } : {}),
          ...(aud === undefined ? {} : { aud }),
          ...(exp === undefined ? {} : { exp }),
          ...(scope === undefined ? {} : { scope }),
          ...(bound.jkt ? { cnf: { jkt: bound.jkt } } : {}),
          ...(bound['x5t#S256'] ? { cnf: { 'x5t#S256': bound['x5t#S256'] } } : {}),
        }
      },
    }
    sites.set(tenant, site)
    return site
  }

  const first = () => sites.get('')

  /** An issuer that is nothing but its fault; made when it is first asked for. */
  function faulty(name: string): Site | undefined {
    const main = first()
    // What the API does wrong has no issuer.
    if (!isFaultName(name) || faults[name].at === 'api' || !main) return undefined
    return add(`/f/${name}`, main.privateKeys())
  }

  return {
    add,
    all: () => [...sites.values()],
    first,
    get: (tenant: string) => sites.get(tenant),
    /** The site of a path below the first issuer. */
    at: (path: string): Site | undefined => {
      const [, fault] = /^\/f\/([a-z-]{1,60})(?:\/|$)/.exec(path) ?? []
      if (fault !== undefined) return sites.get(`/f/${fault}`) ?? faulty(fault)
      const named = [...sites.keys()].find(
        (tenant) => tenant !== '' && (path === tenant || path.startsWith(`${tenant}/`)),
      )
      return sites.get(named ?? '')
    },
    issuerOf: (issuer: string | undefined) =>
      issuer === undefined ? first() : [...sites.values()].find((site) => site.issuer === issuer),
    /** New keys for the first issuer and for those that share them. */
    useForAll: (keys: readonly JWK[]) => {
      for (const site of sites.values())
        if (site.tenant === '' || site.tenant.startsWith('/f/')) site.use(keys)
    },
  }
}

export type Sites = ReturnType<typeof createSites>
