import type { ConnectFound } from '@contract/connect'
import { ok, type Result } from '@contract/result'
import type { VariableValue } from '../../http/variables.ts'
import type { Clock } from '../../records/ports.ts'
import { fillConnectForm } from './connect-form.ts'
import { findBehindUrl } from './find-behind-url.ts'
import { resolveTexts } from './typed-fields.ts'
import { discoveryFacts, type FlowRecorder } from '../flows/flow-recorder.ts'

interface Dependencies {
  clock: Clock
  /** Whether the system hands our scheme to this app. */
  schemeWorks: () => Promise<boolean>
  recorder: FlowRecorder
  /** The variables of the current environment, opened. */
  variables: () => Result<Map<string, VariableValue>>
}

interface Pasted {
  /** May name variables of the current environment. */
  text: string
  allowInsecure: boolean
  /** An API that takes no GET is asked by a POST with an empty JSON object. */
  byPost?: boolean | undefined
}

/** Finds out what a pasted address is and fills the form. Sends GETs, without credentials, and by the user's word one
 *  POST; saves nothing. Codes: `connect_*`, `discovery_*`, `resource_*`, `variable_*`. */
export function createConnectUrl({ clock, recorder, schemeWorks, variables }: Dependencies) {
  async function read({ text: typed, allowInsecure, byPost = false }: Pasted): Promise<Result<ConnectFound>> {
    const known = variables()
    const resolved = known.ok ? resolveTexts({ address: typed }, known.value) : known
    if (!resolved.ok) return resolved
    const text = resolved.value.address
    return recorder.run('discovery', async (flow) => {
      flow.about(discoveryFacts(text.split(/[?#]/, 1)[0] ?? ''))
      const found = await findBehindUrl(text, { fetch: flow.fetch, allowInsecure, byPost })
      if (!found.ok) return found
      if (found.value.discovery) flow.about(discoveryFacts(found.value.discovery.metadata.issuer))
      const form = fillConnectForm(found.value, clock.now(), await schemeWorks())
      return ok(text !== typed && form.kind === 'issuer' ? { ...form, typedIssuer: typed } : form)
    })
  }
  return { read }
}
