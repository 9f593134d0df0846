import type { EnteredProof } from '@contract/collection-scope'
import type { ConnectionDraft, ConnectionView } from '@contract/connections'
import type { ConnectFound } from '@contract/connect'
import { defined } from '@contract/defined'
import { fail, ok, type Result } from '@contract/result'
import type { ProviderMetadata } from '../../../records/model.ts'
import { inward, leadsInward, type SharedDraft } from './shared-draft.ts'
import { isSame } from './same-connection.ts'

interface Dependencies {
  discover: (issuer: string) => Promise<Result<ProviderMetadata>>
  /** Finds the provider behind an authorization endpoint. */
  findBehind: (url: string) => Promise<Result<ConnectFound>>
  save: (draft: ConnectionDraft) => Promise<Result<ConnectionView>>
}

/** Makes a connection of what a file describes, after the user has seen it. What the provider says of itself has to fit
 *  what the file says. Codes: `shared_differs`, `shared_inward`, those of discovery and of saving a connection. */
export function createConnectShared({ discover, findBehind, save }: Dependencies) {
  async function providerOf(
    { draft, stated }: SharedDraft,
    namesIssuer: boolean,
  ): Promise<Result<ConnectionDraft['provider']>> {
    const { provider } = draft
    if (namesIssuer && 'tokenEndpoint' in provider) return ok(provider)
    if (namesIssuer) {
      const found = await discover(provider.issuer)
      if (!found.ok) return found
      const { issuer, authorization_endpoint: authorization, token_endpoint: token } = found.value
      if (isInward(found.value)) return fail('shared_inward', inward)
      if (!fits(stated.authorizationEndpoint, authorization))
        return differs('authorization endpoint', stated.authorizationEndpoint, authorization)
      if (!fits(stated.tokenEndpoint, token)) return differs('token endpoint', stated.tokenEndpoint, token)
      return ok({ issuer })
    }
    // A file of another program names no issuer: without it nothing says whose ID tokens are right.
    const first = stated.authorizationEndpoint
    if (first === undefined) return ok(provider)
    const behind = await findBehind(first)
    const found = behind.ok ? behind.value.provider : undefined
    const isOne =
      found !== undefined &&
      fits(stated.authorizationEndpoint, found.authorizationEndpoint) &&
      fits(stated.tokenEndpoint, found.tokenEndpoint)
    if (!isOne) return ok(provider)
    const metadata = await discover(found.issuer)
    return metadata.ok && !isInward(metadata.value) ? ok({ issuer: found.issuer }) : ok(provider)
  }

  return async (
    shared: SharedDraft,
    namesIssuer: boolean,
    entered: EnteredProof,
  ): Promise<Result<ConnectionView>> => {
    const provider = await providerOf(shared, namesIssuer)
    if (!provider.ok) return provider
    const { clientSecret = shared.clientSecret, clientKey, certificate } = entered
    return save({
      ...shared.draft,
      provider: provider.value,
      ...defined({ clientSecret, clientKey, certificate }),
    })
  }
}

function fits(stated: string | undefined, found: string | undefined): boolean {
  return stated === undefined || isSame(stated, found)
}

function differs(what: string, stated: string | undefined, found: string | undefined) {
  return fail(
    'shared_differs',
    `The file says that the ${what} is ${stated ?? 'missing'}, and the provider says ${found ?? 'nothing of it'}. Nothing was sent there.`,
    'Ask whoever maintains the collection, or make a connection in Accounts.',
  )
}

function isInward(metadata: ProviderMetadata): boolean {
  const hosts = Object.entries(metadata).flatMap(([name, value]) =>
    (name === 'issuer' || name === 'jwks_uri' || name.endsWith('_endpoint')) &&
    typeof value === 'string' &&
    URL.canParse(value)
      ? [new URL(value).hostname]
      : [],
  )
  return leadsInward(hosts)
}
