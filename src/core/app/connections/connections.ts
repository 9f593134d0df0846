import { defined } from '@contract/defined'
import type { ConnectionDraft, ConnectionView, ProviderByHand, ProviderView } from '@contract/connections'
import type { ConnectionSettings } from '@contract/connection-settings'
import { fail, ok, type Failure, type Result } from '@contract/result'
import { needsOf } from '@contract/tables/client-authentications'
import { grantOf, grantTable } from '@contract/tables/grants'
import { redirectTable } from '@contract/tables/redirect-kinds'
import { responseModeTable } from '@contract/tables/response-modes'
import { checkEndpointUrl } from '../../oauth/wire/endpoint-url.ts'
import { isLoopbackHost } from '../../text/loopback-host.ts'
import type { Connection, ProviderMetadata } from '../../records/model.ts'
import type { Clock, ConnectionStore } from '../../records/ports.ts'
import { checkSettings } from '../../oauth/authorization/request-settings.ts'
import { responseModeOf, responseTypeUnfit } from '../../oauth/authorization/response-type.ts'
import type { VariableValue } from '../../http/variables.ts'
import { resolveFields, resolveTexts } from './typed-fields.ts'
import { createSaveConnection, type Resealing } from './connection-proof.ts'
import type { Bin } from '../bin/bin.ts'
import { connectionView, providerView } from './connection-view.ts'
import { makeKeys, sealKeys, type ReadCertificate } from './seal-keys.ts'
import type { CurrentSession } from '../vault/session.ts'
import { onceUnlocked } from '../tokens/once-unlocked.ts'
import { connectionPlace } from '../tokens/token-vault.ts'
import type { Time } from '../ports.ts'

interface Dependencies {
  session: CurrentSession
  clock: Clock
  wait: Time['wait']
  newId: () => string
  connections: ConnectionStore
  resealing: Resealing
  readCertificate: ReadCertificate
  /** The variables of an environment, opened. */
  variables: (environmentId: string) => Result<Map<string, VariableValue>>
  discover: (issuer: string, allowInsecure: boolean) => Promise<Result<ProviderMetadata>>
  bin: Pick<Bin, 'discard'>
  changed: () => void
}

/** Connections: discover, save, remove. Codes: `connection_*`, `client_key_unfit`,
 *  `certificate_unfit`, those of discovery and of `checkEndpointUrl`. */
export function createConnections(deps: Dependencies) {
  const saveConnection = createSaveConnection(deps)

  async function metadataOf(
    draft: ConnectionDraft,
    stored: Connection | undefined,
  ): Promise<Result<Pick<Connection, 'metadata' | 'metadataSource' | 'metadataFetchedAt'>>> {
    if (isByHand(draft.provider)) {
      const metadata = metadataByHand(draft.provider, draft.allowInsecure)
      return metadata.ok ? ok({ metadata: metadata.value, metadataSource: 'by-hand' }) : metadata
    }
    const found = await deps.discover(draft.provider.issuer, draft.allowInsecure)
    if (found.ok) {
      return ok({ metadata: found.value, metadataSource: 'discovery', metadataFetchedAt: deps.clock.now() })
    }
    // A provider that is away for the moment must not keep a name or a scope from being changed.
    if (stored?.metadataSource === 'discovery' && stored.metadata.issuer === draft.provider.issuer) {
      const { metadata, metadataSource, metadataFetchedAt } = stored
      return ok({
        metadata,
        metadataSource,
        ...defined({ metadataFetchedAt: metadataFetchedAt ? metadataFetchedAt : undefined }),
      })
    }
    return found
  }

  return {
    async discover(input: { issuer: string; allowInsecure: boolean }): Promise<Result<ProviderView>> {
      const variables = deps.variables(deps.session().environment.id)
      if (!variables.ok) return variables
      const resolved = resolveTexts({ issuer: input.issuer }, variables.value)
      if (!resolved.ok) return resolved
      const found = await deps.discover(resolved.value.issuer, input.allowInsecure)
      return found.ok ? ok(providerView(found.value, 'discovery', deps.clock.now())) : found
    },

    async save(typed: ConnectionDraft): Promise<Result<ConnectionView>> {
      const { user, environment } = deps.session()
      const read = () => (typed.id === undefined ? undefined : deps.connections.get(user.id, typed.id))
      const removed = () =>
        fail('connection_unknown', 'This connection was removed.', 'Save it as a new one.')
      const before = read()
      if (typed.id !== undefined && !before) return removed()
      const variables = deps.variables(before?.environmentId ?? environment.id)
      const resolved = variables.ok ? resolveFields(typed, before, variables.value) : variables
      if (!resolved.ok) return resolved
      const draft = resolved.value
      const settings = checkSettings(draft.settings ?? before?.settings ?? {})
      if (!settings.ok) return settings
      const unfit =
        unfitTogether(draft, settings.value) ?? missingSecret(draft, before, before?.metadata.issuer)
      if (unfit) return { ok: false, error: unfit }
      const keys = await makeKeys(deps.readCertificate, draft, settings.value, before)
      if (!keys.ok) return keys
      const provider = await metadataOf(draft, before)
      if (!provider.ok) return provider
      // Within a try nothing waits. What is stored is read again: the vault's key may have been rotated.
      const id = before?.id ?? deps.newId()
      const given = { ...provider.value, settings: settings.value }
      const made = keys.value
      function store(): Result<ConnectionView> {
        const { user: userNow, box } = deps.session()
        const stored = read()
        if (userNow.id !== user.id || (draft.id !== undefined && !stored)) return removed()
        const { issuer } = given.metadata
        const missing = missingSecret(draft, stored, issuer)
        if (missing) return { ok: false, error: missing }
        const now = deps.clock.now()
        const leading = {
          id,
          userId: user.id,
          environmentId: stored?.environmentId ?? environment.id,
          name: draft.name,
          ...given,
          clientId: draft.clientId,
          clientAuthentication: draft.clientAuthentication,
          scope: draft.scope,
          ...defined({ resource: draft.resource }),
          redirectKind: draft.redirectKind,
          allowInsecure: draft.allowInsecure,
          isPlayground: stored?.isPlayground ?? false,
          createdAt: stored?.createdAt ?? now,
          updatedAt: now,
        }
        const sealedClientSecret =
          draft.clientSecret === undefined
            ? keptSecret(stored, issuer)
            : draft.clientSecret === ''
              ? undefined
              : box.seal(connectionPlace(leading, 'client_secret'), draft.clientSecret)
        const connection: Connection = {
          ...leading,
          ...defined({ sealedClientSecret: sealedClientSecret ? sealedClientSecret : undefined }),
          ...sealKeys(box, leading, made, stored),
        }
        saveConnection(stored, connection)
        deps.changed()
        return ok(connectionView(connection))
      }
      return onceUnlocked(deps.wait, store)
    },

    remove({ id }: { id: string }): Result<null> {
      const connection = deps.connections.list(deps.session().user.id).find((each) => each.id === id)
      if (!connection) return ok(null)
      deps.bin.discard({ kind: 'connection', name: connection.name }, [id])
      deps.changed()
      return ok(null)
    },
  }
}

function isSafeRedirect(uri: string): boolean {
  if (!URL.canParse(uri) || /[?#]/.test(uri)) return false
  const { protocol, hostname } = new URL(uri)
  return protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname))
}

/** Settings that cannot hold together. */
function unfitTogether(
  { redirectKind, provider }: ConnectionDraft,
  settings: ConnectionSettings,
): Failure | undefined {
  const { windowRedirectUri } = settings
  const { place } = responseModeTable[responseModeOf(settings)]
  const arrives = redirectTable[redirectKind].takes[place]
  const byBrowser = grantTable[grantOf(settings)].by === 'browser'
  const unfit = byBrowser ? responseTypeUnfit(settings) : undefined
  if (unfit) return unfit
  if (byBrowser && isByHand(provider) && provider.authorizationEndpoint === undefined) {
    return {
      code: 'connection_no_authorization_endpoint',
      message: 'Signing in through the browser needs the authorization endpoint.',
      next: 'Enter it, or choose another grant.',
    }
  }
  if (place === 'form' && !arrives) {
    return {
      code: 'connection_form_post_needs_loopback',
      message: 'A form post can only be received on loopback: neither a scheme nor a window can deliver one.',
      next: 'Choose the loopback redirect, or another response mode.',
    }
  }
  if (place === 'fragment' && !arrives) {
    return {
      code: 'connection_fragment_on_loopback',
      message:
        'Browsers do not send the fragment, and the page that Gatehouse shows on loopback runs no script that could read it.',
      next: 'Choose the custom scheme, which delivers the whole address, or another response mode.',
    }
  }
  if (windowRedirectUri !== undefined && !isSafeRedirect(windowRedirectUri)) {
    return {
      code: 'connection_window_redirect',
      message: 'The sign-in window watches for an https address, or for http on this computer.',
      next: 'Enter the redirect as it is registered, without query and fragment, or leave it empty.',
    }
  }
  return undefined
}

/** The stored secret, as long as it is for the same provider: another one must never be sent it. */
function keptSecret(stored: Connection | undefined, issuer: string | undefined): Uint8Array | undefined {
  return stored?.metadata.issuer === issuer ? stored?.sealedClientSecret : undefined
}

function missingSecret(
  draft: ConnectionDraft,
  stored: Connection | undefined,
  issuer: string | undefined,
): Failure | undefined {
  if (needsOf(draft) !== 'secret') return undefined
  const has = draft.clientSecret === undefined ? keptSecret(stored, issuer) : draft.clientSecret !== ''
  if (has) return undefined
  const isOthers = draft.clientSecret === undefined && stored?.sealedClientSecret !== undefined
  return {
    code: 'connection_needs_secret',
    message: isOthers
      ? `The stored client secret belongs to ${stored.metadata.issuer} and is not sent to any other provider.`
      : `Client authentication ${draft.clientAuthentication} needs a client secret.`,
    next: 'Enter the secret, or choose “None: a public client”.',
  }
}

function isByHand(provider: ConnectionDraft['provider']): provider is ProviderByHand {
  return 'tokenEndpoint' in provider
}

/** Metadata from endpoints that a person typed, each checked as if a provider had sent it. */
function metadataByHand(provider: ProviderByHand, allowInsecure: boolean): Result<ProviderMetadata> {
  const metadata: ProviderMetadata = { issuer: provider.issuer }
  const members = [
    ['authorization_endpoint', 'authorization endpoint', provider.authorizationEndpoint],
    ['token_endpoint', 'token endpoint', provider.tokenEndpoint],
    ['jwks_uri', 'key set address', provider.jwksUri],
    ['userinfo_endpoint', 'userinfo endpoint', provider.userinfoEndpoint],
    ['introspection_endpoint', 'introspection endpoint', provider.introspectionEndpoint],
    ['revocation_endpoint', 'revocation endpoint', provider.revocationEndpoint],
    ['end_session_endpoint', 'logout endpoint', provider.endSessionEndpoint],
    ['device_authorization_endpoint', 'device authorization endpoint', provider.deviceAuthorizationEndpoint],
    ['pushed_authorization_request_endpoint', 'PAR endpoint', provider.pushedAuthorizationRequestEndpoint],
  ] as const
  for (const [member, name, value] of members) {
    if (value === undefined) continue
    const checked = checkEndpointUrl(value, { allowInsecure, name })
    if (!checked.ok) return checked
    metadata[member] = checked.value
  }
  return ok(metadata)
}
