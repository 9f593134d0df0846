import { ok, type Result } from '@contract/result'
import { discoverProvider } from '../oauth/discovery/discover.ts'
import { createProviderKeys, type ProviderKeys } from '../oauth/discovery/jwks.ts'
import { createServerClocks, type ServerClocks } from '../oauth/token/server-clock.ts'
import type { ProviderMetadata } from '../records/model.ts'
import { createClientKeys, type ClientKeyRing } from './connections/client-keys.ts'
import { createVariableValues } from './environments/variable-values.ts'
import { createFlowRecorder, discoveryFacts, type FlowRecorder } from './flows/flow-recorder.ts'
import { createSealedFlows } from './flows/sealed-flows.ts'
import type { Net, Notices, Randomness, Stores, Time } from './ports.ts'
import { createHeldParts, type HeldParts } from './requests/held/held-parts.ts'
import { createLateExchanges, type LateExchanges } from './requests/late-exchanges.ts'
import { createIdTokenJudge, type IdTokenJudge } from './tokens/judge-id-token.ts'
import { createWatchStock, type WatchStock } from './tokens/watch-stock.ts'
import type { CurrentSession } from './vault/session.ts'

interface Dependencies {
  session: CurrentSession
  time: Pick<Time, 'clock' | 'after'>
  random: Pick<Randomness, 'newId'>
  net: Pick<Net, 'fetch'>
  stores: Pick<Stores, 'flows' | 'exchanges' | 'environments'>
  notices: Pick<Notices, 'changed'>
}

/** What all subjects share when they talk to providers. */
export interface Services {
  session: CurrentSession
  recorder: FlowRecorder
  /** Once a user is in: seals flows that are not sealed yet. */
  tidyFlows: () => void
  providerKeys: ProviderKeys
  serverClocks: ServerClocks
  clientKeys: ClientKeyRing
  /** The variables of an environment, opened for one use. */
  variables: ReturnType<typeof createVariableValues>
  judge: IdTokenJudge
  watchStock: WatchStock
  /** The history of requests; those who send and those who read share what is not written yet. */
  exchanges: LateExchanges
  /** What is covered in the headers of responses that are open. */
  heldParts: HeldParts
  /** Reads a provider's metadata, recorded as a flow. Codes: `discovery_*`. */
  discover: (issuer: string, allowInsecure?: boolean) => Promise<Result<ProviderMetadata>>
}

/** Makes what the subjects share; nothing is loaded or asked before its first use. */
export function createServices({ session, time, random, net, stores, notices }: Dependencies): Services {
  const { clock } = time
  const { fetch } = net
  const now = () => clock.now()
  const flows = createSealedFlows({ session, table: stores.flows, after: time.after })
  const recorder = createFlowRecorder({
    session,
    clock,
    after: time.after,
    newId: random.newId,
    fetch,
    flows: flows.store,
    changed: () => notices.changed('flows'),
  })
  const variables = createVariableValues({ session, environments: stores.environments })
  const providerKeys = createProviderKeys({ fetch, now })
  return {
    session,
    recorder,
    tidyFlows: flows.tidy,
    providerKeys,
    serverClocks: createServerClocks(now),
    clientKeys: createClientKeys({
      session,
      clock,
      newId: random.newId,
      variables,
    }),
    variables,
    judge: createIdTokenJudge(providerKeys, clock),
    watchStock: createWatchStock(providerKeys.kept),
    exchanges: createLateExchanges({
      exchanges: stores.exchanges,
      after: time.after,
      changed: () => notices.changed('exchanges'),
    }),
    heldParts: createHeldParts(session),
    discover: (issuer, allowInsecure = false) =>
      recorder.run('discovery', async (flow) => {
        const found = await discoverProvider(issuer, { fetch: flow.fetch, allowInsecure })
        flow.about(discoveryFacts(found.ok ? found.value.metadata.issuer : issuer))
        return found.ok ? ok(found.value.metadata) : found
      }),
  }
}
