import type { ConnectFound } from '@contract/connect'
import { ok, type Result } from '@contract/result'
import type { Clock } from '../../records/ports.ts'
import { fillConnectForm } from './connect-form.ts'
import { findBehindUrl } from './find-behind-url.ts'
import { discoveryFacts, type FlowRecorder } from '../flows/flow-recorder.ts'

interface Dependencies {
  clock: Clock
  /** Whether the system hands our scheme to this app. */
  schemeWorks: () => Promise<boolean>
  recorder: FlowRecorder
}

/** Finds out what a pasted address is and fills the form. Sends GETs only, without credentials; saves
 *  nothing. Codes: `connect_*`, `discovery_*`, `resource_*`. */
export function createConnectUrl({ clock, recorder, schemeWorks }: Dependencies) {
  return {
    read: ({
      text,
      allowInsecure,
    }: {
      text: string
      allowInsecure: boolean
    }): Promise<Result<ConnectFound>> =>
      recorder.run('discovery', async (flow) => {
        flow.about(discoveryFacts(text.split(/[?#]/, 1)[0] ?? ''))
        const found = await findBehindUrl(text, { fetch: flow.fetch, allowInsecure })
        if (found.ok && found.value.discovery)
          flow.about(discoveryFacts(found.value.discovery.metadata.issuer))
        return found.ok ? ok(fillConnectForm(found.value, clock.now(), await schemeWorks())) : found
      }),
  }
}
