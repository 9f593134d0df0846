import { defined } from '@contract/defined'
import type { CheckupView } from '@contract/checkup'
import { fail, ok, type Result } from '@contract/result'
import { checkProvider, checkupMarkdown } from '../../checkup/check-provider.ts'
import type { FlowStore } from '../../flow/flow.ts'
import type { ProviderKeys } from '../../oauth/discovery/jwks.ts'
import type { ProviderMetadata } from '../../records/model.ts'
import type { Clock, ConnectionStore } from '../../records/ports.ts'
import type { CurrentSession } from '../vault/session.ts'
import { stockSeen } from './stock-seen.ts'

interface Dependencies {
  session: CurrentSession
  clock: Clock
  connections: ConnectionStore
  discover: (issuer: string, allowInsecure: boolean) => Promise<Result<ProviderMetadata>>
  providerKeys: ProviderKeys
  flows: FlowStore
  copyText: (text: string) => Promise<void>
}

/** Check-ups of a connection's provider: metadata and keys are read again, nothing is stored.
 *  Codes: `connection_unknown`. */
export function createProviderCheckup(deps: Dependencies) {
  async function run({ connectionId }: { connectionId: string }): Promise<Result<CheckupView>> {
    const connection = deps.connections.get(deps.session().user.id, connectionId)
    if (!connection) return fail('connection_unknown', 'This connection was removed.', 'Connect again.')
    const { allowInsecure, metadataSource } = connection
    let { metadata } = connection
    let metadataNote: string | undefined
    if (metadataSource === 'discovery') {
      const fresh = await deps.discover(metadata.issuer, allowInsecure)
      if (fresh.ok) metadata = fresh.value
      else metadataNote = `The metadata is the stored copy: ${fresh.error.message}`
    }
    const keys =
      metadata.jwks_uri === undefined
        ? undefined
        : await deps.providerKeys(metadata.jwks_uri, { allowInsecure, refetch: true })
    // Old keys are still the provider's last word; that they are old is said.
    const stale = keys?.ok ? keys.value.stale : undefined
    const keysMissing = keys && !keys.ok ? keys.error.message : undefined
    const items = checkProvider({
      metadata,
      source: metadataSource,
      stock: stockSeen(deps.flows, connection.userId, connection.id),
      ...defined({
        keys: keys?.ok ? keys.value.keys : undefined,
        keyNotes: keys?.ok ? keys.value.notes : undefined,
      }),
      ...defined({ keysMissing }),
    })
    return ok({
      issuer: metadata.issuer,
      at: deps.clock.now(),
      items,
      ...(keysMissing === undefined
        ? stale
          ? { keysMissing: `The keys are outdated: ${stale.message}` }
          : {}
        : { keysMissing }),
      ...defined({ metadataNote }),
    })
  }
  return {
    run,
    async copy(input: { connectionId: string }): Promise<Result<null>> {
      const view = await run(input)
      if (!view.ok) return view
      await deps.copyText(checkupMarkdown(view.value))
      return ok(null)
    },
  }
}
